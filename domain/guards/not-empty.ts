import { isIndexPath } from '../index-file.ts';
import { counted, type Guard, type GuardFinding } from './guard.ts';

/** An emptied store is never a good night's work, and neither is one that lost half of its claims without listed reasons. */
export const notEmpty: Guard = {
  name: 'not-empty',
  title: 'The result is not empty and not hollowed out',
  check({ input, draft }) {
    const before = input.claims.length;
    const after = draft.claims.length;
    const findings: GuardFinding[] = [];
    const hasText = draft.files.some((file) => !isIndexPath(file.path) && file.content.trim() !== '');
    const hadText = input.memories.some((memory) => !isIndexPath(memory.path) && memory.content.trim() !== '');
    if ((before > 0 && after === 0) || (hadText && !hasText)) {
      findings.push({
        changeId: null,
        path: '/',
        message: `The result is empty; the input held ${counted(before, 'claim')} in ${counted(input.memories.length, 'file')}.`,
      });
    } else if (after * 2 < before) {
      const accounted = new Set(
        draft.changes.filter((change) => change.reason.trim() !== '').flatMap((change) => change.removed.map((removed) => removed.claimId)),
      );
      // A line that stands word for word is not gone, whichever change moved it or added evidence to it.
      const standing = new Map<string, number>();
      for (const claim of draft.claims) standing.set(claim.text, (standing.get(claim.text) ?? 0) + 1);
      // Of two copies the one that a change took away must not claim the line that is left.
      const unlisted = input.claims.filter((claim) => !accounted.has(claim.id));
      const missing = unlisted.filter((claim) => {
        const left = standing.get(claim.text) ?? 0;
        standing.set(claim.text, left - 1);
        return left <= 0;
      }).length;
      if (missing > 0)
        findings.push({
          changeId: null,
          path: '/',
          message: `${after} of ${counted(before, 'claim')} are left, and ${missing} of those gone have no listed reason.`,
        });
    }
    return { checked: before, findings };
  },
};
