// A transcript as the sentences that could be found again elsewhere.

/** Below it a sentence is a phrase that anyone may have written. */
const leastCharacters = 20;
/** A page without a full stop is looked for in pieces: whoever copied from it may not have copied all. */
const mostCharacters = 200;

/** The sentences and lines of a text, without the marks around them. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .flatMap((line) => line.split(/(?<=[.!?])\s+|(?<=[。！？])/))
    .flatMap(piecesOf)
    .map(withoutMarks)
    .filter((sentence) => weightOf(sentence) >= leastCharacters && !isToken(sentence) && lettersOf(sentence) >= leastCharacters / 2);
}

/** An id, a path, a hash or an address: it names something and says nothing, and stands in many places by right. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

/** In scripts without spaces eight signs say what twenty letters do. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** How many letters' worth a text says. */
export function weightOf(text: string): number {
  return text.length + (text.match(dense)?.length ?? 0) * 1.5;
}

function lettersOf(text: string): number {
  return weightOf(text.replace(/[^\p{L}\p{N}]/gu, ''));
}

/** Without what stands around the words: list marks, quotes, a full stop. */
export function withoutMarks(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

function piecesOf(sentence: string): string[] {
  if (sentence.length <= mostCharacters) return [sentence];
  const pieces: string[] = [];
  for (let from = 0; from + mostCharacters < sentence.length; from += mostCharacters)
    pieces.push(sentence.slice(from, from + mostCharacters));
  // Whole to the end, however little is left over.
  pieces.push(sentence.slice(-mostCharacters));
  return pieces;
}

/** Every text inside a JSON value. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value as unknown[]) yield* textsIn(item);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsIn(item);
}

/** The JSON value with each of its texts put through `change`; the same value when that changes none. */
export function changeTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item) => changeTexts(item, change));
    return items.every((item, at) => item === (value as unknown[])[at]) ? value : items;
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, item]) => [name, item, changeTexts(item, change)] as const);
  return entries.every(([, before, after]) => before === after)
    ? value
    : Object.fromEntries(entries.map(([name, , after]) => [name, after]));
}
