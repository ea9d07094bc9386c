// Looks for thousands of strings in a text at once: a rolling hash over their first characters, then a comparison.

/** Shorter strings are looked for by their first 4 characters; one below that is no words. */
const windows = [12, 4] as const;
export const leastFindable = 4;

const base = 0x01000193;
const sieveBits = 20;

interface Pass {
  window: number;
  /** `base` to the power of `window - 1`: what the character that leaves the window counted. */
  power: number;
  sieve: Uint8Array;
  byHash: Map<number, string[]>;
}

export class WordFinder {
  readonly #passes: Pass[];
  readonly size: number;

  constructor(words: Iterable<string>) {
    const distinct = [...new Set(words)].filter((word) => word.length >= leastFindable);
    this.size = distinct.length;
    this.#passes = windows.flatMap((window, at) => {
      const longer = windows[at - 1] ?? Number.POSITIVE_INFINITY;
      const own = distinct.filter((word) => word.length >= window && word.length < longer);
      return own.length === 0 ? [] : [makePass(window, own)];
    });
  }

  has(text: string): boolean {
    return this.#passes.some((pass) => search(pass, text, () => true));
  }

  /** The words that stand in the text. */
  found(text: string): Set<string> {
    const found = new Set<string>();
    for (const pass of this.#passes)
      search(pass, text, (word) => {
        found.add(word);
        return false;
      });
    return found;
  }
}

function makePass(window: number, words: readonly string[]): Pass {
  let power = 1;
  for (let i = 1; i < window; i++) power = Math.imul(power, base);
  const pass: Pass = { window, power, sieve: new Uint8Array(1 << sieveBits), byHash: new Map() };
  for (const word of words) {
    const hash = hashOf(word, window);
    pass.sieve[hash >>> (32 - sieveBits)] = 1;
    pass.byHash.set(hash, [...(pass.byHash.get(hash) ?? []), word]);
  }
  return pass;
}

function hashOf(text: string, window: number): number {
  let hash = 0;
  for (let i = 0; i < window; i++) hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Stops, and answers true, when `take` does. */
function search({ window, power, sieve, byHash }: Pass, text: string, take: (word: string) => boolean): boolean {
  if (text.length < window) return false;
  let hash = hashOf(text, window);
  for (let at = 0; ; at++) {
    if (sieve[hash >>> (32 - sieveBits)] === 1) {
      for (const word of byHash.get(hash) ?? []) if (text.startsWith(word, at) && take(word)) return true;
    }
    if (at + window >= text.length) return false;
    const without = (hash - Math.imul(text.charCodeAt(at), power)) | 0;
    hash = (Math.imul(without, base) + text.charCodeAt(at + window)) | 0;
  }
}
