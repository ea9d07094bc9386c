/** The figures of a run as a table for people. */
import type { CaseResult } from './run-case.ts';

export interface CaseFailure {
  name: string;
  reason: string;
}

const headings = ['case', 'sessions', 'events', 'facts', 'changes', 'files', 'dream s', 'total s', 'history events', 'history kB'];

export function resultTable(results: readonly (CaseResult | CaseFailure)[]): string {
  const rows = results.map((result) => ('reason' in result ? [result.name, `failed: ${result.reason}`] : cells(result)));
  const complete = [headings, ...rows.filter((row) => row.length === headings.length)];
  const widths = headings.map((_, column) =>
    Math.max(...complete.map((row) => row[column]?.length ?? 0), column === 0 ? Math.max(...rows.map((row) => row[0]?.length ?? 0)) : 0),
  );
  const line = (row: readonly string[]) =>
    row.length < headings.length
      ? `${(row[0] ?? '').padEnd(widths[0] ?? 0)}  ${row[1] ?? ''}`
      : row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [headings, ...rows].map(line).join('\n');
}

function cells({ name, sessions, events, facts, changes, memories, dreamMs, totalMs, history }: CaseResult): string[] {
  return [
    name,
    ...[sessions, events, facts, changes, memories].map(String),
    seconds(dreamMs),
    seconds(totalMs),
    history === null ? '' : String(history.events),
    history === null ? '' : (history.bytes / 1000).toFixed(1),
  ];
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
