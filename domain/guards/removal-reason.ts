import type { Guard, GuardFinding } from './guard.ts';

/** Nothing leaves the store without a reason, and without either a claim that takes its place or evidence. */
export const removalReason: Guard = {
  name: 'removal-reason',
  title: 'Every removal has a reason, and a successor or evidence',
  check({ input, draft }) {
    const findings: GuardFinding[] = [];
    const known = new Map(input.claims.map((claim) => [claim.id, claim]));
    const standing = new Set(draft.claims.map((claim) => claim.id));
    const takenBy = new Map<string, string>();
    let checked = 0;
    for (const change of draft.changes) {
      checked += change.removed.length;
      const find = (path: string, message: string): void => void findings.push({ changeId: change.id, path, message });
      for (const { claimId, path } of change.removed) {
        const claim = known.get(claimId);
        if (claim === undefined) find(path, `A change takes a claim from ${path} that the input does not hold.`);
        else if (claim.path !== path) find(path, `A change takes a claim from ${path} that stands in ${claim.path}.`);
        if (takenBy.has(claimId)) find(path, `Two changes take the same claim from ${path}.`);
        takenBy.set(claimId, change.id);
      }
      if (change.removed.length === 0) continue;
      const hasSuccessor = change.after !== null && change.claimId !== null && standing.has(change.claimId);
      if (change.reason.trim() === '') find(change.path, `A change that removes from ${change.path} gives no reason.`);
      else if (!hasSuccessor && change.evidence.length === 0)
        find(change.path, `A change that removes from ${change.path} has neither a successor nor evidence.`);
    }
    return { checked, findings };
  },
};
