import {
  ApplicationFailure,
  CancellationScope,
  allHandlersFinished,
  condition,
  isCancellation,
  log,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ClosedDream } from '../activities/close-dream.ts';
import { counted } from '../domain/guards/guard.ts';
import { ReviewGate } from './await-review.ts';
import { Drafting } from './drafting.ts';
import type { DreamEnd, PlannedEnd } from './end-of.ts';
import { endOf } from './end-of.ts';
import { inFlight } from './in-flight.ts';
import type { CancelRequest, DreamInput, DreamResult } from './messages.ts';
import { cancelDreamSignal } from './messages.ts';
import { Progress } from './progress.ts';
import { dreamOutcome } from './search-attributes.ts';
import type { Steps } from './steps.ts';
import { proxySteps } from './steps.ts';

/** Engine packs under way at once: enough to keep the cores of a few workers busy, few enough for one history. */
const packsInFlight = 8;

/** One dream: reads a memory store and past sessions, writes a new version of the store. */
export async function dream(input: DreamInput): Promise<DreamResult> {
  const steps = proxySteps();
  const progress = new Progress();
  const drafting = new Drafting(input, steps, progress);
  const gate = new ReviewGate(input, steps, progress);
  const work = new CancellationScope();
  let cancelRequest: CancelRequest | undefined;
  setHandler(
    cancelDreamSignal,
    (request) => {
      // Sent by hand without an argument it still cancels.
      cancelRequest ??= (request as CancelRequest | undefined) ?? { by: 'unknown' };
      work.cancel();
    },
    { description: 'Stops the dream. The input store stays as it is; the output store stays an unchanged copy.' },
  );

  let planned: PlannedEnd | undefined;
  let failure: unknown;
  try {
    planned = await work.run(() => plan(input, { steps, progress, drafting, gate }));
  } catch (error) {
    failure = error;
  }
  return await CancellationScope.nonCancellable(async () => {
    progress.enter('closeDream');
    const end = endOf(planned, failure, cancelRequest);
    const closed = await steps.closeDream.executeWithOptions({ summary: `close: ${end.outcome}` }, [{ ...input, end }]);
    upsertSearchAttributes([{ key: dreamOutcome, value: closed.outcome }]);
    // A decision that came too late still gets its answer.
    await condition(allHandlersFinished);
    const failed = failureOf(closed, end);
    if (failed !== null) throw failed;
    if (failure !== undefined && isCancellation(failure) && cancelRequest === undefined) throw failure;
    log.info('dream closed', { outcome: closed.outcome });
    return closed;
  });
}

interface Parts {
  steps: Steps;
  progress: Progress;
  drafting: Drafting;
  gate: ReviewGate;
}

/** The table of contents: a step a line. */
async function plan(input: DreamInput, { steps, progress, drafting, gate }: Parts): Promise<PlannedEnd> {
  progress.enter('openDream');
  await steps.openDream(input);

  progress.enter('takeSnapshot');
  const snapshot = await steps.takeSnapshot(input);
  progress.count({ sessions: snapshot.sessions });

  progress.enter('planWindows');
  const windows = await steps.planWindows(input);
  progress.count({ windows: windows.windows });

  progress.enter('extractFacts', windows.packs);
  await inFlight(windows.packs, packsInFlight, async (pack) => {
    const summary = `extract pack ${String(pack + 1)}/${String(windows.packs)}, ${counted(windows.windowsInPack[pack] ?? 0, 'window')}`;
    progress.packDone(await steps.extractFacts.executeWithOptions({ summary }, [{ ...input, pack }]));
  });

  progress.enter('groupClaims');
  const groups = await steps.groupClaims(input);

  progress.enter('reconcileGroup', groups.packs);
  await inFlight(groups.packs, packsInFlight, async (pack) => {
    await steps.reconcileGroup.executeWithOptions({ summary: `reconcile pack ${String(pack + 1)}/${String(groups.packs)}` }, [
      { ...input, pack },
    ]);
    progress.packDone();
  });

  progress.enter('minePatterns');
  await steps.minePatterns(input);

  let draft = await drafting.next();
  for (;;) {
    if (snapshot.review === 'required') {
      progress.enter('awaitReview');
      const decision = await gate.decision(draft);
      if (decision.verdict === 'reject') return decision.channel === 'timeout' ? 'expired' : 'rejected';
      if (decision.excluded.length > 0) draft = await drafting.next({ draftId: draft.draftId, exclude: decision.excluded });
    }

    progress.enter('commitDream');
    const { conflicts } = await steps.commitDream.executeWithOptions({ summary: `commit ${counted(draft.changes, 'change')}` }, [
      { ...input, draftId: draft.draftId, digest: draft.digest },
    ]);
    if (conflicts === 0) return 'committed';

    // Others wrote where the draft does: theirs stays, and what is left of the draft is looked at again.
    if (snapshot.review === 'none') throw movedUnderUs(conflicts);
    draft = await drafting.next({ draftId: draft.draftId, exclude: [] });
  }
}

/** A dream that had failed before this run fails with what its row says; a terminated one that could not go on, with the reason. */
function failureOf({ outcome, error }: ClosedDream, end: DreamEnd): ApplicationFailure | null {
  if (outcome !== 'failed' && (outcome !== 'terminated' || end.error === null)) return null;
  const { type, message } = error ?? end.error ?? { type: 'internal_error', message: 'The dream failed.' };
  const failure = ApplicationFailure.create({ type, message, nonRetryable: true });
  // As with the failures of steps: where the code lies on the worker's machine is nobody's business.
  failure.stack = '';
  return failure;
}

function movedUnderUs(paths: number): ApplicationFailure {
  const subject = paths === 1 ? 'A path was' : `${String(paths)} paths were`;
  return ApplicationFailure.nonRetryable(
    `${subject} changed both by the dream and by others while it ran; "dreams diff" shows both sides. Nothing was written; dream again.`,
    'store_changed',
  );
}
