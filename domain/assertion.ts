// Who asserts a line, and when, where several pieces of evidence speak for it.
import type { Evidence, Origin } from './evidence.ts';

/** As the evidence policy ranks them: what a person said is not worth less because a tool or an agent repeated it. */
const ranks: readonly Origin[] = ['operator', 'user', 'memory', 'agent', 'tool'];

/**
 * The strongest voice, with the last time at which it spoke or a tool showed the same. A weaker voice that only repeats a line
 * makes it no newer: else it would outlive what its own author said in between.
 */
export function assertionOf(evidence: readonly Evidence[]): { origin: Origin; at: string | null } | null {
  const origin = ranks.find((rank) => evidence.some((item) => item.origin === rank));
  if (origin === undefined) return null;
  const times = evidence.flatMap((item) => ((item.origin === origin || item.origin === 'tool') && item.at !== null ? [item.at] : []));
  return { origin, at: times.toSorted().at(-1) ?? null };
}
