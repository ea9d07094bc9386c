// Whom a person tells about: "Her name's X", "Jo, who does the books", "his wife's having twins" become statements with a name.
import { tag } from './language.ts';
import type { Token } from './language.ts';

const name = "\\p{Lu}\\p{L}+(?:[-'’]\\p{Lu}?\\p{L}+)?(?: \\p{Lu}\\p{L}+(?:-\\p{Lu}\\p{L}+)?){0,2}";
const notAName =
  /^(?:I|The|A|An|My|Our|His|Her|Their|This|That|These|It|He|She|We|You|They|And|But|So|Also|Which|What|Who|When|If|In|On|At|No|Yes|Not|Just|Now|Then|Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?|January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter)$/;

const introduced = new RegExp(`^(?:his|her|their) name(?:['’]s| is) (${name})(?=[,.;!]|\\s+(?:and|who)\\b|$)`, 'iu');
const ofWhom = new RegExp(`(?<![\\p{L}'’])(${name}),? who (\\p{Ll}[^.;!?]*)`, 'u');
const cleft = new RegExp(`^(?:so |and |which means )?it(?:['’]s|['’]ll be| is| will be| was) (${name}) who (\\p{Ll}.*)$`, 'iu');
const leadingName = new RegExp(`^(${name})(?:['’]s)?(?= \\p{Ll}|,)`, 'u');

/** The name that a sentence introduces, and what it says besides. */
export function introducedBy(sentence: string): { name: string; rest: string } | null {
  const match = introduced.exec(sentence);
  if (match === null || !isName(match[1] ?? '')) return null;
  return { name: match[1] ?? '', rest: sentence.slice(match[0].length).replace(/^,?\s*/, '') };
}

const self = new RegExp(
  `^(?:(?:hi|hello|hey|good (?:morning|evening|afternoon)|morning|evening)(?: there| all)?[,!.]? )?(?:(?:i['’]m|i am|my name(?:['’]s| is)|this is|it['’]s) (${name})(?: here)?|(${name}) here(?:, (${name}))?)[.!,]*$`,
  'iu',
);

/** The name that a speaker gives as their own: "I'm Jo", "Jo here, Jo Smith-Barrow". */
export function ownName(sentence: string): string | null {
  if (sentence.length > 90) return null;
  const match = self.exec(sentence);
  const found = match?.[3] ?? match?.[1] ?? match?.[2];
  // Case tells a name from "I'm tired", also where the pattern ignores it.
  return found === undefined || !/^\p{Lu}/u.test(found) || !isName(found) || !found.split(' ').every((word) => /^\p{Lu}/u.test(word))
    ? null
    : found;
}

/** "Carl who does the baking" → "Carl does the baking"; null when nobody with a name is told of. */
export function apposition(sentence: string): { name: string; told: string; start: number } | null {
  const match = ofWhom.exec(sentence);
  if (match === null || !isName(match[1] ?? '')) return null;
  // "Carl, who is ill, comes later": the clause ends at the comma.
  const clause = match[0].includes(', who') ? (match[2] ?? '').replace(/,.*$/, '') : (match[2] ?? '');
  return startsWithVerb(clause) ? { name: match[1] ?? '', told: `${match[1]} ${clause.trim()}`, start: match.index } : null;
}

/** "So it'll be Carl who opens on Mondays" → "Carl opens on Mondays". */
export function uncleft(clause: string): string | null {
  const match = cleft.exec(clause);
  return match === null || !isName(match[1] ?? '') || !startsWithVerb(match[2] ?? '') ? null : `${match[1]} ${match[2]}`;
}

/** Whom a clause has for its subject, when that is a name. */
export function subjectName(clause: string): string | null {
  const found = leadingName.exec(clause)?.[1];
  if (found === undefined || !isName(found)) return null;
  const [first] = tag(clause.slice(0, 60));
  return first?.tag === 'PROPN' ? found : null;
}

/** "his wife is having twins" with the name before it; without one, and where two names stand, it stays as it is. */
export function withOwner(clause: string, people: readonly string[]): string {
  const [only] = people;
  if (only === undefined || people.some((person) => person !== only)) return clause;
  return clause.replace(/^(?:his|her) (?=\p{Ll})/iu, `${only}${/s$/.test(only) ? '’' : "'s"} `).replace(/^(?:he|she)(?=['’]s? |\s)/i, only);
}

/** "Carl's allergic", "his wife's having": the verb written out, as the words of a note. */
export function withFullVerb(clause: string): string {
  if (/^(?:let|it|that|this|there|here|what|who|where|how)['’]s\b/i.test(clause)) return clause;
  const tokens = tag(clause.slice(0, 120));
  // "Jo's wife's having": the first owns, the second is a verb.
  const at = tokens.findIndex(({ word }, index) => /^['’]s$/.test(word) && isPredicate(tokens[index + 1], tokens[index + 2]));
  const next = tokens[at + 1];
  if (at < 1 || at > 6 || next === undefined) return clause;
  const written = tokens
    .slice(0, at)
    .map(({ gap, word }) => gap + word)
    .join('');
  const verb = next.tag === 'VERB' && /(?:ed|en)$/.test(next.word) ? 'has' : 'is';
  return `${written} ${verb}${clause.slice(written.length + 2)}`;
}

/** What follows a name's "'s" when that is a verb: "Jo's having", "Jo's allergic", not "Jo's old bike". */
export function isPredicate(next: Token | undefined, afterNext: Token | undefined): boolean {
  if (next === undefined) return false;
  if (next.tag === 'VERB' || next.tag === 'DET' || next.tag === 'ADP' || next.tag === 'ADV') return true;
  return next.tag === 'ADJ' && afterNext?.tag !== 'NOUN' && afterNext?.tag !== 'PROPN';
}

function startsWithVerb(text: string): boolean {
  const [first, second] = tag(text.slice(0, 60));
  const verb = first?.tag === 'ADV' ? second : first;
  return verb?.tag === 'VERB' || verb?.tag === 'AUX';
}

function isName(text: string): boolean {
  return text.split(' ').every((word) => !notAName.test(word));
}
