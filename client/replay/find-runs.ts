/** Histories to replay: out of the archive, of the Temporal server where a run is not archived yet, and out of files. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import type { DreamRow } from '../../db/dreams.ts';
import { findHistory, listHistories, listLostHistories, openHistory } from '../../db/histories.ts';
import type { History } from '../../db/history/bytes.ts';
import type { RunSummary } from '../../db/history/summary.ts';
import { summarizeRun } from '../../db/history/summary.ts';
import { DreamsError } from '../../domain/errors.ts';
import type { Context } from '../context.ts';
import type { HistoryFile } from './read-history-file.ts';
import { readHistoryFile } from './read-history-file.ts';

export interface FoundRun {
  source: 'archive' | 'server' | 'file';
  /** As it was named; null for what is no file. */
  file: string | null;
  history: History;
  run: RunSummary;
  /** When words of an erased session were taken out. */
  redactedAt: Date | null;
}

/** A run that stands in the archive and whose bytes are not what they should be, or that should stand there and does not. */
export interface BrokenRun {
  dreamId: string;
  /** null where its row is gone: nothing else names the run. */
  runId: string | null;
  /** As its row has them. */
  bundleSha256: string | null;
  sdkVersion: string | null;
  startedAt: Date | null;
  closedAt: Date | null;
  problem: string;
}

/** Every archived run, one at a time: thousands do not fit into memory together. */
export async function* archivedRuns(
  context: Context,
  { dreamId, byBundle }: { dreamId?: string; byBundle: boolean },
): AsyncGenerator<FoundRun | BrokenRun> {
  const { database, workspaceId } = context;
  const wanted = { byBundle, ...(dreamId === undefined ? {} : { dreamId }) };
  for (const archived of await withWorkspace(database, workspaceId, (tx) => listHistories(tx, wanted), 'read only')) {
    const row = await withWorkspace(database, workspaceId, (tx) => findHistory(tx, archived.dreamId, archived.runId), 'read only');
    // Went with its dream in the meantime.
    if (row === undefined) continue;
    try {
      const history = await openHistory(row);
      yield { source: 'archive', file: null, history, run: { ...summarizeRun(history), runId: row.runId }, redactedAt: row.redactedAt };
    } catch (error) {
      if (!(error instanceof DreamsError)) throw error;
      const { dreamId: ofDream, runId, bundleSha256, sdkVersion, startedAt, closedAt } = row;
      yield { dreamId: ofDream, runId, bundleSha256, sdkVersion, startedAt, closedAt, problem: error.message };
    }
  }
}

/** Dreams that were archived and whose histories are gone, as after a partial restore. Who lists histories alone cannot see them. */
export async function lostRuns(context: Context, dreamId?: string): Promise<BrokenRun[]> {
  const { database, workspaceId } = context;
  const lost = await withWorkspace(database, workspaceId, (tx) => listLostHistories(tx, dreamId), 'read only');
  const problem = 'the archive says it has the history of this dream, and it is not there';
  const unknown = { runId: null, bundleSha256: null, sdkVersion: null, startedAt: null, closedAt: null };
  return lost.map((id) => ({ dreamId: id, ...unknown, problem }));
}

/** The runs of one dream; while they are not all archived, the newest one as the server has it. */
export async function* runsOfDream(context: Context, dreamId: string, byBundle: boolean): AsyncGenerator<FoundRun | BrokenRun> {
  const dream = await withWorkspace(context.database, context.workspaceId, (tx) => requireDream(tx, dreamId), 'read only');
  const archived = new Set<string>();
  for await (const run of archivedRuns(context, { dreamId, byBundle })) {
    archived.add('run' in run ? run.run.runId : (run.runId ?? ''));
    yield run;
  }
  // After the runs: a dream that was archived in the meantime has its row by now.
  const lost = await lostRuns(context, dreamId);
  yield* lost;
  if (lost.length > 0) return;
  if (dream.historyState === 'archived') return;
  const newest = await newestAtServer(context, dream);
  if (newest !== null && !archived.has(newest.run.runId)) yield newest;
  else if (archived.size === 0) throw noHistory(dream);
}

async function newestAtServer(context: Context, { workflowId }: DreamRow): Promise<FoundRun | null> {
  const { client } = await context.temporal();
  try {
    const { runId } = await client.workflow.getHandle(workflowId).describe();
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    return { source: 'server', file: null, history, run: { ...summarizeRun(history), runId }, redactedAt: null };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function noHistory({ id, historyState, endedAt }: DreamRow): DreamsError {
  const why =
    historyState === 'missing'
      ? 'no server knew its run any more when a worker came to archive it'
      : endedAt === null
        ? 'it has not started'
        : 'it is not archived yet, and the Temporal server does not know its run';
  return new DreamsError('not_found', `There is no history of the dream ${id}: ${why}.`, {
    hint:
      endedAt === null
        ? 'Try again once it runs.'
        : 'A dream that never started has none; otherwise see whether TEMPORAL_ADDRESS names the server that ran it.',
  });
}

export function runInFile(file: HistoryFile): FoundRun {
  const history = readHistoryFile(file);
  return { source: 'file', file: file.path, history, run: summarizeRun(history), redactedAt: null };
}
