import { awaitReview } from './await-review.ts';
import { closeDream } from './close-dream.ts';
import { checkDraft } from './check-draft.ts';
import { commitDream } from './commit-dream.ts';
import type { Dependencies } from './dependencies.ts';
import { extractFacts } from './extract-facts.ts';
import { groupClaims } from './group-claims.ts';
import { minePatterns } from './mine-patterns.ts';
import { openDream } from './open-dream.ts';
import { planWindows } from './plan-windows.ts';
import { recordDecision } from './record-decision.ts';
import { reconcileGroup } from './reconcile-group.ts';
import { beating } from './running.ts';
import { stageDraft } from './stage-draft.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** Every step of a dream, in order; `recordDecision` belongs to awaitReview. Each can run twice. */
export function createActivities(dependencies: Dependencies) {
  return {
    openDream: beating(openDream(dependencies)),
    takeSnapshot: beating(takeSnapshot(dependencies)),
    planWindows: planWindows(dependencies),
    extractFacts: extractFacts(dependencies),
    groupClaims: groupClaims(dependencies),
    reconcileGroup: reconcileGroup(dependencies),
    minePatterns: minePatterns(dependencies),
    stageDraft: stageDraft(dependencies),
    checkDraft: checkDraft(dependencies),
    awaitReview: beating(awaitReview(dependencies)),
    recordDecision: beating(recordDecision(dependencies)),
    commitDream: commitDream(dependencies),
    closeDream: closeDream(dependencies),
  };
}

export type Activities = ReturnType<typeof createActivities>;
