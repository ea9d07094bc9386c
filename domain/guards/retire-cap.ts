import type { Change } from '../change.ts';
import { counted, type Guard, type GuardFinding } from './guard.ts';

/** Whether a change counts: duplicates merged and momentary notes dropped do not. */
function countsAsRetired(change: Change): boolean {
  return change.kind === 'retire' && change.reasonCode !== 'duplicate' && change.reasonCode !== 'momentary';
}

/** One bad night must not empty a store; a person who reviews may let more go. */
export const retireCap: Guard = {
  name: 'retire-cap',
  title: 'Not more claims retired than allowed',
  check({ input, draft, retireCap: cap, reviewRequired }) {
    // A hair above: a product such as 0.29 × 100 comes out as 28.999999999999996.
    const allowance = Math.floor(input.claims.length * cap + 1e-9);
    const findings: GuardFinding[] = [];
    let retired = 0;
    for (const change of draft.changes.filter(countsAsRetired)) {
      retired += change.removed.length;
      if (!reviewRequired && retired > allowance) {
        findings.push({
          changeId: change.id,
          path: change.path,
          message: `Retiring from ${change.path} goes beyond ${allowance} of ${counted(input.claims.length, 'claim')}; the rest needs a review or a higher cap.`,
        });
        // What is refused does not use up the allowance of those that come later.
        retired -= change.removed.length;
      }
    }
    return { checked: draft.changes.filter(countsAsRetired).length, findings };
  },
};
