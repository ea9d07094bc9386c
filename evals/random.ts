/** mulberry32: numbers 0 ≤ x < 1, the same ones for the same seed everywhere. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Chance that can be repeated: the same seeds give the same choices. */
export class Random {
  /** 0 ≤ x < 1. */
  readonly next: () => number;

  constructor(...seeds: number[]) {
    this.next = mulberry32(seeds.reduce((state, seed) => Math.imul(state ^ seed, 0x9e3779b1) ^ (state >>> 15), 0x2545f491));
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** Small indexes often, large ones seldom: how words and files recur. */
  often<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() ** 2.5 * items.length)] as T;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length)
      text += Math.floor(this.next() * 0x10000000)
        .toString(16)
        .padStart(7, '0');
    return text.slice(0, length);
  }
}
