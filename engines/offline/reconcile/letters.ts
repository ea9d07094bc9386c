// How much of their letters two lines share, in any script: words are no measure where none are set apart.

/** Dice's coefficient over pairs of neighbouring letters, 0 to 1; spaces do not count. */
export function likenessOfLetters(a: string, b: string): number {
  const left = pairsOf(a);
  const right = pairsOf(b);
  const total = left.length + right.length;
  if (total === 0) return 0;
  const counts = new Map<string, number>();
  for (const pair of left) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of right) {
    const count = counts.get(pair) ?? 0;
    if (count === 0) continue;
    counts.set(pair, count - 1);
    common++;
  }
  return (2 * common) / total;
}

function pairsOf(text: string): string[] {
  const letters = text.toLowerCase().replace(/\s+/g, '');
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2));
}
