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

/** The first of them; every step and workflow of ours takes one object and answers one. null for anything else: runs of others can be replayed too. */
function objectIn(payloads: Payloads): Record<string, unknown> | null {
  const { data, metadata } = payloads?.payloads?.[0] ?? {};
  const encoding = metadata?.['encoding'];
  if (data == null || encoding === undefined || new TextDecoder().decode(encoding) !== 'json/plain') return null;
  const value = parsed(new TextDecoder().decode(data));
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
