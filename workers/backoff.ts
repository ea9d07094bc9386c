/** Things that are done again ever more rarely: each wait is twice as long as the one before. */
export class Backoff {
  readonly #known = new Map<string, { waitMs: number; until: number }>();

  readonly limits: { firstMs: number; mostMs: number };

  constructor(limits: { firstMs: number; mostMs: number }) {
    this.limits = limits;
  }

  /** Whether it may be done now; if so it counts as done. */
  take(key: string, now = Date.now()): boolean {
    const known = this.#known.get(key);
    if (known !== undefined && now < known.until) return false;
    const { firstMs, mostMs } = this.limits;
    const waitMs = known === undefined ? firstMs : Math.min(2 * known.waitMs, mostMs);
    this.#known.set(key, { waitMs, until: now + waitMs });
    this.#forget(now);
    return true;
  }

  /** What nobody asked about for so long is over. */
  #forget(now: number): void {
    for (const [key, { until }] of this.#known) if (now > until + 2 * this.limits.mostMs) this.#known.delete(key);
  }
}
