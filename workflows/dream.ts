import { ApplicationFailure, CancellationScope, isCancellation, log, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { awaitReview } from './await-review.ts';
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

/** A guard may refuse changes; after this many drafts the dream fails and says which guard. */
const maxRounds = 3;

/** One dream: reads a memory store and past sessions, writes a new version of the store. */
export async function dream(input: DreamInput): Promise<DreamResult> {
  const steps = proxySteps();
  const progress = new Progress();
  const work = new CancellationScope();
  let cancelRequest: CancelRequest | undefined;
  setHandler(
    cancelDreamSignal,
    (request) => {
      cancelRequest ??= request;
      work.cancel();
    },
    { description: 'Stops the dream. The input store stays as it is; the output store stays an unchanged copy.' },
  );

  let failure: unknown;
  try {
    await work.run(() => plan(input, steps, progress));
  } catch (error) {
    failure = error;
  }
  return await CancellationScope.nonCancellable(async () => {
    progress.enter('closeDream');
    const end = endOf(failure, cancelRequest);
    const closed = await steps.closeDream.executeWithOptions({ summary: `close: ${end.outcome}` }, [{ ...input, end }]);
    upsertSearchAttributes([{ key: dreamOutcome, value: closed.outcome }]);
    if (closed.outcome === 'failed')
      throw ApplicationFailure.create({
        type: end.error?.type ?? 'internal_error',
        message: end.error?.message ?? 'The dream failed.',
        nonRetryable: true,
      });
    if (failure !== undefined && isCancellation(failure) && cancelRequest === undefined) throw failure;
    log.info('dream closed', { outcome: closed.outcome });
    return closed;
  });
}

/** The table of contents: a step a line. */
async function plan(input: DreamInput, steps: Steps, progress: Progress): Promise<void> {
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
    const summary = `extract pack ${String(pack + 1)}/${String(windows.packs)}, ${String(windows.windowsInPack[pack] ?? 0)} windows`;
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

  const draft = await stageAndCheck(input, steps, progress);

  progress.enter('awaitReview');
  awaitReview(snapshot.review);

  progress.enter('commitDream');
  await steps.commitDream.executeWithOptions({ summary: `commit ${String(draft.changes)} changes` }, [
    { ...input, draftId: draft.draftId, digest: draft.digest },
  ]);
}

/** Stages a draft and has the guards check it; what they refuse is left out of the next one. */
async function stageAndCheck(input: DreamInput, steps: Steps, progress: Progress) {
  let refused: string[] = [];
  for (let round = 1; ; round++) {
    progress.enter('stageDraft');
    const draft = await steps.stageDraft.executeWithOptions(
      { summary: `stage draft ${String(round)}, ${String(refused.length)} changes left out` },
      [{ ...input, round, refused }],
    );
    progress.count({ changes: draft.changes });

    progress.enter('checkDraft');
    const check = await steps.checkDraft.executeWithOptions({ summary: `check draft ${String(round)}` }, [
      { ...input, draftId: draft.draftId },
    ]);
    if (check.ok) return draft;
    if (check.unmendable || round === maxRounds) {
      throw ApplicationFailure.create({
        type: 'verification_failed',
        nonRetryable: true,
        message: `After ${String(round)} drafts the guards still refuse: ${check.guards.join(', ')}.`,
      });
    }
    refused = [...refused, ...check.refused];
  }
}
