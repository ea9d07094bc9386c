/** Two methods on the same cases: the difference of each measure with its interval. */
import type { CaseSet } from '../list-sets.ts';
import { inParallel } from '../in-parallel.ts';
import type { Measure } from '../marks.ts';
import { measures } from '../marks.ts';
import type { Difference, Pair } from './bootstrap.ts';
import { pairedDifference } from './bootstrap.ts';
import type { CaseScores, Method, Scoring } from './score-case.ts';
import { scoreCase } from './score-case.ts';

export interface Compared {
  measure: Measure;
  difference: Difference;
  /** What was resampled: the questions of each case, or the cases; null where there are too few for an interval. */
  over: { count: number; things: 'questions' | 'cases' } | null;
}

/** Of fewer cases no resample tells anything. */
const fewestCases = 5;

export interface Comparison extends Scoring {
  a: Method;
  b: Method;
  jobs: number;
}

/** Cases that only one of the two has a store of are left out; `cases` says how many count. */
export async function compareSet(set: CaseSet, comparison: Comparison): Promise<{ cases: number; lines: Compared[] }> {
  const { a, b, jobs } = comparison;
  const scored = await inParallel(
    set.cases,
    jobs,
    async (one) => [await scoreCase(one, a, comparison), await scoreCase(one, b, comparison)] as const,
  );
  const both = scored.filter((pair): pair is readonly [CaseScores, CaseScores] => pair[0] !== null && pair[1] !== null);
  const lines = Object.values(measures).flatMap((measure: Measure) => compareMeasure(measure, both));
  return { cases: both.length, lines };
}

function compareMeasure(measure: Measure, cases: readonly (readonly [CaseScores, CaseScores])[]): Compared[] {
  const { question } = measure;
  const strata = question === undefined ? [] : cases.map(([a, b]) => questionPairs(question, a, b)).filter((pairs) => pairs.length > 0);
  if (strata.length > 0)
    return [{ measure, difference: pairedDifference(strata), over: { count: strata.flat().length, things: 'questions' } }];
  const pairs = cases.flatMap(([a, b]) => pairOf(a.values.get(measure.key), b.values.get(measure.key)));
  if (pairs.length === 0) return [];
  const over = pairs.length < fewestCases ? null : ({ count: pairs.length, things: 'cases' } as const);
  return [{ measure, difference: pairedDifference([pairs]), over }];
}

function questionPairs(question: string, a: CaseScores, b: CaseScores): Pair[] {
  return a.questions.flatMap((row, index) => pairOf(row[question], b.questions[index]?.[question]));
}

function pairOf(a: unknown, b: unknown): Pair[] {
  return typeof a === 'number' && typeof b === 'number' ? [{ a, b }] : [];
}
