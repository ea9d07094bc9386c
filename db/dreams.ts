import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { DreamCoverage, DreamError, DreamOutcome } from '../domain/dream.ts';
import { defaultDreamOptions } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Usage } from '../domain/usage.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { dreamMemories, dreamSessions, dreams, sessions } from './schema/index.ts';

export type DreamRow = typeof dreams.$inferSelect;

/** A row of an earlier version lacks the options that came later; they have their defaults. */
function withDefaults(dream: DreamRow): DreamRow {
  return { ...dream, options: { ...defaultDreamOptions, ...dream.options } };
}

/** As the index has it: a literal each, or PostgreSQL does not recognise it. */
const isHolding = sql`${dreams.outputBehavior} = 'update_existing' and ${dreams.status} in ('pending', 'running')`;

/** Refuses a second open dream that updates the same store: `one_open_dream_per_target` decides, also between two at once. */
export async function insertDream(tx: Transaction, dream: typeof dreams.$inferInsert, sessionIds: readonly string[]): Promise<void> {
  const inserted = await tx
    .insert(dreams)
    .values(dream)
    .onConflictDoNothing({ target: [dreams.workspaceId, dreams.inputStoreId], where: isHolding })
    .returning({ id: dreams.id });
  if (inserted.length === 0) throw heldBy(dream.inputStoreId, await findHolder(tx, dream.inputStoreId));
  const rows = sessionIds.map((sessionId) => ({ workspaceId: dream.workspaceId, dreamId: dream.id, sessionId }));
  for (const chunk of chunks(rows)) await tx.insert(dreamSessions).values(chunk);
}

/** Throws while an open dream updates this store. */
export async function assertNotHeld(tx: Transaction, storeId: string): Promise<void> {
  const holder = await findHolder(tx, storeId);
  if (holder !== undefined) throw heldBy(storeId, holder);
}

async function findHolder(tx: Transaction, storeId: string): Promise<string | undefined> {
  const rows = await tx
    .select({ id: dreams.id })
    .from(dreams)
    .where(and(eq(dreams.inputStoreId, storeId), isHolding));
  return rows[0]?.id;
}

function heldBy(storeId: string, holder: string | undefined): DreamsError {
  if (holder === undefined)
    return new DreamsError('store_held', `Another dream was updating the memory store ${storeId} until a moment ago.`, {
      hint: 'Ask again.',
    });
  return new DreamsError('store_held', `The dream ${holder} updates the memory store ${storeId} and has not ended.`, {
    hint: `Wait for its end with "dreams watch ${holder}", or stop it with "dreams cancel ${holder}".`,
  });
}

export async function findDream(tx: Transaction, id: string): Promise<DreamRow | undefined> {
  return (await tx.select().from(dreams).where(eq(dreams.id, id))).map(withDefaults)[0];
}

export async function requireDream(tx: Transaction, id: string): Promise<DreamRow> {
  const dream = await findDream(tx, id);
  if (dream !== undefined) return dream;
  throw new DreamsError('dream_not_found', `There is no dream ${id} in this workspace.`, {
    hint: 'See "dreams list" for the dreams there are.',
  });
}

/** Newest first. */
export async function listDreams(tx: Transaction, limit: number): Promise<DreamRow[]> {
  return (await tx.select().from(dreams).orderBy(desc(dreams.createdAt), desc(dreams.id)).limit(limit)).map(withDefaults);
}

export function isOpen(dream: Pick<DreamRow, 'status'>): boolean {
  return dream.status === 'pending' || dream.status === 'running';
}

export async function lockDream(tx: Transaction, id: string): Promise<DreamRow> {
  const [dream] = (await tx.select().from(dreams).where(eq(dreams.id, id)).for('update')).map(withDefaults);
  if (dream === undefined) throw new DreamsError('dream_not_found', `There is no dream ${id} in this workspace.`);
  return dream;
}

export async function updateDream(
  tx: Transaction,
  id: string,
  values: Partial<Pick<DreamRow, 'status' | 'sessionId' | 'outputStoreId' | 'baseRevision' | 'draftId' | 'stage' | 'historyState'>> & {
    coverage?: DreamCoverage;
    usage?: Usage;
  },
): Promise<void> {
  await tx.update(dreams).set(values).where(eq(dreams.id, id));
}

/** Ends an open dream; one that has ended keeps its end. Answers whether this call ended it. */
export async function endDream(
  tx: Transaction,
  id: string,
  end: { status: 'completed' | 'failed' | 'canceled'; outcome: DreamOutcome; error: DreamError | null },
): Promise<boolean> {
  const rows = await tx
    .update(dreams)
    .set({ ...end, endedAt: new Date() })
    .where(and(eq(dreams.id, id), inArray(dreams.status, ['pending', 'running'])))
    .returning({ id: dreams.id });
  return rows.length === 1;
}

/**
 * The sessions that the dream reads, oldest first, with the last event number once the snapshot pinned it. Equal times are
 * told apart by what the source called them, never by our ids: two imports of the same transcripts give one order.
 */
export async function readDreamSessions(
  tx: Transaction,
  dreamId: string,
): Promise<{ sessionId: string; lastEventNumber: number | null }[]> {
  return await tx
    .select({ sessionId: dreamSessions.sessionId, lastEventNumber: dreamSessions.lastEventNumber })
    .from(dreamSessions)
    .innerJoin(sessions, eq(sessions.id, dreamSessions.sessionId))
    .where(eq(dreamSessions.dreamId, dreamId))
    .orderBy(asc(sessions.createdAt), asc(sessions.sourceKind), asc(sessions.sourceId), asc(sessions.firstEventSha256));
}

/** In one statement, for a dream reads up to a hundred. */
export async function pinSessions(
  tx: Transaction,
  dreamId: string,
  pins: readonly { sessionId: string; lastEventNumber: number }[],
): Promise<void> {
  const rows = JSON.stringify(pins.map(({ sessionId, lastEventNumber }) => ({ session: sessionId, last: lastEventNumber })));
  await tx.execute(sql`update dream_sessions set last_event_number = pin.last
    from json_to_recordset(${rows}::json) as pin(session text, last integer)
    where dream_sessions.dream_id = ${dreamId} and dream_sessions.session_id = pin.session`);
}

export type PinnedMemory = typeof dreamMemories.$inferSelect;

export async function pinMemories(tx: Transaction, rows: readonly PinnedMemory[]): Promise<void> {
  for (const chunk of chunks(rows)) await tx.insert(dreamMemories).values(chunk).onConflictDoNothing();
}

/** The input as the snapshot found it, in the byte order of the paths. */
export async function readPinnedMemories(tx: Transaction, dreamId: string): Promise<PinnedMemory[]> {
  return await tx.select().from(dreamMemories).where(eq(dreamMemories.dreamId, dreamId)).orderBy(asc(dreamMemories.path));
}
