/** What a dream took, as lines for people. */
import type { DreamCost } from './dream-cost.ts';
import type { Mix } from './sessions.ts';

export interface SpeedResult extends DreamCost {
  mix: Mix;
  sessions: number;
  /** Characters of transcript, in millions. */
  megabytes: number;
  events: number;
  importSeconds: number;
}

export function costTable(result: SpeedResult): string {
  const { mix, sessions, megabytes, seconds, steps, worker, databaseBytes, historyEvents } = result;
  const rows = [
    ['transcript', `${megabytes.toFixed(1)} MB of ${mix} in ${String(sessions)} sessions, ${String(result.events)} events`],
    ['import (not counted)', `${result.importSeconds.toFixed(1)} s`],
    ['whole dream', `${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(2)} MB/s`],
    ...steps.map((step) => [`  ${step.step}`, `${step.seconds.toFixed(2)} s`]),
    ['facts, changes', `${String(result.facts)}, ${String(result.changes)}`],
    ['worker: CPU', worker.cpuSeconds === null ? 'not known' : `${worker.cpuSeconds.toFixed(1)} s`],
    ['worker: peak memory', `${inMegabytes(worker.peak)}, ${inMegabytes(worker.peakBefore)} before the dream`],
    ['database', `${inMegabytes(databaseBytes.before)} before, ${inMegabytes(databaseBytes.after)} after`],
    ['history events', historyEvents === null ? 'not known' : String(historyEvents)],
  ];
  const width = Math.max(...rows.map(([name]) => name?.length ?? 0));
  return rows.map(([name, value]) => `${(name ?? '').padEnd(width)}  ${value ?? ''}`).join('\n');
}

function inMegabytes(bytes: number | null): string {
  return bytes === null ? 'not known' : `${(bytes / 1e6).toFixed(0)} MB`;
}
