/** What a run's history says of the run as a whole: how and when it ended, which code took its steps, which runs it came from. */
import type { histories } from '../schema/index.ts';
import type { History, HistoryEvent } from './bytes.ts';

export type RunStatus = typeof histories.$inferSelect.status;

export interface RunSummary {
  workflowId: string;
  runId: string;
  /** null while it runs. */
  status: RunStatus | null;
  events: number;
  startedAt: Date;
  /** Of the last event there is. */
  closedAt: Date;
  /** Times that a worker decided something. */
  decisions: number;
  /** Of the worker that decided last. */
  bundleSha256: string | null;
  sdkVersion: string | null;
  /** Runs that it was made from by a reset: their events up to there are the beginning of this history. */
  baseRunIds: string[];
}

const ends = {
  workflowExecutionCompletedEventAttributes: 'completed',
  workflowExecutionFailedEventAttributes: 'failed',
  workflowExecutionCanceledEventAttributes: 'canceled',
  workflowExecutionTerminatedEventAttributes: 'terminated',
  workflowExecutionTimedOutEventAttributes: 'timed_out',
  workflowExecutionContinuedAsNewEventAttributes: 'continued_as_new',
} as const satisfies Partial<Record<keyof HistoryEvent, RunStatus>>;

export function summarizeRun(history: History): RunSummary {
  const events = history.events ?? [];
  const [first] = events;
  const last = events.at(-1);
  const started = first?.workflowExecutionStartedEventAttributes;
  if (started == null || last === undefined) throw new TypeError('A history begins with the start of its run; this one does not.');
  const resets = events.flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
    failed?.newRunId != null && failed.newRunId !== '' ? [failed] : [],
  );
  return {
    workflowId: started.workflowId ?? '',
    runId: resets.at(-1)?.newRunId ?? started.originalExecutionRunId ?? '',
    status: endOf(last),
    events: events.length,
    startedAt: timeOf(first),
    closedAt: timeOf(last),
    ...lastDecision(events),
    baseRunIds: [...new Set([started.originalExecutionRunId ?? '', ...resets.map((reset) => reset.baseRunId ?? '')])].filter(
      (id) => id !== '',
    ),
  };
}

function endOf(event: HistoryEvent): RunStatus | null {
  const found = Object.entries(ends).find(([attributes]) => event[attributes as keyof typeof ends] != null);
  return found?.[1] ?? null;
}

export function timeOf(event: HistoryEvent | undefined): Date {
  const { seconds, nanos } = event?.eventTime ?? {};
  return new Date(Number(String(seconds ?? 0)) * 1_000 + Math.floor((nanos ?? 0) / 1e6));
}

/** A worker names its bundle in the build id, `@temporalio/worker@1.24.0+<sha256>`; the SDK's version is told when it changes. */
function lastDecision(events: readonly HistoryEvent[]): Pick<RunSummary, 'decisions' | 'bundleSha256' | 'sdkVersion'> {
  let decisions = 0;
  let buildId = '';
  let sdkVersion: string | null = null;
  for (const { workflowTaskCompletedEventAttributes: decided } of events) {
    if (decided == null) continue;
    decisions += 1;
    buildId = [decided.deploymentVersion?.buildId, decided.workerVersion?.buildId].find((id) => isOfBundle(id)) ?? '';
    sdkVersion = [decided.sdkMetadata?.sdkVersion].find((version) => version != null && version !== '') ?? sdkVersion;
  }
  return { decisions, bundleSha256: /[0-9a-f]{64}$/.exec(buildId)?.[0] ?? null, sdkVersion };
}

function isOfBundle(id: string | null | undefined): boolean {
  return id != null && /(?:^|\W)[0-9a-f]{64}$/.test(id);
}
