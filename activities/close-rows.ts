import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { lockDream, updateDream } from '../db/dreams.ts';
import { sumUsage } from '../db/model-calls.ts';
import { setSessionStatus } from '../db/sessions.ts';
import { setHistoryDue } from '../db/under-way.ts';
import type { DreamStep } from '../domain/dream.ts';
import { readCoverage } from './coverage.ts';
import { appendLive, liveEvent, stepMessage } from './live-session.ts';

export interface Closing {
  /** null leaves the stage as it is: where the dream stood, should it go on. */
  stage: DreamStep | null;
  /** For the live session. */
  words: string;
  /** Tells several ends of one live session apart; without it, the last one. */
  item?: string;
}

/** What belongs to a dream's end besides status and outcome, whoever brings it about: usage, coverage, the live session archived. */
export async function closeRows(tx: Transaction, dreamId: string, { stage, words, item = '' }: Closing): Promise<DreamRow> {
  const dream = await lockDream(tx, dreamId);
  const coverage = await readCoverage(tx, dream);
  await updateDream(tx, dreamId, {
    usage: await sumUsage(tx, dreamId),
    ...(stage === null ? {} : { stage }),
    ...(coverage === null ? {} : { coverage }),
  });
  await setHistoryDue(tx, dreamId);
  if (dream.sessionId === null) return dream;
  await setSessionStatus(tx, dream.sessionId, 'terminated', dream.endedAt);
  const status = `status${item === '' ? '' : ` ${item}`}`;
  await appendLive(tx, dream, [
    stepMessage(dreamId, 'closeDream', words, item),
    liveEvent(dreamId, 'closeDream', status, 0, 'session.status_idle', { stop_reason: { type: 'end_turn' } }),
    liveEvent(dreamId, 'closeDream', status, 1, 'session.status_terminated', {}),
  ]);
  return dream;
}
