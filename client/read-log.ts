/** The operations of a store like a history: who, when, why, how many of each kind, and what a dream left as it was. */
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { findCopier, readOperations } from '../db/operations.ts';
import type { OperationRow } from '../db/operations.ts';
import { requireStore } from '../db/stores.ts';
import type { OperationCounts, OperationKind } from '../domain/operation.ts';
import type { Context } from './context.ts';
import type { LogReport } from './log-report.ts';
import { readLogReports } from './log-report.ts';
import type { TouchedPath } from './touched-paths.ts';
import { readTouchedPaths } from './touched-paths.ts';

export interface LogEntry {
  id: string;
  kind: OperationKind;
  at: string;
  by: string;
  dream: string | null;
  counts: OperationCounts;
  /** What it did to each memory that it touched, in the byte order of the paths. */
  paths: TouchedPath[];
  /** In the words of whoever did it. */
  note: string | null;
  /** The operation that this one took back, and the one that took this one back. */
  undoes: string | null;
  undone_by: string | null;
  /** The session that it erased; null for everything else. */
  erases: string | null;
  /** Of a dream; null for everything else. */
  report: LogReport | null;
}

export interface StoreLog {
  memory_store_id: string;
  name: string;
  /** Newest first. */
  operations: LogEntry[];
  /** The store that a dream copied to begin with. */
  began_as: { memory_store_id: string; dream_id: string } | null;
}

export async function readLog(context: Context, storeId: string): Promise<StoreLog> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const store = await requireStore(tx, storeId);
    const operations = await readOperations(tx, storeId);
    const copier = await findCopier(tx, storeId);
    return {
      memory_store_id: storeId,
      name: store.name,
      operations: await toEntries(tx, operations),
      began_as: copier === undefined ? null : { memory_store_id: copier.storeId, dream_id: copier.dreamId },
    };
  });
}

async function toEntries(tx: Transaction, operations: readonly OperationRow[]): Promise<LogEntry[]> {
  const reports = await readLogReports(tx, operations);
  const touched = await readTouchedPaths(
    tx,
    operations.map((row) => row.id),
  );
  const undoneBy = new Map(operations.flatMap((row) => (row.undoesId === null ? [] : [[row.undoesId, row.id] as const])));
  return operations.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.createdAt.toISOString(),
    by: row.by,
    dream: row.dreamId,
    counts: row.counts,
    paths: touched.get(row.id) ?? [],
    note: row.note,
    undoes: row.undoesId,
    undone_by: undoneBy.get(row.id) ?? null,
    erases: row.report.erased ?? null,
    report: reports.get(row.id) ?? null,
  }));
}
