/** What the sweep writes: ends that no step could write, and dreams that a reset brought back. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { DreamError } from '../domain/dream.ts';
import type { Database, Transaction } from './database.ts';
import { dreams, histories } from './schema/index.ts';

export interface UnderWay {
  workspaceId: string;
  id: string;
  workflowId: string;
  /** Where it stands in the order: the next page is behind it. */
  key: string;
}

/** A part of a list that may be long. */
export interface Page {
  /** The last key of the page before; null for the first page. */
  after: string | null;
  atMost: number;
}

/** Dreams of every workspace whose rows may not say what became of their run, by a function that sees nothing else; oldest first. */
export async function dreamsUnderWay(
  database: Database,
  { which, olderThanSeconds, after, atMost }: Page & { which: 'pending' | 'others'; olderThanSeconds: number },
): Promise<UnderWay[]> {
  const rows = await database.drizzle.execute(
    sql`select workspace_id, id, workflow_id, key from dreams_under_way(${which === 'pending'}, ${olderThanSeconds}, ${after}, ${atMost})`,
  );
  return rows.map((row) => ({
    workspaceId: String(row['workspace_id']),
    id: String(row['id']),
    workflowId: String(row['workflow_id']),
    key: String(row['key']),
  }));
}

/** Ends an open dream whose run was ended from outside; remembers which run that was, beside those before. The row is locked. */
export async function endAsTerminated(tx: Transaction, id: string, runId: string, error: DreamError): Promise<void> {
  await tx
    .update(dreams)
    .set({
      status: 'failed',
      outcome: 'terminated',
      error,
      endedAt: new Date(),
      terminatedRunIds: sql`array_append(${dreams.terminatedRunIds}, ${runId})`,
      historyState: 'due',
    })
    .where(and(eq(dreams.id, id), inArray(dreams.status, ['pending', 'running'])));
}

/** Takes back an end that came from outside. Which runs those were stays: their late steps are still refused. The row is locked. */
export async function openAgain(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(dreams)
    .set({ status: 'running', outcome: null, error: null, endedAt: null, historyState: 'due' })
    .where(and(eq(dreams.id, id), eq(dreams.outcome, 'terminated')));
}

/** A dream that was terminated and reset is canceled although its row has not been opened again yet. The row is locked. */
export async function cancelTerminated(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(dreams)
    .set({ status: 'canceled', outcome: 'canceled', error: null, endedAt: new Date() })
    .where(and(eq(dreams.id, id), eq(dreams.outcome, 'terminated')));
}

/** There is one more finished run whose history is to be kept, or there will be. */
export async function setHistoryDue(tx: Transaction, id: string): Promise<void> {
  await tx.update(dreams).set({ historyState: 'due' }).where(eq(dreams.id, id));
}

/** Whether the history of this run is kept, so that the run is over. */
export async function isArchivedRun(tx: Transaction, dreamId: string, runId: string): Promise<boolean> {
  const rows = await tx
    .select({ runId: histories.runId })
    .from(histories)
    .where(and(eq(histories.dreamId, dreamId), eq(histories.runId, runId)));
  return rows.length > 0;
}
