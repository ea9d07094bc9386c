/** What a sweep writes into a dream's rows when its run was ended or brought back from outside. */
import { closeRows } from '../activities/close-rows.ts';
import { writing } from '../activities/effect.ts';
import { endTerminated, reopenTerminated } from '../activities/terminated.ts';
import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { endDream, isOpen, lockDream } from '../db/dreams.ts';
import type { DreamEnd } from '../workflows/end-of.ts';
import type { RunEnd } from './find-run.ts';
import { findRun } from './find-run.ts';
import type { Sweep } from './sweep.ts';

/** Ends an open dream as its run ended. The run is asked once more under the row's lock: a reset may have brought it back. */
export async function endWithRun(sweep: Sweep, { workspaceId, id }: DreamRow, runId: string): Promise<'ended' | null> {
  return await writing(sweep, 'sweep.end', workspaceId, async (tx) => {
    const dream = await lockDream(tx, id);
    if (!isOpen(dream)) return null;
    const run = await findRun(sweep.client, dream.workflowId);
    if (run.state !== 'ended' || run.runId !== runId) return null;
    if (run.how === 'TERMINATED' || run.how === 'TIMED_OUT') await endTerminated(tx, id, runId, run.how);
    else await endUnwritten(tx, id, run.how);
    return 'ended';
  });
}

/** The run ended by itself and its last step could not write so: a database that was away for longer than the step's patience, or restored. */
async function endUnwritten(tx: Transaction, id: string, how: Exclude<RunEnd, 'TERMINATED' | 'TIMED_OUT'>): Promise<void> {
  const message = `The run ended (${how.toLowerCase()}) and the rows were never told how; nothing was committed.`;
  const end: DreamEnd =
    how === 'CANCELLED'
      ? { status: 'canceled', outcome: 'canceled', error: null }
      : { status: 'failed', outcome: 'failed', error: { type: 'internal_error', message } };
  await endDream(tx, id, end);
  await closeRows(tx, id, { stage: 'closeDream', words: `the dream has ended: ${end.outcome}` });
}

/** Opens the row of a terminated dream whose run was reset. */
export async function openWithRun(sweep: Sweep, { workspaceId, id }: DreamRow, runId: string): Promise<'opened again' | null> {
  return await writing(sweep, 'sweep.open', workspaceId, async (tx) => {
    const dream = await lockDream(tx, id);
    if (dream.outcome !== 'terminated' || dream.terminatedRunIds.includes(runId)) return null;
    const run = await findRun(sweep.client, dream.workflowId);
    if (run.state !== 'running' || run.runId !== runId) return null;
    await reopenTerminated(tx, dream, runId);
    return 'opened again';
  });
}

/** A dream that its row ended and whose run is gone before its last step: usage, coverage and the live session are still to be closed. */
export async function closeBehindRun(sweep: Sweep, { workspaceId, id }: DreamRow): Promise<'closed' | null> {
  return await writing(sweep, 'sweep.close', workspaceId, async (tx) => {
    const dream = await lockDream(tx, id);
    if (isOpen(dream) || dream.outcome === 'terminated' || dream.stage === 'closeDream') return null;
    await closeRows(tx, id, { stage: 'closeDream', words: `the dream has ended: ${dream.outcome ?? dream.status}` });
    return 'closed';
  });
}
