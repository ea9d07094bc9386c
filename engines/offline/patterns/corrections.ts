// The same correction or wish of the user, told in ever other words.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { Recurrence } from './mine-patterns.ts';
import { spellingOf } from './spelling.ts';
import { wishes } from './wishes.ts';

/** A respelling is a word or two, not a sentence that happens to hold a British word. */
const longestRespelling = 5;

export function correctionPatterns(facts: readonly CandidateFact[]): Recurrence[] {
  const told = facts.filter((fact) => fact.origin === 'user' || fact.origin === 'operator');
  return [...spellings(told), ...repeatedWishes(told)];
}

function spellings(facts: readonly CandidateFact[]): Recurrence[] {
  const found: Record<'British' | 'American', CandidateFact[]> = { British: [], American: [] };
  for (const fact of facts) {
    const kind = respelling(fact);
    if (kind !== null) found[kind].push(fact);
  }
  return (['British', 'American'] as const)
    .filter((kind) => found[kind].length > 0)
    .map((kind) => ({
      rule: `Use ${kind} spelling in texts and identifiers, such as ${examples(found[kind])}`,
      shown: 'corrected',
      facts: found[kind],
    }));
}

/** A message of a word or two that spells as only one side of the Atlantic does. */
export function isRespelling(fact: CandidateFact): boolean {
  return respelling(fact) !== null;
}

function respelling(fact: CandidateFact): 'British' | 'American' | null {
  const words = quoteOf(fact)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length > longestRespelling || fact.signal === 'choice' || (fact.durability === 'standing' && fact.signal !== 'correction'))
    return null;
  return spellingOf(words);
}

function examples(facts: readonly CandidateFact[]): string {
  const words = [
    ...new Set(
      facts.map(
        (fact) =>
          quoteOf(fact)
            .replace(/[^\p{L}\p{N}_ ,'’-]+/gu, '')
            .trim()
            .split(/[\s,_]+/)
            .find((word) => spellingOf([word]) !== null) ?? '',
      ),
    ),
  ].filter((word) => word !== '');
  return words
    .slice(0, 3)
    .map((word) => `"${word}"`)
    .join(', ');
}

/** Words alone show a wish less surely than a rule that was said: so many sessions, and clearly more than ask for the opposite. */
const fewestSessions = 3;
const clearly = 3;

function repeatedWishes(facts: readonly CandidateFact[]): Recurrence[] {
  const reactions = facts.filter(isReaction);
  const shown = new Map(
    wishes.map((wish) => [
      wish.rule,
      reactions.filter((fact) => wish.shows.test(quoteOf(fact)) && wish.unless?.test(quoteOf(fact)) !== true),
    ]),
  );
  const sessions = (rule: string | undefined): number => new Set(shown.get(rule ?? '')?.map((fact) => fact.sessionId)).size;
  return wishes
    .filter(({ rule, against }) => sessions(rule) >= fewestSessions && sessions(rule) >= clearly * sessions(against))
    .map(({ rule }) => ({ rule, shown: 'the user asked for it', facts: shown.get(rule) ?? [] }));
}

/** A short message, as one reacts; a long one speaks of something else beside. */
function isReaction(fact: CandidateFact): boolean {
  return fact.force === 'asserted' && quoteOf(fact).length <= 160;
}

export function quoteOf(fact: CandidateFact): string {
  return fact.evidence[0]?.quote ?? fact.statement;
}
