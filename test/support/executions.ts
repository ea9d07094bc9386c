import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { History } from './replayer.ts';

export interface Execution {
  workflowId: string;
  runId: string;
  open: boolean;
  history: History;
}

/** Every run of this workflow id, the newest first: those that a reset or a new start left behind too. None where it never started. */
export async function runsOf(client: Client, workflowId: string): Promise<Execution[]> {
  const runs = new Map<string, Execution>();
  const ids: (string | undefined)[] = [undefined];
  for (let id = ids[0]; ids.length > 0; id = ids[0]) {
    ids.shift();
    const run = await readRun(client, workflowId, id);
    if (run === undefined || runs.has(run.runId)) continue;
    runs.set(run.runId, run);
    ids.push(...earlierRuns(run.history).filter((earlier) => !runs.has(earlier)));
  }
  return [...runs.values()];
}

/** Of the server's visibility store, which knows a run some moments after it started; `query` is in its own language. */
export async function idsFound(client: Client, query: string): Promise<{ workflowId: string; runId: string }[]> {
  const found = [];
  for await (const { workflowId, runId } of client.workflow.list({ query })) found.push({ workflowId, runId });
  return found;
}

export async function isOpen(client: Client, workflowId: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

export async function readRun(client: Client, workflowId: string, runId?: string): Promise<Execution | undefined> {
  try {
    const described = await client.workflow.getHandle(workflowId, runId).describe();
    const history = await client.workflow.getHandle(workflowId, described.runId).fetchHistory();
    return { workflowId, runId: described.runId, open: described.status.name === 'RUNNING', history };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** A reset writes the run that it was made from into the new one; a run that follows another one names it at its start. */
function earlierRuns({ events }: History): string[] {
  return (events ?? []).flatMap((event) => [
    ...present(event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId),
    ...present(event.workflowTaskFailedEventAttributes?.baseRunId),
  ]);
}

function present(id: string | null | undefined): string[] {
  return id === null || id === undefined || id === '' ? [] : [id];
}
