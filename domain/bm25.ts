// Weights of words by rarity (the inverse document frequency of BM25), for "which of these many short texts may concern each other".

export interface Corpus {
  /** How many texts hold the term. */
  frequency: Map<string, number>;
  size: number;
}

/** Counts over all texts, each a list of terms. */
export function corpusOf(texts: readonly (readonly string[])[]): Corpus {
  const frequency = new Map<string, number>();
  for (const terms of texts) {
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return { frequency, size: texts.length };
}

/** How much a term tells: high for a rare one, near 0 for one that every text holds. */
export function rarity(corpus: Corpus, term: string): number {
  const frequency = corpus.frequency.get(term) ?? 0;
  return Math.log(1 + (corpus.size - frequency + 0.5) / (frequency + 0.5));
}
