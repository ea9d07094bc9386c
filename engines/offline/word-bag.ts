// Words as they are weighed when two statements are compared.
import { bagOf } from '../../domain/similarity.ts';
import type { Bag } from '../../domain/similarity.ts';
import { isIdentifier } from './words.ts';

/** A short note is like the longer sentence that says it: the shorter text counts more, but not alone. */
export const shortNote = 0.6;

/** A statement is compared with all of its group; its list of words is made once and never changed. */
const known = new WeakMap<readonly string[], Bag>();

/** Each word once; identifiers and numbers weigh double. */
export function wordBag(terms: readonly string[]): Bag {
  const earlier = known.get(terms);
  if (earlier !== undefined) return earlier;
  const bag = bagOf(new Map(terms.map((term) => [term, isIdentifier(term) ? 2 : 1])));
  known.set(terms, bag);
  return bag;
}
