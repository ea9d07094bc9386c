// When two values are the same, differ, or cannot be compared.
import { kindOfThing } from '../known-things.ts';
import { remembered } from '../remembered.ts';
import { valueKind } from '../value.ts';
import type { ValueKind } from '../value.ts';
import { terms } from '../words.ts';

export interface Value {
  /** As said. */
  text: string;
  kind: ValueKind;
  terms: string[];
  /** Its figures in order, as digits ("three" is 3, "1,340" is 1340, "1:20 pm" is 13:20). */
  figures: string[];
  /** What the figure is counted in, and per what; '' when not said. */
  unit: string;
}

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const perUnit = /(?:\/|\bper |\ban? |\beach |\bevery )\s?(s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|month|year)s?\b/i;
const plainUnit =
  /\d\s?(%|ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|weeks?|months?|years?|kb|mb|gb|tb|px|rpm|rps|usd|eur|spaces?|tabs?|characters?|columns?)(?![\p{L}\d])/iu;
const longUnits: Record<string, string> = {
  s: 'second',
  sec: 'second',
  m: 'minute',
  min: 'minute',
  h: 'hour',
  hr: 'hour',
  d: 'day',
  w: 'week',
  rpm: '/minute',
  rps: '/second',
  column: 'character',
};

export function readValue(text: string, statement: string): Value {
  const said = text.replace(/^[`"'“‘(\s]+|[`"'”’).,;!\s]+$/g, '');
  return { text: said, kind: valueKind(text, statement), terms: terms(said), figures: figuresOf(said), unit: unitOf(said) };
}

/** Figures of a text in order; dates as 2026-04-20, times as 13:20. */
export const figuresOf: (text: string) => string[] = remembered((text) => {
  const found: { at: number; figure: string }[] = [];
  let rest = text.toLowerCase();
  const take = (pattern: RegExp, write: (match: RegExpMatchArray) => string | null): void => {
    for (const match of [...rest.matchAll(pattern)]) {
      const figure = write(match);
      if (figure === null) continue;
      found.push({ at: match.index, figure });
      rest = rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
    }
  };
  const date = (year: string | undefined, month: number, day: string): string | null =>
    month < 1 || month > 12 ? null : `${year ?? '----'}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const monthNumber = (name: string | undefined): number => monthNames.indexOf((name ?? '').slice(0, 3)) + 1;
  take(/\b(\d{4})-(\d{2})-(\d{2})\b/g, (m) => date(m[1], Number(m[2]), m[3] ?? ''));
  take(/\b(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:,? (\d{4}))?\b/g, (m) =>
    date(m[3], monthNumber(m[2]), m[1] ?? ''),
  );
  take(/\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b/g, (m) =>
    date(m[3], monthNumber(m[1]), m[2] ?? ''),
  );
  take(/\b(\d{1,2})[:.](\d{2}) ?(am|pm|a\.m|p\.m)\b/g, (m) => clock(Number(m[1]), m[2] ?? '00', m[3] ?? ''));
  take(/\b(\d{1,2}) ?(am|pm|a\.m|p\.m)\b/g, (m) => clock(Number(m[1]), '00', m[2] ?? ''));
  take(/\b(\d{1,2}):(\d{2})\b/g, (m) => clock(Number(m[1]), m[2] ?? '00', ''));
  take(/\d{1,3}(?:,\d{3})+(?!\d)/g, (m) => m[0].replaceAll(',', ''));
  take(/\d+(?:\.\d+)*/g, (m) => m[0]);
  take(/\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/g, (m) => String(small.indexOf(m[0])));
  return found.sort((a, b) => a.at - b.at).map(({ figure }) => figure);
});

function clock(hour: number, minutes: string, half: string): string {
  const full = half === '' ? hour : (hour % 12) + (half.startsWith('p') ? 12 : 0);
  return `${String(full).padStart(2, '0')}:${minutes}`;
}

/** What a figure at the start of a text is counted in; '' when it does not say. */
export function unitOf(text: string): string {
  const per = perUnit.exec(text)?.[1]?.toLowerCase();
  if (per !== undefined) return `/${longUnits[per] ?? per}`;
  const plain = plainUnit
    .exec(text)?.[1]
    ?.toLowerCase()
    .replace(/(?<=..)s$/, '');
  return plain === undefined ? '' : (longUnits[plain] ?? plain);
}

export type Comparison = 'same' | 'different' | 'incomparable';

export function compareValues(a: Value, b: Value): Comparison {
  if (a.figures.length > 0 && b.figures.length > 0 && namesAgree(a, b)) {
    if (a.unit !== '' && b.unit !== '' && a.unit !== b.unit) return 'incomparable';
    if (sameFigures(a.figures, b.figures)) return 'same';
    return 'different';
  }
  const left = a.terms.filter((term) => !articles.has(term));
  const right = b.terms.filter((term) => !articles.has(term));
  if (left.length === 0 || right.length === 0) return a.text.toLowerCase() === b.text.toLowerCase() ? 'same' : 'different';
  const inRight = left.filter((term) => right.includes(term)).length;
  if (inRight === Math.min(new Set(left).size, new Set(right).size) && figuresFit(a, b)) return 'same';
  return inRight > 0 && inRight / Math.max(left.length, right.length) >= 0.6 && figuresFit(a, b) ? 'same' : 'different';
}

const articles = new Set(['the', 'a', 'an', 'everi', 'each', 'on', 'singl']);

/** Of "Python 3.12" and "Node 20" the names differ, so the figures are no comparison; of "3.12" and "Python 3.12" they may be. */
function namesAgree(a: Value, b: Value): boolean {
  const words = (value: Value): string[] => value.terms.filter((term) => !/^\d/.test(term) && kindOfThing(term) !== '');
  const left = words(a);
  const right = words(b);
  return left.length === 0 || right.length === 0 || left.some((word) => right.includes(word));
}

function figuresFit(a: Value, b: Value): boolean {
  return a.figures.length === 0 || b.figures.length === 0 || sameFigures(a.figures, b.figures);
}

/** Same figures in the same order; of dates a missing year is no difference. */
export function sameFigures(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length)
    return a.length > 0 && b.length > 0 && (contains(a, b) || contains(b, a)) && a.every((figure) => !figure.includes('-'));
  return a.every((figure, index) => sameFigure(figure, b[index] as string));
}

function sameFigure(a: string, b: string): boolean {
  return a === b || (a.slice(4) === b.slice(4) && a.length === 10 && b.length === 10 && (a.startsWith('----') || b.startsWith('----')));
}

function contains(longer: readonly string[], shorter: readonly string[]): boolean {
  return shorter.every((figure) => longer.some((other) => sameFigure(figure, other)));
}

/** A value that tells by itself what is meant: few other statements would hold it by chance. */
export function isTelling(value: Value): boolean {
  if (kindOfThing(value.text) !== '') return true;
  switch (value.kind) {
    case 'date':
    case 'version':
    case 'email':
    case 'url':
    case 'path':
    case 'command':
    case 'channel':
    case 'code':
    case 'identifier':
      return true;
    case 'name':
      return value.terms.length > 0;
    case 'time':
      return true;
    case 'number':
    case 'quantity':
      return (value.figures[0] ?? '').replace(/\D/g, '').length >= 3;
    default:
      return false;
  }
}
