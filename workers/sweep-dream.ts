import type { DreamRow } from '../db/dreams.ts';
import { isOpen, requireDream } from '../db/dreams.ts';
import { findSession } from '../db/sessions.ts';
import type { UnderWay } from '../db/under-way.ts';
import { reading } from '../activities/effect.ts';
import { isDreamsError } from '../domain/errors.ts';
import { findRun } from './find-run.ts';
import { startRun } from './start-run.ts';
import type { Sweep } from './sweep.ts';
import { closeBehindRun, endWithRun, openWithRun } from './sweep-rows.ts';
import { tellDecision, tellEnd } from './tell-run.ts';

/** What a pass did about a dream. */
export type Did = 'started' | 'ended' | 'opened again' | 'closed' | 'told';

/** Brings a dream's row and its run together: the run says whether it lives, the row says how the dream ended. */
export async function sweepDream(sweep: Sweep, { workspaceId, id, workflowId }: UnderWay): Promise<Did | null> {
  const run = await findRun(sweep.client, workflowId);
  const dream = await reading(sweep, workspaceId, (tx) => requireDream(tx, id));
  if (isOpen(dream)) {
    if (run.state === 'unknown') return (await isLost(sweep, dream)) ? await startRun(sweep, dream) : null;
    if (run.state === 'ended') return await endWithRun(sweep, dream, run.runId);
    return await tellDecision(sweep, dream);
  }
  if (dream.outcome === 'terminated')
    return run.state === 'running' && !dream.terminatedRunIds.includes(run.runId) ? await openOrTell(sweep, dream, run.runId) : null;
  if (dream.stage === 'closeDream') return null;
  return run.state === 'running' ? await tellEnd(sweep, dream, run.runId) : await closeBehindRun(sweep, dream);
}

/** Why a terminated dream is not opened again. */
const refusals: readonly string[] = ['store_held', 'session_not_found'];

/** Where the row cannot be opened again, the run that was reset would wait in its review for a decision that nobody may take. */
async function openOrTell(sweep: Sweep, dream: DreamRow, runId: string): Promise<Did | null> {
  try {
    return await openWithRun(sweep, dream, runId);
  } catch (error) {
    if (!isDreamsError(error) || !refusals.includes(error.code)) throw error;
    const { id: dreamId } = dream;
    const told = await tellEnd(sweep, dream, runId);
    if (told !== null)
      sweep.log.warn({ dreamId, code: error.code }, 'a terminated dream cannot be opened again, and its reset run is told to end');
    return told;
  }
}

/**
 * A pending dream has no run yet. A running one whose run the server does not know has lost it with the server's data, or we
 * ask the wrong server: where anybody works for it, its live session goes on, so only a silent one is started again.
 */
async function isLost(sweep: Sweep, { workspaceId, status, sessionId }: DreamRow): Promise<boolean> {
  if (status === 'pending' || sessionId === null) return true;
  const live = await reading(sweep, workspaceId, (tx) => findSession(tx, sessionId));
  return live !== undefined && live.updatedAt.getTime() < Date.now() - sweep.patience.lostAfterSeconds * 1_000;
}
