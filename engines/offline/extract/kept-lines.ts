// Where an agent writes long answers, most of what the user says belongs to the matter in hand or is a text that they hand over:
// lines of their own are what they say of themselves for good, and rules.
import type { CandidateFact } from '../../../domain/fact.ts';
import { habit, preferring, standingSelf } from './judge.ts';

/** The statement is about the user or their people. */
const ofUser = /^(?:the (?:user|team)\b|call the user\b)/i;
/** Where they are in the work: "the user is drafting it now". */
const underWay =
  /^the (?:user|team)(?: is| are|['’]s)? (?:already |now |just |still |currently |always )*\p{L}+ing\b|\b(?:is|are) (?:ready|back|done|good|set|on it|sure|curious|keen|here|out|stuck)\b/iu;
/** What the agent did or is to do with it. */
const ofAgent = /\byou(?:r|rs|rself|['’]\w+)?\b|\bthe user['’]s \p{L}+, /iu;
const forGood =
  /\b(?:always|never|from now on|going forward|in (?:the )?future|every time|each time|by default|whenever|in general|at all times|no exceptions?)\b/i;
/** Longer ones tell a story. */
const longestLine = 180;

export function staysLine(fact: CandidateFact): boolean {
  if (fact.origin !== 'user') return false;
  if (fact.force === 'revoked') return true;
  const { statement } = fact;
  if (statement.length > longestLine) return false;
  if (fact.signal === 'correction') return fact.value !== null;
  if (fact.durability !== 'standing') return false;
  if (!ofUser.test(statement)) return forGood.test(statement) && !ofAgent.test(statement);
  // Tests for the first person read the user's own words.
  const said = fact.evidence[0]?.quote ?? '';
  return (
    !ofAgent.test(statement) && !underWay.test(statement) && (preferring.test(said) || habit.test(statement) || standingSelf.test(said))
  );
}
