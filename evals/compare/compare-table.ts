/** Differences with their intervals, for people and for a report (Markdown). */
import type { Compared } from './compare-sets.ts';

const headings = ['measure', 'A', 'B', 'B - A', '95 % interval', 'over', ''];

export function compareTable(lines: readonly Compared[]): string {
  const rows = [headings, ...lines.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = headings, ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function cellsOf({ measure, difference: { a, b, mean, low, high }, over }: Compared): string[] {
  const interval = over === null ? 'too few cases' : `${signed(low)} to ${signed(high)}`;
  return [
    measure.label,
    a.toFixed(3),
    b.toFixed(3),
    signed(mean),
    interval,
    over === null ? '' : `${String(over.count)} ${over.things}`,
    over === null ? '' : verdict(measure.better, low, high),
  ];
}

/** An interval that holds 0 says nothing. */
function verdict(better: 'higher' | 'lower', low: number, high: number): string {
  if (low <= 0 && high >= 0) return '';
  return low > 0 === (better === 'higher') ? 'B better' : 'A better';
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}
