/** What a history says that its run did: each step with what it was given and what it answered. */
import type { temporal } from '@temporalio/proto';
import type { History, HistoryEvent } from '../../db/history/bytes.ts';

type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

export interface RunStep {
  eventId: string;
  name: string;
  given: Record<string, unknown>;
  /** null where it never answered. */
  answer: Record<string, unknown> | null;
}

/** In the order in which the run asked for them. */
export function stepsOf(history: History): RunStep[] {
  const steps = new Map<string, RunStep>();
  for (const event of history.events ?? []) {
    const { activityTaskScheduledEventAttributes: asked, activityTaskCompletedEventAttributes: answered } = event;
    if (asked != null)
      steps.set(idOf(event), { eventId: idOf(event), name: stepName(event), given: objectIn(asked.input) ?? {}, answer: null });
    const step = steps.get(String(answered?.scheduledEventId ?? ''));
    if (step !== undefined) step.answer = objectIn(answered?.result);
  }
  return [...steps.values()];
}

/** The dream that it is a run of. */
export function inputOf(history: History): { workspaceId: string; dreamId: string } | null {
  const input = objectIn(history.events?.[0]?.workflowExecutionStartedEventAttributes?.input);
  const { workspaceId, dreamId } = input ?? {};
  return typeof workspaceId === 'string' && typeof dreamId === 'string' ? { workspaceId, dreamId } : null;
}

export function idOf(event: HistoryEvent): string {
  return String(event.eventId ?? '');
}

export function stepName(event: HistoryEvent): string {
  return event.activityTaskScheduledEventAttributes?.activityType?.name ?? '';
}

/** The first of them; every step and workflow of ours takes one object and answers one. */
function objectIn(payloads: Payloads): Record<string, unknown> | null {
  const data = payloads?.payloads?.[0]?.data;
  if (data == null || data.length === 0) return null;
  const value: unknown = JSON.parse(new TextDecoder().decode(data));
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
