import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { History } from '../db/history/bytes.ts';
import type { RunSummary } from '../db/history/summary.ts';
import { summarizeRun } from '../db/history/summary.ts';
import { grpc, hasGrpcCode } from './grpc-code.ts';

const answerWithinMs = 10_000;

export interface FetchedRun {
  run: RunSummary;
  history: History;
}

/**
 * Every run of the workflow that the server still knows, but those that are in `known`: a reset closes one run and begins
 * another. The list of a server may lag behind, so runs that a history names are asked for too.
 */
export async function fetchRuns(
  client: Client,
  workflowId: string,
  newestRunId: string,
  known: ReadonlySet<string>,
): Promise<FetchedRun[]> {
  const wanted = [newestRunId, ...(await listRuns(client, workflowId))];
  const asked = new Set(known);
  const fetched: FetchedRun[] = [];
  for (let runId = wanted.shift(); runId !== undefined; runId = wanted.shift()) {
    if (asked.has(runId)) continue;
    asked.add(runId);
    const history = await fetchHistory(client, workflowId, runId);
    if (history === undefined) continue;
    const run = { ...summarizeRun(history), runId };
    fetched.push({ run, history });
    wanted.push(...run.baseRunIds);
  }
  return fetched;
}

async function listRuns(client: Client, workflowId: string): Promise<string[]> {
  const query = `WorkflowId = '${workflowId.replaceAll("'", "''")}'`;
  const runs: string[] = [];
  await client.withDeadline(Date.now() + answerWithinMs, async () => {
    for await (const { runId } of client.workflow.list({ query })) runs.push(runId);
  });
  return runs;
}

/** Page by page; undefined for a run that the server has forgotten. */
async function fetchHistory(client: Client, workflowId: string, runId: string): Promise<History | undefined> {
  try {
    return await client.withDeadline(Date.now() + 3 * answerWithinMs, () => client.workflow.getHandle(workflowId, runId).fetchHistory());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || hasGrpcCode(error, grpc.notFound)) return undefined;
    throw error;
  }
}
