// What a later sentence gives up by name ("moved off A to B", "A is archived", "drop A"): statements that still rest on A fall or get B.
import { concept } from '../concepts.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import { readMood } from '../mood.ts';
import { terms } from '../words.ts';
import { valuesIn } from './change-of-value.ts';
import { soft } from './slot-words.ts';
import { hollow } from './statement.ts';

/** Longer sentences mention things in passing. */
const longest = 260;

/** What is given up, and what takes its place. */
export interface Renounced {
  name: string;
  /** null where the sentence does not say. */
  successor: string | null;
  /** What else the clause speaks of: the scope within which it is given up. */
  scope: string[];
  /** A name that stands for one thing only (a product, an identifier, a channel); a date or a person needs the scope beside it. */
  unique: boolean;
  by: CandidateFact;
}

/** Right before what is given up. */
const before =
  /\b(?:instead of|rather than|in place of|no more|no longer (?:use|using|on|in|with)|drop(?:s|ped|ping)?|remov(?:e|ed|ing)|uninstall(?:ed)?|ditch(?:ed|ing)?|retir(?:e|ed|ing)|abandon(?:ed|ing)?|replac(?:e|ed|es|ing)|ripp?(?:ed|ing)? out|g(?:e|o)t(?:ting)? rid of|out with|away from|left|leaving|quit|stop(?:ped|ping)? (?:using|with)|goodbye to|not (?:to|with|on|via)|moved off)\s+(?:the |our |my )?[`"'(]?$/i;
const from = /\bfrom\s+(?:the |our |my )?[`"'(]?$/i;
const turning =
  /\b(?:switch|mov|migrat|chang|convert|transition|went|go(?:es|ing)?\b|swap|port(?:ed|ing)\b|renam|shift|grew|rais|lower|bump|upgrad|downgrad|shr[ai]nk)/i;
/** Right after it. */
const after =
  /^[`"')]?,?\s+(?:(?:is|was|were|are|has been|have been|got|gets|had)\s+(?:now |just |too |already |finally |a bit )*(?:archived|gone|dead|retired|out\b|history|shut down|switched off|turned off|optimistic|generous|wrong|replaced|obsolete|deprecated|decommissioned|removed|dropped|cancell?ed|abandoned|given (?:to|away|back)|not worth|no longer|over\b|scrapped|killed|outdated|sunset|closed)|has (?:gone to|left|moved on|retired|quit|stepped down)|(?:goes|went|is going) away|that one (?:goes away|is gone)|pulled out|left(?=[,.;]|$| (?:the|us|for))|changed (?:departments?|teams?|jobs?)|stepped down|quit\b)/iu;
const arrival = /^[`"')]?\s+(?:to|into|with|by|for|in favou?r of)\s+(?:the |our )?[`"'(]?$/i;
/** A capital inside a sentence, or a word with a mark in it. */
const named =
  /(?<![\p{L}\d#_/.-])(?:#[\p{L}][\w-]+|\p{L}[\p{L}\d]*(?:[-_][\p{L}\d]+)*-\d[\p{L}\d-]*|\p{L}[\p{L}\d]*(?:[-_][\p{L}\d]+){2,}|\p{Lu}[\p{L}\d.+#]*\p{L}(?: \p{Lu}[\p{L}\d]+){0,2})(?![\p{L}\d_])/gu;
const everyday = new Set(
  'i the a an it we you they he she this that these those but and so not no if when since as for in on at to from yes ok also then there here what who my our your the user team'.split(
    ' ',
  ),
);

/** All that the facts give up, in their order. */
export function renouncedIn(facts: readonly CandidateFact[]): Renounced[] {
  return facts.filter(mayRenounce).flatMap((by) => {
    const text = by.statement;
    const things = thingsOf(text);
    return things.flatMap((thing): Renounced[] => {
      const left = text.slice(Math.max(0, thing.start - 48), thing.start);
      const right = text.slice(thing.end, thing.end + 60);
      if (!before.test(left) && !after.test(right) && !(from.test(left) && turning.test(text.slice(0, thing.start)))) return [];
      const next = things.find((other) => other.start > thing.end && arrival.test(text.slice(thing.end, other.start)));
      const successor = next ?? takerOf(text, thing, things);
      const clause = clauseAround(text, thing.start, Math.max(thing.end, next?.end ?? 0));
      return [
        {
          name: thing.text.toLowerCase(),
          successor: successor?.text ?? null,
          scope: scopeOf(clause, [thing.text, successor?.text ?? '']),
          unique: thing.unique,
          by,
        },
      ];
    });
  });
}

const cue =
  /\b(?:from|instead|rather|place|more|longer|drop|remov|uninstall|ditch|retir|abandon|replac|rip|rid|out|away|left|leaving|quit|stop|goodbye|not|off|archived|gone|dead|history|shut|switched|turned|optimistic|generous|wrong|obsolete|deprecated|decommission|cancel|given|over|scrapped|killed|outdated|sunset|closed|pulled|changed|stepped)/i;

function mayRenounce(fact: CandidateFact): boolean {
  if (fact.origin !== 'user' || fact.statement.length > longest || fact.signal === 'command' || !cue.test(fact.statement)) return false;
  const mood = readMood(fact.statement);
  return !mood.question && !mood.hypothetical && !mood.tentative && !mood.temporary;
}

interface Thing {
  text: string;
  start: number;
  end: number;
  unique: boolean;
  class: string;
}

function thingsOf(text: string): Thing[] {
  const found: Thing[] = valuesIn(text)
    .filter((value) => value.class !== 'figure' && value.class !== 'code' && value.class !== 'words')
    .map((value) => ({ ...value, unique: !/^(?:date|time|weekday|symbol)$/.test(value.class) }));
  for (const match of text.matchAll(named)) {
    const said = match[0].replace(/\.$/, '');
    const start = match.index;
    if (everyday.has(said.toLowerCase()) || found.some((one) => start < one.end && one.start < start + said.length)) continue;
    // At the very start any word has a capital.
    if (start === 0 && /^\p{Lu}\p{Ll}+$/u.test(said) && !after.test(text.slice(said.length))) continue;
    found.push({ text: said, start, end: start + said.length, unique: /[#\d_-]/.test(said), class: 'name' });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** "X is what we use rather than Y": the one other thing of the same class in the sentence. */
function takerOf(text: string, thing: Thing, things: readonly Thing[]): Thing | undefined {
  const others = things.filter((other) => other.class === thing.class && other.text !== thing.text);
  const [only] = others;
  if (only === undefined || others.length > 1) return undefined;
  return after.test(text.slice(only.end, only.end + 60)) ? undefined : only;
}

function clauseAround(text: string, start: number, end: number): string {
  const from = Math.max(...[', ', '; ', '. ', ' — ', ' - ', ': '].map((cut) => text.lastIndexOf(cut, start - 1))) + 1;
  const rest = /[,;:]\s|\.\s|\s[–—-]\s|\s(?:because|since|so|but|and|as)\s/.exec(text.slice(end));
  return text.slice(from, rest === null ? text.length : end + rest.index);
}

const turns = new Set(
  terms('switching moving migrating leaving drop remove retire replace archived gone dead worth back put left quit stop stepped week').map(
    concept,
  ),
);

function scopeOf(clause: string, without: readonly string[]): string[] {
  const own = new Set(without.flatMap((text) => terms(text).map(concept)));
  return [...new Set(terms(clause).map(concept))].filter(
    (term) => !own.has(term) && !soft.has(term) && !hollow.has(term) && !turns.has(term) && /^\p{L}{3,}/u.test(term),
  );
}
