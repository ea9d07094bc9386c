import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import type { NewEvent } from '../db/events.ts';
import { appendEvents, hasEvent } from '../db/events.ts';
import type { DreamStep } from '../domain/dream.ts';
import { sha256Hex } from '../domain/hash.ts';
import { deriveId } from '../domain/ids.ts';

/** An event for the dream's own session. `item` and `ordinal` name it within its step, so that a repeated step makes the same one. */
export function liveEvent(
  dreamId: string,
  step: DreamStep,
  item: string,
  ordinal: number,
  type: string,
  payload: Record<string, unknown>,
): NewEvent {
  return {
    id: eventId(dreamId, step, item, ordinal),
    type,
    payload,
    processedAt: new Date(),
    sha256: sha256Hex(JSON.stringify([type, payload])),
  };
}

function eventId(dreamId: string, step: DreamStep, item: string, ordinal: number): string {
  return deriveId('sevt', dreamId, step, `live ${item}`, ordinal);
}

/** A line in the live session: the step's name, then counts and ids. */
export function stepMessage(dreamId: string, step: DreamStep, text: string, item = ''): NewEvent {
  return liveEvent(dreamId, step, `message ${item}`, 0, 'agent.message', { content: [{ type: 'text', text: `${step}: ${text}` }], step });
}

/**
 * Whether a step has said its line, so that its write is done. An attempt that froze and wakes up late, when another attempt has
 * done its work and the dream has gone on, must not set back what came since.
 */
export async function wasSaid(tx: Transaction, dream: Pick<DreamRow, 'id' | 'sessionId'>, step: DreamStep, item = ''): Promise<boolean> {
  return dream.sessionId !== null && (await hasEvent(tx, dream.sessionId, eventId(dream.id, step, `message ${item}`, 0)));
}

/** Appends to the dream's live session; the last thing a step's transaction does. */
export async function appendLive(
  tx: Transaction,
  dream: Pick<DreamRow, 'workspaceId' | 'sessionId'>,
  events: readonly NewEvent[],
): Promise<void> {
  if (dream.sessionId !== null) await appendEvents(tx, dream.workspaceId, dream.sessionId, events);
}
