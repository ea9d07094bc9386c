/** Wall time over critical path, and where the difference went. */
import type { Call } from './calls.ts';
import { mostInFlight, repeatedCalls } from './calls.ts';
import type { ActivityTime, Timeline } from './timeline.ts';

/** Engine packs that the workflow keeps under way (workflows/dream.ts). */
export const packsInFlight = 8;

export interface StepCost {
  step: string;
  activities: number;
  /** Between the end of the step before (or the start of the run) and the scheduling of its first activity. */
  gapMs: number;
  /** From its first activity's scheduling to its last one's end. */
  spanMs: number;
  /** What its engine calls alone take, `packsInFlight` at a time. */
  criticalMs: number;
  /** Means over its activities: waiting for a worker, and work besides the engine call. */
  queuedMs: number;
  workMs: number;
}

export interface OrchestrationCost {
  wallMs: number;
  criticalMs: number;
  ratio: number;
  steps: StepCost[];
  /** From the end of the last step to the end of the run. */
  tailMs: number;
  calls: number;
  mostInFlight: number;
  repeatedCalls: number;
  workflowTasks: number;
}

export function orchestrationCost(timeline: Timeline, calls: readonly Call[], latencyMs: number): OrchestrationCost {
  const steps: StepCost[] = [];
  let last = timeline.begunAt;
  for (const activities of stretches(timeline.activities)) {
    const [first] = activities;
    if (first === undefined) continue;
    const asked = calls.filter((call) => call.step === first.step).length;
    const end = Math.max(...activities.map((activity) => activity.completedAt));
    const work = mean(activities.map(({ startedAt, completedAt }) => completedAt - startedAt));
    steps.push({
      step: first.step,
      activities: activities.length,
      gapMs: first.scheduledAt - last,
      spanMs: end - first.scheduledAt,
      criticalMs: Math.ceil(asked / packsInFlight) * latencyMs,
      queuedMs: mean(activities.map(({ scheduledAt, startedAt }) => startedAt - scheduledAt)),
      workMs: work - (asked * latencyMs) / activities.length,
    });
    last = end;
  }
  const wallMs = timeline.endedAt - timeline.begunAt;
  const criticalMs = steps.reduce((sum, step) => sum + step.criticalMs, 0);
  return {
    wallMs,
    criticalMs,
    ratio: wallMs / criticalMs,
    steps,
    tailMs: timeline.endedAt - last,
    calls: calls.length,
    mostInFlight: mostInFlight(calls),
    repeatedCalls: repeatedCalls(calls),
    workflowTasks: timeline.workflowTasks,
  };
}

/** Activities of one step that follow each other. Steps never overlap. */
function stretches(activities: readonly ActivityTime[]): ActivityTime[][] {
  const found: ActivityTime[][] = [];
  for (const activity of activities) {
    const current = found.at(-1);
    if (current?.[0]?.step === activity.step) current.push(activity);
    else found.push([activity]);
  }
  return found;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
