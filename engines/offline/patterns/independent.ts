// A session that was imported twice is one session: recurrence counts sessions by what was said in them.
import type { CandidateFact } from '../../../domain/fact.ts';
import { quoteOf } from './corrections.ts';

/** Sessions of one fact may be alike by chance. */
const fewestFacts = 2;

export function independentFacts(facts: readonly CandidateFact[]): CandidateFact[] {
  const said = new Map<string, string[]>();
  for (const fact of facts) {
    const list = said.get(fact.sessionId) ?? [];
    list.push(`${fact.at ?? ''} ${String(fact.eventNumber)} ${quoteOf(fact)}`);
    said.set(fact.sessionId, list);
  }
  const seen = new Set<string>();
  const copies = new Set<string>();
  for (const [sessionId, list] of said) {
    const whole = list.join('\n');
    if (list.length >= fewestFacts && seen.has(whole)) copies.add(sessionId);
    seen.add(whole);
  }
  return facts.filter((fact) => !copies.has(fact.sessionId));
}
