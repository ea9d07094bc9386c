/** Paired bootstrap: how sure a difference between two methods is, when both were measured on the same things. */
import { mulberry32 } from '../random.ts';

/** What both methods got for one thing, a case or a question. */
export interface Pair {
  a: number;
  b: number;
}

export interface Difference {
  a: number;
  b: number;
  /** Mean of b - a. */
  mean: number;
  /** 95 % of the resamples' means lie from here to there. */
  low: number;
  high: number;
}

export const resamples = 10_000;

/**
 * A difference over strata (a case with its questions is one, or all cases together): each is resampled by itself and the strata
 * weigh the same, as in the scorer's means. Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13, percentiles.
 * The seed is fixed: the same pairs give the same interval.
 */
export function pairedDifference(strata: readonly (readonly Pair[])[]): Difference {
  const filled = strata.filter((pairs) => pairs.length > 0);
  if (filled.length === 0) throw new RangeError('There is no pair to compare.');
  const random = mulberry32(1);
  const differences = filled.map((pairs) => Float64Array.from(pairs, ({ a, b }) => b - a));
  const means = Float64Array.from({ length: resamples }, () => mean(differences.map((values) => resampled(values, random)))).sort();
  return {
    a: mean(filled.map((pairs) => mean(pairs.map((pair) => pair.a)))),
    b: mean(filled.map((pairs) => mean(pairs.map((pair) => pair.b)))),
    mean: mean(differences.map((values) => mean(values))),
    low: means[Math.floor(0.025 * resamples)] as number,
    high: means[Math.ceil(0.975 * resamples) - 1] as number,
  };
}

/** Mean of as many draws, with replacement, as there are values. */
function resampled(values: Float64Array, random: () => number): number {
  let sum = 0;
  for (let draw = 0; draw < values.length; draw++) sum += values[Math.floor(random() * values.length)] as number;
  return sum / values.length;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] as number;
  return sum / values.length;
}
