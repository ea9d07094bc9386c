// What an earlier dream was told already: a session that is read again teaches nothing new.
import type { CandidateFact } from './fact.ts';

/**
 * The facts that no earlier dream judged. One that was judged stands in the store, or was left out, replaced or refused with a
 * reason; proposing it again would undo that. Another reading of the same words is another fact.
 */
export function newFacts(facts: readonly CandidateFact[], known: readonly CandidateFact[]): CandidateFact[] {
  return facts.filter(unjudged(known));
}

export function unjudged(known: readonly CandidateFact[]): (fact: CandidateFact) => boolean {
  const keys = new Set(known.map(keyOf));
  return (fact) => keys.size === 0 || !keys.has(keyOf(fact));
}

function keyOf({ sessionId, eventNumber, statement, evidence }: CandidateFact): string {
  const [first] = evidence;
  return [sessionId, eventNumber, first?.eventId ?? '', first?.block ?? '', first?.start ?? '', first?.end ?? '', statement].join('\u0000');
}
