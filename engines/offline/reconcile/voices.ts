// Who speaks in a conversation between people: the extraction writes "I" as the speaker's name, so the name tells itself.
import type { CandidateFact } from '../../../domain/fact.ts';
import { terms } from '../words.ts';

/** Name of the person by session and origin; sessions at work with an assistant have none. */
export type Voices = ReadonlyMap<string, string>;

const firstPerson = /\b(?:I|my|me|I['’]\w+|we|our|us|mine|myself|We|My|Our)\b/;
const calendar = new Set(
  'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Asked'.split(
    ' ',
  ),
);

export function voicesOf(facts: readonly CandidateFact[]): Voices {
  const counts = new Map<string, Map<string, number>>();
  for (const fact of facts) {
    const quote = fact.evidence[0]?.quote ?? '';
    if (fact.origin === 'tool' || !firstPerson.test(quote)) continue;
    const said = quote.toLowerCase();
    const names = new Set([...fact.statement.matchAll(/(?<![\p{L}\d])\p{Lu}\p{L}+/gu)].map((match) => match[0]));
    const mine = counts.get(keyOf(fact)) ?? new Map<string, number>();
    counts.set(keyOf(fact), mine);
    for (const name of /\bthe (?:user|team)\b/i.test(fact.statement) ? [assistant] : names) {
      if (name !== assistant && (calendar.has(name) || said.includes(name.toLowerCase()) || terms(name).length === 0)) continue;
      mine.set(name, (mine.get(name) ?? 0) + 1);
    }
  }
  const voices = new Map<string, string>();
  for (const [key, mine] of counts) {
    const [best] = [...mine].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (best !== undefined && best[0] !== assistant) voices.set(key, best[0]);
  }
  return voices;
}

/** Stands for "the user" among the names: a session with an assistant. */
const assistant = '';

export function voiceOfFact(voices: Voices, fact: Pick<CandidateFact, 'sessionId' | 'origin'> | null): string | null {
  return fact === null ? null : (voices.get(keyOf(fact)) ?? null);
}

function keyOf(fact: Pick<CandidateFact, 'sessionId' | 'origin'>): string {
  return `${fact.sessionId}\u0000${fact.origin}`;
}
