/** A run that was terminated writes nothing any more, and one that was reset goes on: what becomes of the dream's rows. */
import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { assertNotHeld } from '../db/dreams.ts';
import { setSessionStatus } from '../db/sessions.ts';
import { findErasedInput, findErasedSince } from '../db/erasure.ts';
import { endAsTerminated, openAgain } from '../db/under-way.ts';
import type { DreamError } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import { closeRows } from './close-rows.ts';
import { appendLive, liveEvent, stepMessage } from './live-session.ts';

/** How a run ends without its dream having a say. */
export type EndedFromOutside = 'TERMINATED' | 'TIMED_OUT';

/** Fixed words: what an operator gave as a reason stays in Temporal. */
const errors: Record<EndedFromOutside, DreamError> = {
  TERMINATED: { type: 'internal_error', message: 'The run was terminated from outside before the dream had ended; nothing was committed.' },
  TIMED_OUT: { type: 'timeout', message: 'The run reached its time limit at the Temporal server; nothing was committed.' },
};

/** Ends the dream of a run that was ended from outside. The row is locked and open. */
export async function endTerminated(tx: Transaction, dreamId: string, runId: string, how: EndedFromOutside): Promise<void> {
  await endAsTerminated(tx, dreamId, runId, errors[how]);
  const words = how === 'TERMINATED' ? 'the run was terminated from outside' : 'the run reached its time limit';
  // The stage stays: a reset goes on there.
  await closeRows(tx, dreamId, { stage: null, words, item: `run ${runId}` });
}

/** Opens a dream again whose terminated run was reset; refuses where the world has moved on. The row is locked. */
export async function reopenTerminated(tx: Transaction, dream: DreamRow, runId: string): Promise<DreamRow> {
  if (dream.outputBehavior === 'update_existing') await assertNotHeld(tx, dream.inputStoreId);
  const erased = (await findErasedSince(tx, dream.endedAt ?? dream.createdAt)) ?? (await findErasedInput(tx, dream.id));
  if (erased !== undefined)
    throw new DreamsError('session_not_found', `The session ${erased} was erased after the dream ${dream.id} had been terminated.`, {
      hint: 'Dream again: what this one has read may hold its words.',
    });
  await openAgain(tx, dream.id);
  if (dream.sessionId !== null) await setSessionStatus(tx, dream.sessionId, 'running', null);
  await appendLive(tx, dream, [
    liveEvent(dream.id, 'openDream', `status run ${runId}`, 0, 'session.status_running', {}),
    stepMessage(dream.id, 'openDream', 'the terminated run was reset, and the dream goes on', `run ${runId}`),
  ]);
  return { ...dream, status: 'running', outcome: null, error: null, endedAt: null };
}
