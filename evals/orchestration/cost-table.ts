/** What orchestration cost, as lines for people. */
import { factsInWindow } from './material.ts';
import type { MeasuredDream } from './measure-dream.ts';

export interface OrchestrationResult {
  sessions: number;
  windows: number;
  lines: number;
  latencyMs: number;
  /** In the order of the runs. */
  runs: MeasuredDream[];
}

/** Goals of issue 6 and of design §3, for 100 sessions of one window. */
export const goals = { ratio: 1.1, historyEvents: 1_000, historyBytes: 300_000 };

/** The run in the middle by ratio, the lower one of two. */
export function medianRun(runs: readonly MeasuredDream[]): MeasuredDream {
  const median = runs.toSorted((a, b) => a.ratio - b.ratio)[Math.floor((runs.length - 1) / 2)];
  if (median === undefined) throw new Error('no run, so no median');
  return median;
}

export function orchestrationTable({ sessions, windows, lines, latencyMs, runs }: OrchestrationResult): string {
  const median = medianRun(runs);
  const head = table([
    [
      'dream',
      `${String(sessions)} sessions, ${String(sessions * windows)} windows of ${String(factsInWindow)} facts, ${String(lines)} lines`,
    ],
    [
      'engine',
      `${String(latencyMs)} ms a call, ${String(median.calls)} calls, at most ${String(median.mostInFlight)} in flight, ${String(median.repeatedCalls)} twice`,
    ],
    ...runs.map((run, index) => [
      `run ${String(index + 1)}`,
      `${seconds(run.wallMs)} s / ${seconds(run.criticalMs)} s = ${run.ratio.toFixed(3)}, load ${run.load.toFixed(1)}`,
    ]),
    ['median', `${median.ratio.toFixed(3)} (goal at most ${goals.ratio.toFixed(2)})`],
    [
      'history',
      `${String(median.historyEvents)} events, ${(median.historyBytes / 1000).toFixed(0)} kB, ${String(median.workflowTasks)} workflow tasks`,
    ],
  ]);
  return `${head}\n\n${stepTable(median)}`;
}

/** Gaps, rests and the end add up to wall time less critical path. */
function stepTable({ steps, tailMs, wallMs, criticalMs }: MeasuredDream): string {
  const rows = steps.map((step) => [
    step.step,
    String(step.activities),
    whole(step.gapMs),
    whole(step.spanMs),
    whole(step.criticalMs),
    whole(step.spanMs - step.criticalMs),
    whole(step.queuedMs),
    whole(step.workMs),
  ]);
  return table([
    ['step (the median run; ms)', 'activities', 'gap', 'span', 'critical', 'rest', 'queued', 'work'],
    ...rows,
    ['end of the run', '', whole(tailMs), '', '', '', '', ''],
    ['wall less critical', '', '', '', '', whole(wallMs - criticalMs), '', ''],
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 || row.length === 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const whole = (ms: number): string => ms.toFixed(0);
