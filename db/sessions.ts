import { and, asc, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { DreamsError } from '../domain/errors.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { sessions } from './schema/index.ts';

export type SessionRow = typeof sessions.$inferSelect;

/** The same session when kind, id at the source and first event's hash are the same. */
export async function findImportedSession(
  tx: Transaction,
  key: { sourceKind: string; sourceId: string; firstEventSha256: string },
): Promise<SessionRow | undefined> {
  const rows = await tx
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.sourceKind, key.sourceKind),
        eq(sessions.sourceId, key.sourceId),
        eq(sessions.firstEventSha256, key.firstEventSha256),
      ),
    );
  return rows[0];
}

export async function insertSession(tx: Transaction, session: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(session).onConflictDoNothing();
}

export async function findSession(tx: Transaction, id: string): Promise<SessionRow | undefined> {
  return (await tx.select().from(sessions).where(eq(sessions.id, id)))[0];
}

/** The session of this id, or a sentence that says what to do. */
export async function requireSession(tx: Transaction, id: string): Promise<SessionRow> {
  const session = await findSession(tx, id);
  if (session !== undefined) return session;
  throw new DreamsError('session_not_found', `There is no session ${id} in this workspace.`, {
    hint: 'See "dreams list" for the sessions there are.',
  });
}

/** Refuses sessions that were erased, and holds off an erasure of the others until the transaction ends. */
export async function assertNotErased(tx: Transaction, ids: readonly string[]): Promise<void> {
  const rows = await tx
    .select({ id: sessions.id, erasedAt: sessions.erasedAt })
    .from(sessions)
    .where(inArray(sessions.id, [...ids]))
    .orderBy(asc(sessions.id))
    .for('share');
  const erased = rows.find((row) => row.erasedAt !== null);
  if (erased === undefined) return;
  throw new DreamsError(
    'session_not_found',
    `The session ${erased.id} was erased on ${erased.erasedAt?.toISOString().slice(0, 10) ?? ''}.`,
    {
      hint: 'Leave it out. "dreams list" shows the sessions there are.',
    },
  );
}

/** Locks the session against other writers until the transaction ends, so that what is new is decided once. */
export async function lockSession(tx: Transaction, id: string): Promise<SessionRow> {
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, id)).for('update');
  if (session === undefined) throw new DreamsError('session_not_found', `There is no session ${id} in this workspace.`);
  return session;
}

export async function readSessions(tx: Transaction, ids: readonly string[]): Promise<Map<string, SessionRow>> {
  const found = new Map<string, SessionRow>();
  for (const chunk of chunks(ids))
    for (const row of await tx.select().from(sessions).where(inArray(sessions.id, chunk))) found.set(row.id, row);
  return found;
}

/** A dream's own sessions never qualify as input, nor do those of which only the id is left. */
const isTranscript = and(ne(sessions.sourceKind, 'dream'), isNull(sessions.erasedAt));

/** Imported transcripts, oldest first. */
export async function listTranscripts(tx: Transaction, limit?: number): Promise<SessionRow[]> {
  const query = tx.select().from(sessions).where(isTranscript).orderBy(asc(sessions.createdAt), asc(sessions.id));
  return limit === undefined ? await query : await query.limit(limit);
}

/** Imported transcripts, newest first. */
export async function newestTranscripts(tx: Transaction, limit: number): Promise<SessionRow[]> {
  return await tx.select().from(sessions).where(isTranscript).orderBy(desc(sessions.createdAt), desc(sessions.id)).limit(limit);
}

/** Takes the session's lock and `count` numbers after its last event; answers the number before the first one. */
export async function takeEventNumbers(tx: Transaction, sessionId: string, count: number): Promise<number> {
  const [row] = await tx
    .update(sessions)
    .set({ lastEventNumber: sql`${sessions.lastEventNumber} + ${count}`, updatedAt: new Date() })
    .where(eq(sessions.id, sessionId))
    .returning({ last: sessions.lastEventNumber });
  if (row === undefined) throw new DreamsError('session_not_found', `There is no session ${sessionId} in this workspace.`);
  return row.last - count;
}

export async function setSessionStatus(
  tx: Transaction,
  sessionId: string,
  status: SessionRow['status'],
  archivedAt: Date | null,
): Promise<void> {
  await tx.update(sessions).set({ status, archivedAt, updatedAt: new Date() }).where(eq(sessions.id, sessionId));
}
