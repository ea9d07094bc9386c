/** What nights in a row did, for people: the drift of each case, and the scorer's means beside those of one dream. */
import type { Means } from '../read-baselines.ts';
import { marks, measures } from '../marks.ts';
import type { NightsResult } from './run-nights.ts';

const headings = [
  'case',
  'nights',
  'lines one',
  'lines nights',
  'only one',
  'only nights',
  'elsewhere',
  'moves',
  'files one',
  'files nights',
  'again one',
  'again nights',
  'nothing one',
  'nothing nights',
];

export function driftTable(results: readonly (NightsResult | { name: string; reason: string })[]): string {
  const rows = results.map((result) => ('reason' in result ? [result.name, `failed: ${result.reason}`] : cellsOf(result)));
  const done = results.filter((result): result is NightsResult => !('reason' in result)).map((result) => cellsOf(result).slice(1));
  const sums = headings.slice(1).map((_, column) => String(done.reduce((sum, row) => sum + Number(row[column]), 0)));
  return aligned([headings, ...rows, ['all', ...sums]]);
}

function cellsOf({ name, nights, drift, files, moves, again, nothing }: NightsResult): string[] {
  const { one, other, shared, elsewhere } = drift;
  const figures = [nights, one, other, one - shared, other - shared, elsewhere, moves, files.one, files.nights];
  return [name, ...[...figures, again.one, again.nights, nothing.one, nothing.nights].map(String)];
}

/** The marks of the set where it has any, else all that both have. */
export function scoresTable(set: string, one: Means, nights: Means): string {
  const shown = marks[set]?.map((mark) => mark.measure) ?? Object.values(measures);
  const rows = [...new Set([...shown, measures.factsSourced, measures.updates, measures.duplicates, measures.size])].flatMap(
    ({ key, label }) => {
      const [before, after] = [one[key], nights[key]];
      return before === undefined || after === undefined
        ? []
        : [[label, before.toFixed(4), after.toFixed(4), `${after >= before ? '+' : ''}${(after - before).toFixed(4)}`]];
    },
  );
  return aligned([[set, 'one dream', 'nights', 'difference'], ...rows]);
}

function aligned(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => (row.length === rows[0]?.length || column === 0 ? (row[column]?.length ?? 0) : 0))),
  );
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths?.[0] ?? 0) : cell.padStart(widths?.[column] ?? 0))).join('  '),
    )
    .join('\n');
}
