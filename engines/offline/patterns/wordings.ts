// How many different ways something was said. A habit is told in ever other words; one sentence with another noun in it is a template.

/** Texts that have so many words in a row in common are one wording. */
const run = 4;

export function wordingsOf(texts: readonly string[]): number {
  const seen = new Set<string>();
  let count = 0;
  for (const text of texts) {
    const runs = runsOf(text);
    if (!runs.some((one) => seen.has(one))) count += 1;
    for (const one of runs) seen.add(one);
  }
  return count;
}

/** Every stretch of that many words; of a shorter text the whole. */
export function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_'’-]+/gu) ?? [];
  return words.length <= run ? [words.join(' ')] : words.slice(0, 1 - run).map((_, index) => words.slice(index, index + run).join(' '));
}
