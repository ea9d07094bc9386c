import { and, asc, eq, gt, gte, inArray, lte, sql } from 'drizzle-orm';
import type { SessionEvent } from '../domain/transcript.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { dreamSessions, sessionEvents, sessions } from './schema/index.ts';
import { takeEventNumbers } from './sessions.ts';

export interface NewEvent {
  id: string;
  type: string;
  processedAt: Date | null;
  payload: Record<string, unknown>;
  sha256: string;
  sourceEventId?: string | null;
}

/** The channel on which readers of a session learn that there is more; the payload holds ids only. */
export const eventsChannel = 'open_dreams_events';

/**
 * Appends events and wakes readers. The last statement of a step's transaction: it holds the session's row lock from here
 * to the commit. An event whose id is there already is left out, so that a repeated step appends nothing.
 */
export async function appendEvents(tx: Transaction, workspaceId: string, sessionId: string, events: readonly NewEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, sessionId)).for('update');
  const there = await existingEventIds(
    tx,
    sessionId,
    events.map((event) => event.id),
  );
  const fresh = events.filter((event) => !there.has(event.id));
  if (fresh.length === 0) return 0;
  const before = await takeEventNumbers(tx, sessionId, fresh.length);
  const rows = fresh.map((event, index) => ({
    workspaceId,
    sessionId,
    number: before + index + 1,
    ...event,
    sourceEventId: event.sourceEventId ?? null,
  }));
  for (const chunk of chunks(rows, 500)) await tx.insert(sessionEvents).values(chunk);
  await tx.execute(sql`select pg_notify(${eventsChannel}, ${`${workspaceId} ${sessionId}`})`);
  return fresh.length;
}

/** Whether an event of this id is in the session. */
export async function hasEvent(tx: Transaction, sessionId: string, id: string): Promise<boolean> {
  return (await existingEventIds(tx, sessionId, [id])).has(id);
}

async function existingEventIds(tx: Transaction, sessionId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunks(ids)) {
    const rows = await tx
      .select({ id: sessionEvents.id })
      .from(sessionEvents)
      .where(and(eq(sessionEvents.sessionId, sessionId), inArray(sessionEvents.id, chunk)));
    for (const row of rows) found.add(row.id);
  }
  return found;
}

const eventColumns = {
  id: sessionEvents.id,
  number: sessionEvents.number,
  type: sessionEvents.type,
  processedAt: sessionEvents.processedAt,
  payload: sessionEvents.payload,
};

type EventRow = Omit<SessionEvent, 'processedAt'> & { processedAt: Date | null };

function toEvent(row: EventRow): SessionEvent {
  return { ...row, processedAt: row.processedAt?.toISOString() ?? null };
}

/** Events `first`..`last` (both included) in order. */
export async function readEvents(tx: Transaction, sessionId: string, first: number, last: number): Promise<SessionEvent[]> {
  const rows = await tx
    .select(eventColumns)
    .from(sessionEvents)
    .where(and(eq(sessionEvents.sessionId, sessionId), gte(sessionEvents.number, first), lte(sessionEvents.number, last)))
    .orderBy(asc(sessionEvents.number));
  return rows.map(toEvent);
}

/** Events beyond a reader's cursor. */
export async function readEventsAfter(tx: Transaction, sessionId: string, after: number, limit = 1_000): Promise<SessionEvent[]> {
  const rows = await tx
    .select(eventColumns)
    .from(sessionEvents)
    .where(and(eq(sessionEvents.sessionId, sessionId), gt(sessionEvents.number, after)))
    .orderBy(asc(sessionEvents.number))
    .limit(limit);
  return rows.map(toEvent);
}

/** Hashes of the stored events in order, for telling what of an import is new. */
export async function readEventHashes(tx: Transaction, sessionId: string): Promise<{ sha256: string }[]> {
  return await tx
    .select({ sha256: sessionEvents.sha256 })
    .from(sessionEvents)
    .where(eq(sessionEvents.sessionId, sessionId))
    .orderBy(asc(sessionEvents.number));
}

export async function readEventsById(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, SessionEvent & { sessionId: string; sourceEventId: string | null }>> {
  const found = new Map<string, SessionEvent & { sessionId: string; sourceEventId: string | null }>();
  for (const chunk of chunks([...new Set(ids)], 500)) {
    const rows = await tx
      .select({ ...eventColumns, sessionId: sessionEvents.sessionId, sourceEventId: sessionEvents.sourceEventId })
      .from(sessionEvents)
      .where(inArray(sessionEvents.id, chunk));
    for (const row of rows) found.set(row.id, { ...toEvent(row), sessionId: row.sessionId, sourceEventId: row.sourceEventId });
  }
  return found;
}

/** Whether an event that the dream reads holds this string somewhere. */
export async function dreamEventsHold(tx: Transaction, dreamId: string, needle: string): Promise<boolean> {
  // As it stands inside a JSON string, without the quotes around it.
  const escaped = JSON.stringify(needle).slice(1, -1);
  const rows = await tx
    .select({ id: sessionEvents.id })
    .from(sessionEvents)
    .innerJoin(dreamSessions, and(eq(dreamSessions.sessionId, sessionEvents.sessionId), eq(dreamSessions.dreamId, dreamId)))
    .where(and(lte(sessionEvents.number, dreamSessions.lastEventNumber), sql`position(${escaped} in ${sessionEvents.payload}::text) > 0`))
    .limit(1);
  return rows.length > 0;
}
