// Archived histories of runs, and the bundles of workflow code that they were made by.
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { DreamsError } from '../domain/errors.ts';
import type { Database, Transaction } from './database.ts';
import { limitLockWait } from './database.ts';
import { packHistory, unpackHistory } from './history/bytes.ts';
import type { History } from './history/bytes.ts';
import { openBundle } from './history/bundle.ts';
import type { RunSummary } from './history/summary.ts';
import { bundles, dreams, histories, memoryStores } from './schema/index.ts';
import type { Page } from './under-way.ts';

export type HistoryRow = typeof histories.$inferSelect;
export type BundleRow = typeof bundles.$inferSelect;

export interface DueDream {
  workspaceId: string;
  id: string;
  workflowId: string;
  endedAt: Date;
  /** Where it stands in the order: the next page is behind it. */
  key: string;
}

/** Dreams of every workspace that have ended and whose histories are not archived, newest first. */
export async function dreamsWhoseHistoryIsDue(database: Database, { after, atMost }: Page): Promise<DueDream[]> {
  const rows = await database.drizzle.execute(
    sql`select workspace_id, id, workflow_id, ended_at, key from dreams_whose_history_is_due(${after}, ${atMost})`,
  );
  return rows.map((row) => ({
    workspaceId: String(row['workspace_id']),
    id: String(row['id']),
    workflowId: String(row['workflow_id']),
    endedAt: new Date(String(row['ended_at'])),
    key: String(row['key']),
  }));
}

/** Workspaces with a dream that runs. */
export async function workspacesWithRuns(database: Database): Promise<string[]> {
  const rows = await database.drizzle.execute(sql`select workspace_id from workspaces_with_open_dreams()`);
  return rows.map((row) => String(row['workspace_id']));
}

/**
 * Keeps the bundle and reads it back: what the row holds unpacks to what its hash says, or the transaction fails. One that is kept
 * already stays, even where it was altered since; answers whether it is whole.
 */
export async function insertBundle(tx: Transaction, bundle: Omit<BundleRow, 'createdAt'>): Promise<boolean> {
  const inserted = await tx.insert(bundles).values(bundle).onConflictDoNothing().returning({ sha256: bundles.sha256 });
  const kept = await findBundle(tx, bundle.sha256);
  const isWhole = kept !== undefined && 'code' in openBundle(kept);
  if (inserted.length > 0 && !isWhole) throw new Error(`bundle ${bundle.sha256} was not kept as it is`);
  return isWhole;
}

export async function hasBundle(tx: Transaction, sha256: string): Promise<boolean> {
  return (await tx.select({ size: bundles.size }).from(bundles).where(eq(bundles.sha256, sha256))).length > 0;
}

export async function findBundle(tx: Transaction, sha256: string): Promise<BundleRow | undefined> {
  return (await tx.select().from(bundles).where(eq(bundles.sha256, sha256)))[0];
}

/** What the archiver must know of a dream before it asks the server. `version` is another one after every write of the row. */
export async function readArchiveState(
  tx: Transaction,
  dreamId: string,
): Promise<{ isDue: boolean; version: string; runIds: Set<string> }> {
  const [dream] = await tx
    .select({ state: dreams.historyState, version: sql<string>`xmin::text` })
    .from(dreams)
    .where(eq(dreams.id, dreamId));
  const runs = await tx.select({ runId: histories.runId }).from(histories).where(eq(histories.dreamId, dreamId));
  return { isDue: dream?.state === 'due', version: dream?.version ?? '', runIds: new Set(runs.map((run) => run.runId)) };
}

/**
 * Locks the dream's row where nobody has written to it since `version` was read, and with it every erasure out: those lock
 * the stores. Answers the store and since when the dream is there, undefined when somebody wrote.
 */
export async function lockUnchanged(tx: Transaction, dreamId: string, version: string): Promise<{ createdAt: Date } | undefined> {
  // Whoever holds the row for longer is waited for at the next pass, and keeps no other dream waiting.
  await limitLockWait(tx, 5);
  const [dream] = await tx
    .select({ version: sql<string>`xmin::text`, storeId: dreams.inputStoreId, createdAt: dreams.createdAt })
    .from(dreams)
    .where(eq(dreams.id, dreamId))
    .for('update');
  if (dream === undefined || dream.version !== version) return undefined;
  await tx.select({ id: memoryStores.id }).from(memoryStores).where(eq(memoryStores.id, dream.storeId)).for('share');
  return { createdAt: dream.createdAt };
}

/** Archives a run and reads it back: what the row holds unpacks to the same history, or the transaction fails. */
export async function insertHistory(
  tx: Transaction,
  key: { workspaceId: string; dreamId: string; redactedAt: Date | null },
  run: RunSummary & { status: HistoryRow['status'] },
  history: History,
): Promise<void> {
  const { runId, status, events, startedAt, closedAt, sdkVersion } = run;
  const bundleSha256 = run.bundleSha256 !== null && (await hasBundle(tx, run.bundleSha256)) ? run.bundleSha256 : null;
  const row = { ...key, runId, status, events, startedAt, closedAt, sdkVersion, bundleSha256, ...(await packHistory(history)) };
  await tx.insert(histories).values(row).onConflictDoNothing();
  const kept = await findHistory(tx, key.dreamId, runId);
  if (kept === undefined) throw new Error(`history ${runId} is missing`);
  await openHistory(kept);
}

export async function findHistory(tx: Transaction, dreamId: string, runId: string): Promise<HistoryRow | undefined> {
  return (
    await tx
      .select()
      .from(histories)
      .where(and(eq(histories.dreamId, dreamId), eq(histories.runId, runId)))
  )[0];
}

/** The history in a row, once its bytes are those that were written. */
export async function openHistory(row: HistoryRow): Promise<History> {
  let opened: { history: History; sha256: string };
  try {
    opened = await unpackHistory(row.bytes);
  } catch (cause) {
    throw notAsWritten(row, 'its bytes cannot be read', cause);
  }
  const { history, sha256 } = opened;
  if (sha256 === row.sha256 && history.events?.length === row.events) return history;
  const found = `it has ${String(history.events?.length ?? 0)} events and the hash ${sha256.slice(0, 12)}`;
  throw notAsWritten(row, `${found}, not ${String(row.events)} and ${row.sha256.slice(0, 12)}`);
}

function notAsWritten({ runId, dreamId }: HistoryRow, what: string, cause?: unknown): DreamsError {
  return new DreamsError(
    'internal_error',
    `The archived history of the run ${runId} of the dream ${dreamId} is not the one that was written: ${what}.`,
    { hint: 'The database was altered or damaged; restore the row from a backup.', cause },
  );
}

export type ArchivedRun = Pick<HistoryRow, 'dreamId' | 'runId' | 'bundleSha256'>;

/** The runs of one dream, or of all, oldest first; with `byBundle` those of one bundle together. */
export async function listHistories(
  tx: Transaction,
  { dreamId, byBundle }: { dreamId?: string; byBundle: boolean },
): Promise<ArchivedRun[]> {
  const { bundleSha256, closedAt, runId } = histories;
  return await tx
    .select({ dreamId: histories.dreamId, runId, bundleSha256 })
    .from(histories)
    .where(dreamId === undefined ? undefined : eq(histories.dreamId, dreamId))
    .orderBy(...(byBundle ? [asc(bundleSha256)] : []), asc(closedAt), asc(runId));
}

/** Dreams, or whether this one, whose rows say that their history is archived, and of which none is there, oldest first. */
export async function listLostHistories(tx: Transaction, dreamId?: string): Promise<string[]> {
  const rows = await tx
    .select({ id: dreams.id })
    .from(dreams)
    .leftJoin(histories, and(eq(histories.workspaceId, dreams.workspaceId), eq(histories.dreamId, dreams.id)))
    .where(and(eq(dreams.historyState, 'archived'), isNull(histories.runId), dreamId === undefined ? undefined : eq(dreams.id, dreamId)))
    .orderBy(asc(dreams.endedAt), asc(dreams.id));
  return rows.map(({ id }) => id);
}

/** Every archived history, a few at a time. */
export async function* allHistories(tx: Transaction): AsyncGenerator<HistoryRow[]> {
  const runs = await listHistories(tx, { byBundle: false });
  for (let from = 0; from < runs.length; from += 20) {
    const page = runs.slice(from, from + 20).map((run) => run.runId);
    yield await tx.select().from(histories).where(inArray(histories.runId, page));
  }
}

/** Puts another history in the place of an archived one: the same run without words that were erased. */
export async function replaceHistory(tx: Transaction, { dreamId, runId }: ArchivedRun, history: History): Promise<void> {
  await tx
    .update(histories)
    .set({ ...(await packHistory(history)), redactedAt: new Date() })
    .where(and(eq(histories.dreamId, dreamId), eq(histories.runId, runId)));
}

export async function setHistoryState(tx: Transaction, dreamId: string, historyState: 'archived' | 'missing'): Promise<void> {
  await tx.update(dreams).set({ historyState }).where(eq(dreams.id, dreamId));
}

/** Dreams that have ended, by what is kept of their runs. */
export async function countHistoryStates(tx: Transaction): Promise<Record<'due' | 'archived' | 'missing', number>> {
  const rows = await tx
    .select({ state: dreams.historyState, count: sql<number>`count(*)::int` })
    .from(dreams)
    .where(sql`${dreams.endedAt} is not null`)
    .groupBy(dreams.historyState);
  return { due: 0, archived: 0, missing: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}
