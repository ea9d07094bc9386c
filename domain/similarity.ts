// How much two texts have in common, 0 to 1. The one place where that is computed: a local embedding model can be put here, with
// vectors for bags. Each use has one caller, which brings what a text is seen as and from how much on two count as alike:
// duplicates (engines/offline/reconcile/slots.ts), one property (engines/offline/frame.ts), a rule that is written already
// (engines/offline/patterns/mine-patterns.ts), what may concern each other (grouping.ts), one line in another edition
// (engines/offline/reconcile/letters.ts), one session that went on (engines/offline/reconcile/session-notes.ts).

/** What a text is compared by: words, or pairs of letters, each with its weight. */
export interface Bag {
  weights: ReadonlyMap<string, number>;
  total: number;
}

export function bagOf(weights: ReadonlyMap<string, number>): Bag {
  let total = 0;
  for (const weight of weights.values()) total += weight;
  return { weights, total };
}

/**
 * The common weight against a mean of both totals that leans to the smaller one: `leaning` 1 asks how much of the shorter text
 * stands in the longer one (overlap coefficient), 0.5 treats both alike (Dice's coefficient). 0 where one says nothing.
 */
export function similarity(a: Bag, b: Bag, leaning: number): number {
  if (a.total === 0 || b.total === 0) return 0;
  const [small, large] = a.weights.size <= b.weights.size ? [a.weights, b.weights] : [b.weights, a.weights];
  let common = 0;
  for (const [term, weight] of small) common += Math.min(weight, large.get(term) ?? 0);
  return common / (leaning * Math.min(a.total, b.total) + (1 - leaning) * Math.max(a.total, b.total));
}
