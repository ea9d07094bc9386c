import { findDraft, openReview } from '../db/drafts.ts';
import { updateDream } from '../db/dreams.ts';
import type { Decision } from '../domain/decision.ts';
import type { DreamOptions } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import type { DreamInput } from '../workflows/messages.ts';
import { readCoverage } from './coverage.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { appendLive, stepMessage, wasSaid } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { standingDecision } from './standing-decision.ts';

export interface OpenedReview {
  endsAt: string;
  /** From now until then. */
  timeoutMs: number;
  onTimeout: DreamOptions['onTimeout'];
  /** Of an earlier run of this dream: somebody decided about the draft before the run was reset, or lost. */
  decision?: Decision;
}

/** Puts a draft before a reviewer. Its time begins once: a repeated step, or a draft put there again, keeps the end it has. */
export function awaitReview(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, draftId }: DreamInput & { draftId: string }): Promise<OpenedReview> =>
    await writing(dependencies, 'awaitReview.open', workspaceId, async (tx) => {
      const dream = await lockForStep(tx, dreamId);
      const draft = await findDraft(tx, draftId);
      if (draft === undefined) throw new DreamsError('invalid_draft', `There is no draft ${draftId}.`);
      const { reviewTimeout, onTimeout } = dream.options;
      const endsAt = await openReview(tx, draftId, new Date(Date.now() + reviewTimeout * 1_000));
      const decision = await standingDecision(tx, draftId);
      const review = {
        endsAt: endsAt.toISOString(),
        timeoutMs: Math.max(1, endsAt.getTime() - Date.now()),
        onTimeout,
        ...(decision === undefined ? {} : { decision }),
      };
      if (await wasSaid(tx, dream, 'awaitReview', draftId)) return review;
      // A reviewer should see what the draft was made from, which otherwise is known at the close.
      const coverage = await readCoverage(tx, dream);
      await updateDream(tx, dreamId, { stage: 'awaitReview', ...(coverage === null ? {} : { coverage }) });
      await appendLive(tx, dream, [
        stepMessage(
          dreamId,
          'awaitReview',
          `the draft ${draftId} (digest ${draft.digest}) awaits a decision until ${review.endsAt}`,
          draftId,
        ),
      ]);
      return review;
    });
}
