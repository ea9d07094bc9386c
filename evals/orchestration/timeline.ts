/** When a run and its activities began and ended, by the server's own times. */
import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';

type HistoryEvent = NonNullable<Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']>[number];

export interface ActivityTime {
  step: string;
  scheduledAt: number;
  /** Of the last attempt: the history holds no other. */
  startedAt: number;
  completedAt: number;
}

export interface Timeline {
  begunAt: number;
  endedAt: number;
  /** In the order in which they were scheduled. */
  activities: ActivityTime[];
  workflowTasks: number;
}

export function timelineOf(events: readonly HistoryEvent[]): Timeline {
  const timeline: Timeline = { begunAt: at(events[0]), endedAt: at(events.at(-1)), activities: [], workflowTasks: 0 };
  const open = new Map<string, ActivityTime>();
  for (const event of events) {
    const { activityTaskScheduledEventAttributes: scheduled, activityTaskStartedEventAttributes: started } = event;
    const { activityTaskCompletedEventAttributes: completed } = event;
    if (event.workflowTaskCompletedEventAttributes) timeline.workflowTasks += 1;
    if (scheduled) {
      const activity = { step: scheduled.activityType?.name ?? '', scheduledAt: at(event), startedAt: at(event), completedAt: at(event) };
      open.set(String(event.eventId), activity);
      timeline.activities.push(activity);
    }
    const startOf = open.get(String(started?.scheduledEventId));
    if (startOf !== undefined) startOf.startedAt = at(event);
    const endOf = open.get(String(completed?.scheduledEventId));
    if (endOf !== undefined) endOf.completedAt = at(event);
  }
  return timeline;
}

function at(event: HistoryEvent | undefined): number {
  return tsToMs(event?.eventTime);
}
