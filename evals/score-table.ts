/** The scores of a set beside the best baseline and the mark, for people. */
import { identical, isMet, marks, measures } from './marks.ts';
import type { Mark, Measure } from './marks.ts';
import type { Means } from './read-baselines.ts';
import { sizeKey } from './read-baselines.ts';

export interface SetScores {
  set: string;
  cases: number;
  scored: number;
  ours: Means;
  baselines: ReadonlyMap<string, Means>;
}

/** A measure with its mark, where one is set. */
type Line = Mark | { measure: Measure };

const headings = ['measure', 'ours', 'best baseline', 'mark', ''];

/** A set without marks of its own shows every measure that it has. */
export function scoreTable({ set, cases, scored, ours, baselines }: SetScores): string {
  const own = marks[set];
  const shown = linesOf(own ?? [], ours);
  const rows = [headings, ...shown.map((line) => cellsOf(line, ours, baselines))];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const title = `${set}, ${String(scored)} of ${String(cases)} cases scored`;
  return [own === undefined ? `${title}; no marks are set for it` : title, ...lines].join('\n');
}

/** The marks; and what was measured without one, if there is no mark at all or if it was asked for. */
function linesOf(own: readonly Mark[], ours: Means): Line[] {
  const others = [...(own.length === 0 ? Object.values(measures) : []), identical];
  const isExtra = (measure: Measure) => ours[measure.key] !== undefined && !own.some((mark) => mark.measure === measure);
  return [...own, ...others.filter(isExtra).map((measure) => ({ measure }))];
}

function cellsOf(line: Line, ours: Means, baselines: ReadonlyMap<string, Means>): string[] {
  const { measure } = line;
  const value = ours[measure.key];
  const best = bestOf(measure, baselines);
  return [
    measure.label,
    value === undefined ? notMeasured(measure) : number(value),
    best === undefined ? '' : `${best.value.toFixed(3)} ${best.kind}`,
    'bound' in line ? boundOf(line) : '',
    'bound' in line && value !== undefined ? verdict(line, value) : '',
  ];
}

/** One that writes nothing rejects all noise and leaks no secret: it is no competitor. */
function bestOf({ key, better }: Measure, baselines: ReadonlyMap<string, Means>): { kind: string; value: number } | undefined {
  const values = [...baselines].flatMap(([kind, means]) => {
    const value = means[key];
    return value === undefined || means[sizeKey] === 0 ? [] : [{ kind, value }];
  });
  return values.sort((a, b) => (better === 'higher' ? b.value - a.value : a.value - b.value))[0];
}

function notMeasured({ key }: Measure): string {
  return key === identical.key ? 'needs --earlier' : 'none';
}

function boundOf({ measure, bound }: Mark): string {
  return `${measure.better === 'higher' ? '≥' : '≤'} ${String(bound)}`;
}

function verdict(mark: Mark, value: number): string {
  return isMet(mark, value) ? 'met' : `missed by ${number(Math.abs(value - mark.bound))}`;
}

/** As many digits as the scorer keeps, so that a miss by little shows; its tables of baselines have one less. */
function number(value: number): string {
  return value.toFixed(4);
}
