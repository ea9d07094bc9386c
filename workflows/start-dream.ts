import { TypedSearchAttributes } from '@temporalio/common';
import { counted } from '../domain/guards/guard.ts';
import type { DreamInput } from './messages.ts';
import { dreamAwaitingReview, dreamCostUsd, dreamSessions, dreamStage, dreamStore, dreamTrigger } from './search-attributes.ts';

/** The workflow type. */
export const dreamWorkflow = 'dream';

export function cpuTaskQueue(taskQueue: string): string {
  return `${taskQueue}-cpu`;
}

/**
 * How the workflow of a dream's row is started, by the client at once and by the sweep where that failed. The workflow id is
 * the dream's id, so that both may do it: the second start finds the first one's run.
 */
export function startDreamOptions(
  dream: DreamInput & { workflowId: string; storeId: string; sessions: number; trigger: string; taskQueue: string },
) {
  const { workspaceId, dreamId } = dream;
  return {
    workflowId: dream.workflowId,
    taskQueue: dream.taskQueue,
    args: [{ workspaceId, dreamId }] as [DreamInput],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `Dream over ${counted(dream.sessions, 'session')} (${dream.trigger})`,
    staticDetails: `| | |\n|---|---|\n| dream | ${dreamId} |\n| input store | ${dream.storeId} |\n| sessions | ${String(dream.sessions)} |\n| workspace | ${workspaceId} |`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: dreamStore, value: dream.storeId },
      { key: dreamStage, value: 'pending' },
      { key: dreamTrigger, value: dream.trigger },
      { key: dreamSessions, value: dream.sessions },
      { key: dreamCostUsd, value: 0 },
      { key: dreamAwaitingReview, value: false },
    ]),
  } as const;
}
