/** Titles and metadata within the wire's limits: at most 16 pairs, 512 characters a value, no empty value. */
const maxPairs = 16;
const maxValueCharacters = 512;
const maxTitleCharacters = 255;

export function oneLine(text: string, maxCharacters: number): string {
  const clean = text
    .slice(0, 4 * maxCharacters)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, ' ')
    .trim();
  return Array.from(clean).slice(0, maxCharacters).join('');
}

/** null for a title without a readable character. */
export function makeTitle(title: unknown): string | null {
  if (typeof title !== 'string') return null;
  return oneLine(title, maxTitleCharacters) || null;
}

export function makeMetadata(pairs: Record<string, unknown>): Record<string, string> {
  const metadata: [string, string][] = [];
  for (const [key, value] of Object.entries(pairs)) {
    if (typeof value !== 'string' || metadata.length === maxPairs) continue;
    const clean = oneLine(value, maxValueCharacters);
    if (clean !== '') metadata.push([key, clean]);
  }
  return Object.fromEntries(metadata);
}
