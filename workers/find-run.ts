import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';

/** How a run may have ended, in Temporal's words. */
export type RunEnd = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TERMINATED' | 'TIMED_OUT';

export type Run = { state: 'unknown' } | { state: 'running'; runId: string } | { state: 'ended'; runId: string; how: RunEnd };

/** A server that is there answers within milliseconds; the sweep may hold a row's lock meanwhile. */
const answersWithinMs = 10_000;

const ends: readonly string[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'] satisfies RunEnd[];

/** The newest run of a workflow, as the server knows it now. */
export async function findRun(client: Client, workflowId: string): Promise<Run> {
  try {
    const { runId, status } = await client.connection.withDeadline(Date.now() + answersWithinMs, () =>
      client.workflow.getHandle(workflowId).describe(),
    );
    // Paused, or a word that a later server has: what is not known to be over is left alone.
    return ends.includes(status.name) ? { state: 'ended', runId, how: status.name as RunEnd } : { state: 'running', runId };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'unknown' };
    throw error;
  }
}
