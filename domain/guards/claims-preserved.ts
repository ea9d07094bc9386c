import { claimsBy, counted, type Guard, type GuardFinding } from './guard.ts';

/** A claim of the input stands in the draft as it stood, or a change names it: nothing vanishes silently. */
export const claimsPreserved: Guard = {
  name: 'claims-preserved',
  title: 'No claim vanishes without a change that names it',
  check({ input, draft }) {
    const named = new Set(draft.changes.flatMap((change) => change.removed.map((removed) => removed.claimId)));
    const standing = new Map<string, number>();
    for (const claim of draft.claims) standing.set(key(claim), (standing.get(key(claim)) ?? 0) + 1);
    const lost = new Map<string, number>();
    for (const claim of input.claims) {
      if (named.has(claim.id)) continue;
      const left = standing.get(key(claim)) ?? 0;
      if (left > 0) standing.set(key(claim), left - 1);
      else lost.set(claim.path, (lost.get(claim.path) ?? 0) + 1);
    }
    const findings: GuardFinding[] = [...lost].map(([path, count]) => ({
      changeId: null,
      path,
      message: `${path} lost ${counted(count, 'claim')} that no change names.`,
    }));
    const claimsOf = claimsBy(draft, (claim) => claim.path);
    for (const file of draft.files) {
      const outside = (claimsOf.get(file.path) ?? []).filter((claim) => file.content.slice(claim.start, claim.end).trim() === '');
      for (const claim of outside)
        findings.push({ changeId: claim.changeId, path: file.path, message: `A claim of ${file.path} points to nothing in the file.` });
    }
    const paths = new Set(draft.files.map((file) => file.path));
    for (const claim of draft.claims) {
      if (!paths.has(claim.path))
        findings.push({
          changeId: claim.changeId,
          path: claim.path,
          message: `A claim is said to stand in ${claim.path}, which the draft does not hold.`,
        });
    }
    return { checked: input.claims.length, findings };
  },
};

function key(claim: { path: string; text: string }): string {
  return `${claim.path}\u0000${claim.text}`;
}
