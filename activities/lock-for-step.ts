import { Context } from '@temporalio/activity';
import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { isOpen, lockDream } from '../db/dreams.ts';
import { isArchivedRun } from '../db/under-way.ts';
import { DreamsError, isDreamsError } from '../domain/errors.ts';
import { reopenTerminated } from './terminated.ts';

/**
 * Locks the dream's row for a step, which writes only while the dream is open. The row may not have heard yet what became of
 * the run: a dream that was terminated is open again for a step of the run that a reset made, and for none of the old one.
 */
export async function lockForStep(tx: Transaction, dreamId: string): Promise<DreamRow> {
  const dream = await lockForRun(tx, dreamId);
  if (isOpen(dream)) return dream;
  if (dream.outcome === 'terminated') return await reopenTerminated(tx, dream, ownRun());
  throw closed(dreamId, `has ended (${dream.status})`);
}

/** The same for the step that ends the dream: it finds the end that there is, also where the dream cannot be opened again. */
export async function lockForClose(tx: Transaction, dreamId: string): Promise<DreamRow> {
  const dream = await lockForRun(tx, dreamId);
  if (dream.outcome !== 'terminated') return dream;
  try {
    return await reopenTerminated(tx, dream, ownRun());
  } catch (error) {
    if (isDreamsError(error)) return dream;
    throw error;
  }
}

/** Steps of a run that is over come to nothing, whatever the row says by now. */
async function lockForRun(tx: Transaction, dreamId: string): Promise<DreamRow> {
  const dream = await lockDream(tx, dreamId);
  // Most dreams are never terminated, and need no second look.
  if (dream.terminatedRunIds.length === 0) return dream;
  const runId = ownRun();
  if (dream.terminatedRunIds.includes(runId) || (await isArchivedRun(tx, dreamId, runId)))
    throw closed(dreamId, `goes on in another run than ${runId}, or has ended`);
  return dream;
}

function ownRun(): string {
  return Context.current().info.workflowExecution?.runId ?? '';
}

function closed(dreamId: string, what: string): DreamsError {
  return new DreamsError('dream_closed', `The dream ${dreamId} ${what}, so nothing is written for it here any more.`);
}
