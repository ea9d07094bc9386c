// A wish or correction that comes back in other words: what the user says to the agent in several sessions and hardly anybody says
// elsewhere. No list of wishes: words that recur in such sayings, against the rest of the talk.
import type { Claim } from '../../../domain/claim.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import { aside } from '../extract/asides.ts';
import { tag } from '../extract/language.ts';
import { concept } from '../concepts.ts';
import { isImperative } from '../mood.ts';
import { sentences, terms } from '../words.ts';
import { quoteOf } from './corrections.ts';
import type { Recurrence } from './mine-patterns.ts';
import { isMark, tokensIn, tokensOf } from './tokens.ts';
import { wordingsOf } from './wordings.ts';

const fewestSessions = 3;
/** What is said in most sessions is what the work is about. */
const mostShare = 0.5;
/** The store speaks of it in more lines than this: the project's vocabulary. */
const mostClaims = 3;
/** A reaction is said in a breath; in a longer message any word may stand. */
const longestReaction = 180;
/** A dream that tells more habits than this tells none. */
const mostThemes = 4;
/** How sayings of a habit are spread: said to be no first time, against what was done, as an order, otherwise. */
const ofHabit = { again: 0.4, objects: 0.35, asks: 0.2, plain: 0.05 };
/** Says of itself that it is no first time. */
const repeating =
  /\b(?:again|as (?:always|ever|usual|before|agreed|we do)|always|the usual|(?:like|as|what did|what) (?:we|i) (?:always |usually )?(?:do|did|say|said|agree|agreed)|(?:we|i) (?:said|told you|agreed|always)|(?:every|each|third|fourth|second|how many|how often) times?|once more|same as|know (?:the drill|what i)|never|still|from now on)\b/i;

const asking = /\b(?:please|pls|can you|could you|will you|would you|i(?:['’]d| would)? (?:like|want|need|prefer))\b/i;

/** Of the candidate words about so many pass by chance: e to this power, turned round. */
const leastScore = -1.5;
/** In a long message, or one that states a value, a word tells less of what the message is for. */
const beside = 0.5;

type Kind = keyof typeof ofHabit;

/** One message of the user. */
interface Saying {
  sessionId: string;
  fact: CandidateFact;
  tokens: Set<string>;
  /** The words of it that the agent has not just said. */
  brought: Set<string>;
  kind: Kind;
  weight: number;
}

interface Theme {
  tokens: string[];
  sayings: Saying[];
  score: number;
}

export function themePatterns(facts: readonly CandidateFact[], claims: readonly Claim[], sessions: number): Recurrence[] {
  const sayings = sayingsOf(facts);
  const held = new Map<string, Saying[]>();
  for (const saying of sayings) for (const token of saying.tokens) held.set(token, [...(held.get(token) ?? []), saying]);
  const spread = [...held].filter(([, own]) => sessionsOf(own) >= fewestSessions);
  if (spread.length === 0) return [];
  const written = new Map<string, number>();
  for (const claim of claims) for (const token of tokensIn(claim.text.slice(0, 400))) written.set(token, (written.get(token) ?? 0) + 1);
  const common = spread.filter(([token]) => (written.get(token) ?? 0) <= mostClaims);
  const shown = sessionsShowing(facts);
  const chance = Math.log(Math.max(2, common.length));
  const usual = usualSpread(sayings);
  const mostSessions = Math.max(fewestSessions + 1, sessions * mostShare);
  const themes = common.flatMap(([token, own]): Theme[] => {
    const reactions = own.filter((saying) => (saying.kind === 'again' || saying.kind === 'objects') && saying.brought.has(token));
    const silent = [...(shown.get(token) ?? [])].filter((id) => !own.some((saying) => saying.sessionId === id)).length;
    if (sessionsOf(reactions) < fewestSessions || sessionsOf(own) > mostSessions || wordings(reactions) < fewestSessions) return [];
    const score = support(own, token, usual) + silent * Math.log(ofHabit.plain / usual.plain) - chance;
    return score > leastScore && isThing(token, reactions) ? [{ tokens: [token], sayings: reactions, score }] : [];
  });
  return merged([...themes, ...rituals(common, mostSessions)])
    .slice(0, mostThemes)
    .map(recurrenceOf);
}

/** The user's messages, with what they are to the agent. */
function sayingsOf(facts: readonly CandidateFact[]): Saying[] {
  const key = (fact: CandidateFact): string => `${fact.sessionId} ${String(fact.eventNumber)}`;
  const stating = new Set(facts.filter(states).map(key));
  return facts
    .filter((fact) => fact.attribute === aside)
    .map((fact): Saying => {
      const short = quoteOf(fact).length <= longestReaction;
      const kind = short && fact.subject !== '' ? kindOf(fact) : 'plain';
      return {
        sessionId: fact.sessionId,
        fact,
        tokens: tokensOf(fact),
        brought: new Set(fact.subject.split(' ').map(concept)),
        kind,
        weight: kind === 'plain' && (!short || stating.has(key(fact))) ? beside : 1,
      };
    });
}

/** A value that enters the memory by itself. */
function states(fact: CandidateFact): boolean {
  return (
    fact.origin === 'user' &&
    fact.signal === undefined &&
    fact.value !== null &&
    fact.attribute !== '' &&
    (fact.durability === 'current' || fact.durability === 'standing')
  );
}

function kindOf(fact: CandidateFact): Kind {
  const quote = quoteOf(fact);
  if (repeating.test(quote)) return 'again';
  if (fact.signal === 'correction') return 'objects';
  return asking.test(quote) || sentences(quote).some(({ start, end }) => isImperative(quote.slice(start, end))) ? 'asks' : 'plain';
}

/** How the user's messages are spread whatever they are about. */
function usualSpread(sayings: readonly Saying[]): Record<Kind, number> {
  const share = (kind: Kind): number => (sayings.filter((saying) => saying.kind === kind).length + 1) / (sayings.length + 4);
  return { again: share('again'), objects: share('objects'), asks: share('asks'), plain: share('plain') };
}

/** How much likelier the messages with a word are under a habit than under the usual spread; each session counts once, by its best. */
function support(sayings: readonly Saying[], token: string, usual: Record<Kind, number>): number {
  const bySession = new Map<string, number>();
  for (const saying of sayings) {
    const kind = saying.brought.has(token) ? saying.kind : 'plain';
    const value = Math.log(ofHabit[kind] / usual[kind]) * saying.weight;
    bySession.set(saying.sessionId, Math.max(value, bySession.get(saying.sessionId) ?? -Infinity));
  }
  let total = 0;
  for (const value of bySession.values()) total += value;
  return total;
}

/** Sessions in which a tool shows a word. */
function sessionsShowing(facts: readonly CandidateFact[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const fact of facts)
    if (fact.origin === 'tool') for (const token of tokensOf(fact)) found.set(token, (found.get(token) ?? new Set()).add(fact.sessionId));
  return found;
}

/** Three words and more that come together each time and hardly ever apart, and once at least as something usual. */
function rituals(common: readonly [string, Saying[]][], mostSessions: number): Theme[] {
  const own = new Map(common);
  const found: Theme[] = [];
  for (const [token, sayings] of common) {
    if (sessionsOf(sayings) > mostSessions) continue;
    const brought = sayings.filter((saying) => saying.brought.has(token) && quoteOf(saying.fact).length <= longestReaction);
    const company = [...new Set(brought.flatMap((saying) => [...saying.brought]))]
      .filter((other) => other !== token && own.has(other))
      .filter((other) => {
        const both = brought.filter((saying) => saying.brought.has(other));
        return sessionsOf(both) >= fewestSessions && sessionsOf(both) >= 0.5 * sessionsOf(own.get(other) ?? []);
      })
      .sort();
    const together = brought.filter((saying) => company.filter((other) => saying.brought.has(other)).length >= 2);
    if (company.length < 2 || sessionsOf(together) < fewestSessions || sessionsOf(together) < 0.6 * sessionsOf(sayings)) continue;
    if (wordings(together) < fewestSessions || !together.some(({ kind }) => kind === 'again')) continue;
    const all = brought.filter((saying) => company.some((other) => saying.brought.has(other)));
    found.push({ tokens: [token, ...company], sayings: all, score: sessionsOf(all) });
  }
  return found;
}

function sessionsOf(sayings: readonly Saying[]): number {
  return new Set(sayings.map(({ sessionId }) => sessionId)).size;
}

/** A common noun where it is said: verbs are everybody's, names are who is spoken of. */
function isThing(token: string, sayings: readonly Saying[]): boolean {
  if (isMark(token)) return true;
  let things = 0;
  let uses = 0;
  for (const { fact } of sayings)
    for (const word of tag(quoteOf(fact))) {
      const [stem] = terms(word.word);
      if (stem === undefined || concept(stem) !== token) continue;
      uses += 1;
      if (word.tag === 'NOUN' || (word.tag === 'PROPN' && !/^\p{Lu}/u.test(word.word)) || word.tag === 'X') things += 1;
    }
  return uses > 0 && things >= 0.5 * uses;
}

/** Best first; themes that share most sayings are one. */
function merged(themes: readonly Theme[]): Theme[] {
  const found: Theme[] = [];
  const ranked = [...themes].sort((a, b) => b.score - a.score || (a.tokens.join(' ') < b.tokens.join(' ') ? -1 : 1));
  for (const theme of ranked) {
    const host = found.find((one) => {
      const shared = theme.sayings.filter((saying) => one.sayings.includes(saying)).length;
      return shared >= 0.5 * Math.min(theme.sayings.length, one.sayings.length);
    });
    if (host === undefined) found.push({ ...theme });
    else {
      host.tokens = [...new Set([...host.tokens, ...theme.tokens])];
      host.sayings = [...new Set([...host.sayings, ...theme.sayings])];
    }
  }
  return found;
}

function wordings(sayings: readonly Saying[]): number {
  return wordingsOf(sayings.map(({ fact }) => quoteOf(fact)));
}

function recurrenceOf({ tokens, sayings }: Theme): Recurrence {
  const facts = sayings
    .map(({ fact }) => fact)
    .sort((a, b) => clarity(b, tokens) - clarity(a, tokens) || (quoteOf(a) < quoteOf(b) ? -1 : 1));
  const objects = sayings.filter((saying) => saying.kind === 'again' || saying.kind === 'objects').length * 2 >= sayings.length;
  const said = [...new Set(facts.map((fact) => plain(quoteOf(fact))))].slice(0, 2).map((text) => `"${text}"`);
  const named = tokens.slice(0, 3).map((token) => spelt(token, facts));
  return {
    rule: `${objects ? 'The user insists again and again on' : 'The user asks again and again for'} ${named.join(', ')}: ${said.join(', ')}`,
    shown: objects ? 'corrected' : 'asked for',
    facts,
    quotes: true,
  };
}

/** The rule-like, self-contained saying: several of the theme's words, neither a scrap nor a ramble. */
function clarity(fact: CandidateFact, theme: readonly string[]): number {
  const quote = quoteOf(fact);
  const length = terms(quote).length;
  const held = theme.filter((token) => tokensOf(fact).has(token)).length;
  const rule = ruleLike.test(quote) ? 1 : 0;
  return held * 2 + rule + Math.min(length, 8) / 4 - Math.max(0, length - 18) / 6 - (/\?\s*$/.test(quote) ? 1 : 0);
}

const ruleLike = /\b(?:always|never|only|every|each|no|not|don['’]?t|please|pls|before|after|when|instead)\b/i;

function plain(quote: string): string {
  return quote
    .replace(/\s+/g, ' ')
    .replace(/[.!]+$/, '')
    .replace(/"/g, "'")
    .trim();
}

function spelt(token: string, facts: readonly CandidateFact[]): string {
  if (isMark(token)) return token;
  for (const fact of facts)
    for (const [written] of quoteOf(fact).matchAll(/\p{L}[\p{L}\d]*/gu))
      if (tokensIn(written).has(token)) return `"${written.toLowerCase()}"`;
  return `"${token}"`;
}
