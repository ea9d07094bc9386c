import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';

export type ResetTo = 'first task' | 'last task' | number;

/** Resets the newest run of a workflow as Temporal's own tools do, to one of its workflow tasks; answers the id of the run that goes on. */
export async function resetRun(client: Client, workflowId: string, to: ResetTo, reapply: 'all' | 'nothing' = 'all'): Promise<string> {
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const tasks = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes != null).map((event) => Number(event.eventId));
  const eventId = typeof to === 'number' ? to : to === 'first task' ? tasks[0] : tasks.at(-1);
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    requestId: randomUUID(),
    workflowTaskFinishEventId: eventId as never,
    // SIGNAL, UPDATE.
    resetReapplyExcludeTypes: reapply === 'all' ? [] : [1, 2],
  });
  return answer.runId ?? '';
}
