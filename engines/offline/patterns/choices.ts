// What a user never says but shows: of several offered ways the same kind is taken, or passed over, again and again.
import type { CandidateFact } from '../../../domain/fact.ts';
import { leanings } from './leanings.ts';
import { tag } from '../extract/language.ts';
import type { Recurrence } from './mine-patterns.ts';
import { tokensIn } from './tokens.ts';

/** Two choices may be alike by chance. */
const fewestSessions = 3;
/** Sessions that show it for each one that shows the contrary. */
const clearly = 3;
/** So many words may pass for telling without being so. */
const mostByChance = 0.25;

interface Choice {
  fact: CandidateFact;
  taken: string;
  passed: string[];
}

/** A choice that a word tells apart. */
interface Showing {
  choice: Choice;
  isTaken: boolean;
  /** That a blind choice would have done the same. */
  odds: number;
}

export function choicePatterns(facts: readonly CandidateFact[]): Recurrence[] {
  const choices = facts
    .filter((fact) => fact.signal === 'choice' && fact.attribute === 'taken' && fact.evidence.length >= 3)
    .map((fact): Choice => ({
      fact,
      taken: fact.evidence[1]?.quote ?? '',
      passed: fact.evidence.slice(2).map(({ quote }) => quote),
    }));
  if (sessionsOf(choices) < fewestSessions) return [];
  return [...byLeaning(choices), ...byWord(choices)];
}

/** The taken option lies on one side of a question that work always poses, those passed over on the other. */
function byLeaning(choices: readonly Choice[]): Recurrence[] {
  return leanings.flatMap(({ one, other }) =>
    [
      { to: one, from: other },
      { to: other, from: one },
    ].flatMap(({ to, from }) => {
      const weigh = (text: string): number => Number(to.shows.test(text)) - Number(from.shows.test(text));
      const shows = ({ taken, passed }: Choice): number => weigh(taken) - Math.max(...passed.map(weigh));
      const forIt = choices.filter((choice) => shows(choice) > 0);
      const against = choices.filter((choice) => weigh(choice.taken) < Math.max(...choice.passed.map(weigh)) && shows(choice) < 0);
      if (sessionsOf(forIt) < fewestSessions || sessionsOf(forIt) < clearly * sessionsOf(against)) return [];
      return [recurrence(`Given options, the user chooses ${to.name} rather than ${from.name}`, forIt, weigh)];
    }),
  );
}

/** A word that tells the taken options from those passed over, more often than a blind choice would. */
function byWord(choices: readonly Choice[]): Recurrence[] {
  const held = new Map<string, Showing[]>();
  for (const choice of choices) {
    const own = wordsOf(choice.taken);
    const others = choice.passed.map(wordsOf);
    const count = others.length + 1;
    for (const word of new Set([...own, ...others.flatMap((words) => [...words])])) {
      const holders = others.filter((words) => words.has(word)).length + Number(own.has(word));
      if (holders === count) continue;
      const isTaken = own.has(word);
      held.set(word, [...(held.get(word) ?? []), { choice, isTaken, odds: isTaken ? holders / count : 1 - holders / count }]);
    }
  }
  const candidates = [...held].filter(([, shown]) => sessionsOf(shown.map(({ choice }) => choice)) >= fewestSessions);
  return candidates
    .filter(([word, shown]) => {
      const [first] = shown;
      // All one way, and so unlikely by chance that none of the candidates would show it.
      const chance = shown.reduce((product, { odds }) => product * odds, candidates.length);
      return chance < mostByChance && shown.every(({ isTaken }) => isTaken === first?.isTaken) && isNoun(word, shown);
    })
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .map(([word, shown]) => {
      const own = shown.map(({ choice }) => choice);
      const isTaken = shown[0]?.isTaken === true;
      const name = spelt(word, own, isTaken);
      return recurrence(
        isTaken ? `Given options, the user takes the one with "${name}"` : `Given options, the user passes over the one with "${name}"`,
        own,
        (text) => Number(wordsOf(text).has(word)) * (isTaken ? 1 : -1),
      );
    });
}

function wordsOf(text: string): Set<string> {
  return tokensIn(text);
}

/** What kind of thing it is; "different" and "based on" say nothing. */
function isNoun(word: string, shown: readonly Showing[]): boolean {
  const texts = shown.flatMap(({ choice, isTaken }) => (isTaken ? [choice.taken] : choice.passed));
  const uses = texts.flatMap((text) => tag(text)).filter((token) => tokensIn(token.word).has(word));
  return uses.length > 0 && uses.every((token) => token.tag === 'NOUN' || token.tag === 'PROPN');
}

/** As the shortest of the options writes it. */
function spelt(word: string, choices: readonly Choice[], isTaken: boolean): string {
  for (const { taken, passed } of choices)
    for (const text of isTaken ? [taken] : passed)
      for (const [written] of text.matchAll(/\p{L}[\p{L}-]+/gu)) if (wordsOf(written).has(word)) return written.toLowerCase();
  return word;
}

function recurrence(rule: string, choices: readonly Choice[], weigh: (text: string) => number): Recurrence {
  const shown = choices
    .map(({ taken, passed }) => ({ taken, passed: [...passed].sort((a, b) => weigh(a) - weigh(b))[0] ?? '' }))
    .sort((a, b) => a.taken.length + a.passed.length - b.taken.length - b.passed.length)
    .slice(0, 2)
    .map(({ taken, passed }) => `"${clipped(taken)}" over "${clipped(passed)}"`);
  return { rule: `${rule}: ${shown.join(', ')}`, shown: 'chosen', facts: choices.map(({ fact }) => fact) };
}

function clipped(text: string): string {
  const plain = text
    .replace(/\*\*|["]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s.,;:]+(?:or|and)?$/, '')
    .trim();
  return plain.length <= 70 ? plain : `${plain.slice(0, plain.lastIndexOf(' ', 66))} …`;
}

function sessionsOf(choices: readonly Choice[]): number {
  return new Set(choices.map(({ fact }) => fact.sessionId)).size;
}
