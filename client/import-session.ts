import type { Transaction } from '../db/database.ts';
import { appendEvents, readEventHashes } from '../db/events.ts';
import { findImportedSession, insertSession, lockSession } from '../db/sessions.ts';
import { DreamsError } from '../domain/errors.ts';
import { newEvents } from '../sources/grown.ts';
import type { ImportedEvent, ImportedSession, Problem } from '../sources/source.ts';
import type { Context } from './context.ts';

export interface SessionResult {
  /** null in a dry run of a session that is not there yet. */
  id: string | null;
  title: string | null;
  events: number;
  new_events: number;
}

/** A session comes in once, under whatever file name; one that grew gets what is new. */
export async function importSession(
  context: Context,
  tx: Transaction,
  session: ImportedSession,
  dryRun: boolean,
): Promise<SessionResult & { problem?: Problem }> {
  const key = { sourceKind: session.sourceKind, sourceId: session.sourceId, firstEventSha256: session.firstEventSha256 };
  const known = await findImportedSession(tx, key);
  if (known === undefined && dryRun)
    return { id: null, title: session.title, events: session.events.length, new_events: session.events.length };
  if (known === undefined) await insertNew(context, tx, session, key);
  // Another import may have brought it in between the look and the insert; then there is nothing or little left to add.
  const stored = known ?? (await findImportedSession(tx, key));
  if (stored === undefined) throw new DreamsError('internal_error', 'A session was imported and cannot be found.');
  const locked = dryRun ? stored : await lockSession(tx, stored.id);
  // Erased between the look and the lock: what is imported now is a session of its own.
  if (locked.erasedAt !== null) return await importSession(context, tx, session, dryRun);
  const { id, title, lastEventNumber } = locked;
  const growth = newEvents(await readEventHashes(tx, id), session.events);
  const fresh = growth.kind === 'same' ? [] : growth.events;
  if (!dryRun)
    await appendEvents(
      tx,
      context.workspaceId,
      id,
      fresh.map((event) => toNewEvent(context, event)),
    );
  const result = { id, title: title ?? session.title, events: lastEventNumber + fresh.length, new_events: fresh.length };
  return growth.kind === 'diverged' ? { ...result, problem: diverged(session, id, growth.at, fresh.length) } : result;
}

async function insertNew(
  context: Context,
  tx: Transaction,
  session: ImportedSession,
  key: { sourceKind: string; sourceId: string; firstEventSha256: string },
): Promise<void> {
  // Unlike a title, the time decides something: which sessions are the last N, and what an undated event is older than.
  const createdAt = session.createdAt === null ? {} : { createdAt: new Date(session.createdAt) };
  await insertSession(tx, {
    workspaceId: context.workspaceId,
    id: context.makeId('sesn'),
    ...key,
    title: session.title,
    metadata: session.metadata,
    ...createdAt,
  });
}

function toNewEvent(context: Context, event: ImportedEvent) {
  const { type, payload, sha256, sourceEventId, processedAt } = event;
  return {
    id: context.makeId('sevt'),
    type,
    payload,
    sha256,
    sourceEventId,
    processedAt: processedAt === null ? null : new Date(processedAt),
  };
}

function diverged(session: ImportedSession, id: string, at: number, events: number): Problem {
  return {
    path: session.metadata['file'] ?? '',
    code: 'diverged_copies',
    fatal: false,
    message: `The session ${id} was imported before and reads differently from event ${String(at + 1)} on; the ${String(events)} events that it did not have were appended. Nothing that was imported earlier was changed.`,
  };
}
