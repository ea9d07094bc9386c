/** The baselines that the scorer's own tables give for a set; `BASELINES.md` is what it writes them into. */
import { measures } from './marks.ts';

/** Mean of each measure over the cases of a set, by the scorer's name for it. */
export type Means = Readonly<Record<string, number>>;

export interface SetBaselines {
  cases: number;
  means: ReadonlyMap<string, Means>;
}

/** Those that see what a dream sees; the scorer's other ones are made from the gold. */
export const baselineKinds = ['store_only', 'keep_everything', 'keep_user', 'dedup_latest', 'most_recent', 'cue'];

/** How much a store says. */
export const sizeKey = 'size.out_tokens';

const keys = new Map<string, string>([
  ['tokens', sizeKey],
  ...Object.values(measures).map(({ heading, key }): [string, string] => [heading, key]),
]);

/** Null for a set that has no table. */
export function readBaselines(text: string, set: string): SetBaselines | null {
  const section = text.split(/^### /m).find((part) => part.startsWith(`${set} (`));
  const cases = /\((\d+) cases?\)/.exec(section?.split('\n')[0] ?? '');
  const [headings, , ...rows] = (section ?? '').split('\n').filter((line) => line.startsWith('|'));
  if (cases === null || headings === undefined) return null;
  const columns = cellsOf(headings).map((heading) => keys.get(heading));
  const means = rows.map(cellsOf).flatMap((cells): [string, Means][] => {
    const kind = cells[0] ?? '';
    return baselineKinds.includes(kind) ? [[kind, numbered(columns, cells)]] : [];
  });
  return { cases: Number(cases[1]), means: new Map(means) };
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** An empty cell is a measure that the baseline has no value of. */
function numbered(columns: readonly (string | undefined)[], cells: readonly string[]): Means {
  return Object.fromEntries(
    columns.flatMap((key, index) => {
      const cell = cells[index] ?? '';
      return key === undefined || cell === '' || Number.isNaN(Number(cell)) ? [] : [[key, Number(cell)]];
    }),
  );
}
