// Weights of words by rarity (BM25), for "which of these many short texts may concern each other".

/** BM25's saturation and length constants; the usual ones. Short notes repeat words seldom, so they matter little here. */
const k1 = 1.5;
const b = 0.75;

export interface Corpus {
  /** How many texts hold the term. */
  frequency: Map<string, number>;
  size: number;
  meanLength: number;
}

/** Counts over all texts, each a list of terms. */
export function corpusOf(texts: readonly (readonly string[])[]): Corpus {
  const frequency = new Map<string, number>();
  let length = 0;
  for (const terms of texts) {
    length += terms.length;
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return { frequency, size: texts.length, meanLength: texts.length === 0 ? 1 : Math.max(1, length / texts.length) };
}

/** How much a term tells: high for a rare one, near 0 for one that every text holds. */
export function rarity(corpus: Corpus, term: string): number {
  const frequency = corpus.frequency.get(term) ?? 0;
  return Math.log(1 + (corpus.size - frequency + 0.5) / (frequency + 0.5));
}

/** BM25 weight of each distinct term of one text. */
export function termWeights(corpus: Corpus, terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const norm = k1 * (1 - b + (b * terms.length) / corpus.meanLength);
  const weights = new Map<string, number>();
  for (const [term, count] of counts) weights.set(term, (rarity(corpus, term) * count * (k1 + 1)) / (count + norm));
  return weights;
}
