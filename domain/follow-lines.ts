// Which line of a text stood where in the text before: what an edit left alone keeps where it comes from.

/** A line without its break. A break at the end of the text begins no line. */
export interface TextLine {
  start: number;
  end: number;
  text: string;
}

/** By line feeds alone, as lines are numbered everywhere else. */
export function splitLines(content: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let start = 0; start < content.length;) {
    const at = content.indexOf('\n', start);
    const end = at < 0 ? content.length : at;
    lines.push({ start, end, text: content.slice(start, end) });
    start = end + 1;
  }
  return lines;
}

/**
 * For each line of `after` its number in `before` (both from 0), or null for a new one. Lines in the same order first, then
 * lines that were moved: the nearest occurrence that nothing else took. No line of `before` is given twice.
 */
export function followLines(before: readonly string[], after: readonly string[]): (number | null)[] {
  const found: (number | null)[] = after.map(() => null);
  align(before, after, { from: 0, to: before.length }, { from: 0, to: after.length }, found);
  const taken = new Set(found);
  const free = new Map<string, number[]>();
  for (const [index, text] of before.entries())
    if (!taken.has(index) && text.trim() !== '') free.set(text, [...(free.get(text) ?? []), index]);
  for (const [index, text] of after.entries()) {
    const places = found[index] === null ? (free.get(text) ?? []) : [];
    const nearest = places.toSorted((a, b) => Math.abs(a - index) - Math.abs(b - index))[0];
    if (nearest === undefined) continue;
    found[index] = nearest;
    free.set(
      text,
      places.filter((place) => place !== nearest),
    );
  }
  return found;
}

interface Span {
  from: number;
  to: number;
}

/** Equal lines at both ends, then the lines that occur once on each side as anchors, then the same between the anchors. */
function align(before: readonly string[], after: readonly string[], left: Span, right: Span, found: (number | null)[]): void {
  let { from: l, to: lEnd } = left;
  let { from: r, to: rEnd } = right;
  while (l < lEnd && r < rEnd && before[l] === after[r]) found[r++] = l++;
  while (l < lEnd && r < rEnd && before[lEnd - 1] === after[rEnd - 1]) found[--rEnd] = --lEnd;
  if (l === lEnd || r === rEnd) return;
  const anchors = risingRun(uniquePairs(before, after, { from: l, to: lEnd }, { from: r, to: rEnd }));
  if (anchors.length === 0) return matchRepeated(before, after, { from: l, to: lEnd }, { from: r, to: rEnd }, found);
  for (const anchor of [...anchors, { left: lEnd, right: rEnd }]) {
    align(before, after, { from: l, to: anchor.left }, { from: r, to: anchor.right }, found);
    if (anchor.right < rEnd) found[anchor.right] = anchor.left;
    l = anchor.left + 1;
    r = anchor.right + 1;
  }
}

/** Beyond this many comparisons a stretch of lines that all repeat is left to their nearness. */
const mostComparisons = 250_000;

/** The longest common run of a stretch in which every line that both sides have repeats: blanks, rules, the same remark. */
function matchRepeated(before: readonly string[], after: readonly string[], left: Span, right: Span, found: (number | null)[]): void {
  const [height, width] = [left.to - left.from, right.to - right.from];
  if (height * width > mostComparisons) return;
  const isEqual = (i: number, j: number): boolean => before[left.from + i] === after[right.from + j];
  // The length of the longest run from each pair of lines on, row by row from the last one.
  const lengths = Array.from({ length: height + 1 }, () => new Uint32Array(width + 1));
  const lengthAt = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = height - 1; i >= 0; i--)
    for (let j = width - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined) row[j] = isEqual(i, j) ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  for (let i = 0, j = 0; i < height && j < width;) {
    if (isEqual(i, j)) found[right.from + j++] = left.from + i++;
    else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i += 1;
    else j += 1;
  }
}

interface Pair {
  left: number;
  right: number;
}

/** Lines that occur once in each span, in the order of the second. */
function uniquePairs(before: readonly string[], after: readonly string[], left: Span, right: Span): Pair[] {
  const once = (texts: readonly string[], { from, to }: Span): Map<string, number | null> => {
    const places = new Map<string, number | null>();
    for (let index = from; index < to; index++) {
      const text = texts[index] ?? '';
      places.set(text, places.has(text) ? null : index);
    }
    return places;
  };
  const lefts = once(before, left);
  return [...once(after, right)].flatMap(([text, at]) => {
    const stood = lefts.get(text) ?? null;
    return at === null || stood === null ? [] : { left: stood, right: at };
  });
}

/** The longest run of pairs that rises on both sides. */
function risingRun(pairs: readonly Pair[]): Pair[] {
  const tails: { pair: Pair; previous: number }[][] = [];
  for (const pair of pairs) {
    let low = 0;
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((tails[middle]?.at(-1)?.pair.left ?? 0) < pair.left) low = middle + 1;
      else high = middle;
    }
    const pile = tails[low] ?? (tails[low] = []);
    pile.push({ pair, previous: (tails[low - 1]?.length ?? 0) - 1 });
  }
  const run: Pair[] = [];
  let at = (tails.at(-1)?.length ?? 0) - 1;
  for (let pile = tails.length - 1; pile >= 0; pile--) {
    const entry = tails[pile]?.[at];
    if (entry === undefined) break;
    run.unshift(entry.pair);
    at = entry.previous;
  }
  return run;
}
