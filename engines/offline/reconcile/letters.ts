// How much of their letters two lines share, in any script: words are no measure where none are set apart.
import { bagOf, similarity } from '../../../domain/similarity.ts';
import type { Bag } from '../../../domain/similarity.ts';

/** Dice's coefficient over pairs of neighbouring letters, 0 to 1; spaces do not count. */
export function likenessOfLetters(a: string, b: string): number {
  return similarity(pairsOf(a), pairsOf(b), 0.5);
}

function pairsOf(text: string): Bag {
  const letters = text.toLowerCase().replace(/\s+/g, '');
  const counts = new Map<string, number>();
  for (let at = 0; at + 2 <= letters.length; at++) {
    const pair = letters.slice(at, at + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return bagOf(counts);
}
