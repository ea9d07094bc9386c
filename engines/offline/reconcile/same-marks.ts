// Two lines of a store that give the same command, figure or name of the same thing, one of them saying little else: one note made twice.
import { concept } from '../concepts.ts';
import { kindOfThing } from '../known-things.ts';
import { patternCount } from '../pattern-count.ts';
import { terms } from '../words.ts';
import { familiesOf, soft } from './slot-words.ts';
import { hollow, withoutDateNote } from './statement.ts';
import type { Statement } from './statement.ts';
import { compareValues, figuresOf } from './values.ts';

const longest = 220;
/** What is merged into another line is a short note. */
const longestNote = 120;
/** Formulas, and writing that is not cut into words here. */
const otherScript = /[\\{}^]|[^\t -\u024f\u2010-\u2027\u20ac]/;
/** So many of the shorter line's words, and this share of them, may be missing in the longer: more would be lost with it. */
const mostMissing = 2;
const missingShare = 0.5;
/** A figure of fewer digits meets another by chance; it needs more words in common. */
const tellingDigits = 3;
const tellingLetters = 5;

const span = /`([^`\n]{2,80})`/g;
/** Written with more than letters: paths, flags, identifiers, hosts. */
const written =
  /(?<![\p{L}\d`])(?:--?[a-z][\w-]+|\/[a-z][\w/-]+|(?!\p{Ll}+(?:-\p{Ll}+)+(?![_./:@\d-]))[\p{L}\d]+(?:[_./:@-]+[\p{L}\d]+)+|\p{L}+\d[\p{L}\d]*)(?![\p{L}\d`])/gu;
/** A product and its version. */
const versioned = /(?<![\p{L}\d_./-])(\p{L}[\p{L}.+#]{1,14}) v?\d+(?:\.\d+)*(?![\p{L}\d])/gu;
const figure =
  /(?<![\p{L}\d_./-])(?:(\d[\d.,]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![\d_./:-]*[\p{L}\d]{3})(?:\s?(%|ms|s|sec(?:ond)?|m|min(?:ute)?|h|hr|hour|d|day|week|month|year|kb|mb|gb|px)s?(?![\p{L}\d]))?|((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?)/giu;
const units: Record<string, string> = { s: 'second', sec: 'second', m: 'minute', min: 'minute', h: 'hour', hr: 'hour', d: 'day' };
const localhost = /\b(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(?=\d)|(?<=\s):(?=\d{4,5}\b)/g;
/** "Not 5432", "instead of floats": what is ruled out is not what is given. */
const ruledOut = /\b(?:not|instead of|rather than|no|was)\s+[`"]?[\w./:-]+[`"]?/gi;
/** What explains or names a source: "(Wojtek)", "(see ABC-12)". */
const aside = /\s*\((?:(?:see |cf\.? )[\p{L}\d -]{1,24}|[\p{L} -]{1,24})\)\W*$/u;
/** "idempotency_header: x" names its property with a word for each part. */
const snakeLabel = /^[a-z]+(?:_[a-z]+)+(?=\s*[:=])/;
const negation = /\b(?:never|not|no|don['’]t|cannot|nobody)\b/i;

interface Said {
  /** Commands, paths, names. */
  marks: Set<string>;
  /** Figures in plain text, with their units; `all` has those in commands too. */
  figures: Set<string>;
  all: Set<string>;
  words: Set<string>;
  /** Of its marks. */
  within: Set<string>;
  /** Whether the clause that gives the first of them forbids. */
  forbids: boolean;
  text: string;
}

/** Neither contradicts the other, and all that the shorter one gives stands in the longer. */
export function sayTheSame(a: Statement, b: Statement): boolean {
  if (!isLine(a) || !isLine(b) || differ(a, b)) return false;
  const [left, right] = [saidIn(a), saidIn(b)];
  return isWithin(left, right) || isWithin(right, left);
}

/** Each gives one value, of one kind, and they are two. */
function differ(a: Statement, b: Statement): boolean {
  return (
    a.value !== null &&
    b.value !== null &&
    a.value.kind === b.value.kind &&
    a.value.kind === 'date' &&
    compareValues(a.value, b.value) === 'different'
  );
}

/** A pattern is told with its count; a note that gives the same figure is no copy of it. */
function isLine({ claim, text }: Statement): boolean {
  return (
    claim !== null &&
    !patternCount.test(text) &&
    claim.kind !== 'code' &&
    claim.kind !== 'row' &&
    text.length <= longest &&
    !otherScript.test(text)
  );
}

function isWithin(short: Said, long: Said): boolean {
  if (short.text.length > longestNote || short.marks.size + short.figures.size === 0 || short.forbids !== long.forbids) return false;
  for (const mark of short.marks) if (!holds(long, mark)) return false;
  for (const one of short.figures) if (!long.all.has(one) && !long.all.has(one.replace(/ .*/, ''))) return false;
  const words = [...short.words];
  const missing = words.filter((word) => !long.words.has(word) && !long.within.has(word));
  const shared = words.length - missing.length;
  const strong =
    [...short.marks].some((mark) => mark.length >= tellingLetters) ||
    [...short.figures].some((one) => one.replace(/\D/g, '').length >= tellingDigits || /^\d\d+ /.test(one));
  // A bare mark ("Node 22" beside "nvm use (Node 22)") says nothing of its own.
  if (words.length === 0) return short.marks.size > 0;
  if (shared < (strong ? 1 : 2)) return false;
  return missing.length <= (strong ? mostMissing : 1) && missing.length <= words.length * missingShare;
}

/** "npm test" is held by "npm test --watch" but not by "npm tester". */
function holds(long: Said, mark: string): boolean {
  if (long.marks.has(mark)) return true;
  for (let at = long.text.indexOf(mark); at >= 0; at = long.text.indexOf(mark, at + 1))
    if (!/[\p{L}\d_-]/u.test(long.text.charAt(at - 1)) && !/[\p{L}\d_:-]/u.test(long.text.charAt(at + mark.length))) return true;
  return false;
}

/** How many commands, names and figures it gives: of copies the one with most of them is kept. */
export function countMarks(statement: Statement): number {
  if (!isLine(statement)) return 0;
  const { marks, figures } = saidIn(statement);
  return marks.size + figures.size;
}

/** What such lines are found by: each mark with each word beside it. */
export function markKeys(statement: Statement): string[] {
  if (!isLine(statement)) return [];
  const { marks, figures, words, within } = saidIn(statement);
  const names = [...new Set([...words, ...within])].slice(0, mostWords);
  const given = [...marks, ...figures].slice(0, mostMarks);
  return [...given.flatMap((mark) => names.map((name) => `${name} + ${mark}`)), ...(words.size === 0 ? marks : [])];
}

const mostWords = 8;
const mostMarks = 3;

const saidOf = new WeakMap<Statement, Said>();

function saidIn(statement: Statement): Said {
  const known = saidOf.get(statement);
  if (known !== undefined) return known;
  const text = withoutDateNote(statement.text)
    .replace(aside, '')
    .replace(/\bw\/o\b/g, 'without')
    .replace(ruledOut, ' ')
    .replace(localhost, ' port ')
    .replace(snakeLabel, (label) => label.replaceAll('_', ' '));
  const marks = new Set<string>();
  let rest = text;
  let first = text.length;
  for (const pattern of [versioned, span, written]) {
    rest = rest.replace(pattern, (whole: string, inner: string | undefined, ...others: unknown[]) => {
      if (pattern === versioned && kindOfThing(inner ?? '') === '') return whole;
      const mark = (pattern === span ? (inner ?? '') : whole)
        .toLowerCase()
        .replace(/^\.\//, '')
        .replace(/[/.:]+$/, '');
      if (!/\p{L}/u.test(mark)) return whole;
      marks.add(mark);
      const at = others.find((one) => typeof one === 'number') ?? 0;
      first = Math.min(first, at);
      return ' '.repeat(whole.length);
    });
  }
  const plain = [...rest.matchAll(figure)];
  const said: Said = {
    marks,
    figures: new Set(plain.map(figureOf)),
    all: new Set([...text.matchAll(figure)].flatMap((match) => [figureOf(match), figureOf(match).replace(/ .*/, '')])),
    words: new Set(wordsOf(rest)),
    within: new Set([
      ...[...marks].flatMap((mark) => wordsOf(mark.replace(/[^\p{L}\d]+/gu, ' '))),
      ...statement.things.map(({ kind }) => concept(terms(kind)[0] ?? kind)),
    ]),
    forbids: negation.test(clauseAt(text, Math.min(first, plain[0]?.index ?? text.length)).replace(/\bnever\b[^.]{0,40}\bwithout\b/i, ' ')),
    text: text.toLowerCase(),
  };
  saidOf.set(statement, said);
  return said;
}

/** Words of telling and insisting: what is said stays the same without them. */
const telling = familiesOf('never always ever must again run using said whenever everywhere nowhere');

function wordsOf(text: string): string[] {
  return terms(text)
    .map(concept)
    .filter((term) => !/^\d/.test(term) && !soft.has(term) && !hollow.has(term) && !telling.has(term));
}

function figureOf(match: RegExpExecArray | RegExpMatchArray): string {
  const [, number, unit, day] = match;
  if (day !== undefined) return day.toLowerCase();
  const long = unit === undefined ? '' : ` ${units[unit.toLowerCase()] ?? unit.toLowerCase()}`;
  return `${figuresOf(number ?? '').join(' ')}${long}`;
}

function clauseAt(text: string, at: number): string {
  const start = Math.max(...[',', ';', '.', '!'].map((cut) => text.lastIndexOf(cut, at - 1))) + 1;
  const end = /[,;!]|\.\s/.exec(text.slice(at))?.index;
  return text.slice(start, end === undefined ? text.length : at + end);
}
