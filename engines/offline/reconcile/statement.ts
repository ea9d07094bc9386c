// One view of a claim and of a candidate fact: what both say, who says it, since when.
import type { Claim } from '../../../domain/claim.ts';
import type { Origin } from '../../../domain/evidence.ts';
import type { CandidateFact, Durability } from '../../../domain/fact.ts';
import { concept } from '../concepts.ts';
import { frameOf } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { kindFamily, kindOfThing, thingsIn } from '../known-things.ts';
import type { NamedThing } from '../known-things.ts';
import { remembered } from '../remembered.ts';
import { terms } from '../words.ts';
import { changeOfValue, valuesIn } from './change-of-value.ts';
import { coreOf } from './core-value.ts';
import { responsibilityIn } from './responsibility.ts';
import { isTelling, readValue, unitOf } from './values.ts';
import type { Value } from './values.ts';

export interface Statement {
  id: string;
  text: string;
  claim: Claim | null;
  fact: CandidateFact | null;
  frame: Frame;
  /** All content words, families of words made one. */
  terms: string[];
  /** Words that say which slot, without the value's and without words that say nothing about it. */
  slotTerms: string[];
  subject: string;
  attribute: string;
  value: Value | null;
  oldValue: Value | null;
  /** What kind of thing the value is, where it is a well-known name: "database". */
  kind: string;
  things: NamedThing[];
  polarity: 'affirmed' | 'negated';
  revokes: boolean;
  durability: Durability;
  origin: Origin;
  /** ISO; null when unknown, which counts as older than every session. */
  at: string | null;
  /** Orders assertions of one time: the event's number, or where the claim stands. */
  order: number;
}

/** Words that name no slot: what is said of any value. */
export const hollow = new Set(
  terms(
    'user current default main primary new old set use value number name one thing everything something always define level sure make please note team project we our us my this that it i for want like wish get managed everyone',
  ).map(concept),
);
/** A trailing or leading note of when a line was written, as people put it into notes. */
const dateNote =
  /^\s*\[?\(?\d{4}-\d{2}(?:-\d{2})?\)?\]?:?\s+|^\s*\[?\d{1,2} [A-Z][a-z]{2,8} \d{4}\]?:\s+|\s*(?:--|—|–|\()?\s*(?:as of|since|noted|updated|last updated|checked)\s+(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})\)?\s*$|\s*\((?:\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})\)\.?\s*$|^\s*\[(?:\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})\]\s*/g;

/** The text without a note of when it was written: dates that are no part of what is said. */
export const withoutDateNote: (text: string) => string = remembered((text) => {
  const bare = text.replace(dateNote, '').trim();
  return bare === '' ? text : bare;
});

export function statementOfClaim(claim: Claim): Statement {
  const text = withoutDateNote(claim.text);
  return {
    ...read(text),
    id: claim.id,
    text: claim.text,
    claim,
    fact: null,
    durability: 'current',
    origin: claim.origin,
    at: claim.at,
    order: claim.start,
  };
}

export function statementOfFact(fact: CandidateFact): Statement {
  const own = read(fact.statement);
  return {
    ...own,
    id: fact.id,
    text: fact.statement,
    claim: null,
    fact,
    subject: own.subject === '' ? fact.subject : own.subject,
    attribute: own.attribute === '' ? fact.attribute : own.attribute,
    polarity: own.oldValue === null ? fact.polarity : own.polarity,
    revokes: fact.force === 'revoked' || (own.value !== null && ended.test(own.frame.value ?? '')),
    durability: fact.durability,
    origin: fact.origin,
    at: fact.at,
    order: fact.eventNumber,
  };
}

/** "Flag x: removed" takes x back. */
const ended =
  /^(?:now |is |was |has been |got )*(?:removed|deleted|dropped|retired|gone|decommissioned|scrapped|taken out|obsolete|dead|history)\b/i;

type Read = Omit<Statement, 'id' | 'claim' | 'fact' | 'durability' | 'origin' | 'at' | 'order' | 'text'>;

const read: (said: string) => Read = remembered((said) => {
  // "due to" gives a reason, not a date.
  const text = said
    .replace(/\bdue to\b/gi, 'because of')
    .replace(/\b(s)tand-?ups?\b/gi, '$1tandup')
    .replace(/\btime zone\b/gi, 'timezone')
    // Where somebody works from is where they are.
    .replace(/\bworks? (?:remotely )?(?:from|out of)(?= \p{Lu})/u, 'lives in')
    .replace(/\bafter all\b/i, '')
    .replace(/\b(?:https?:\/\/)?(?:localhost|127\.0\.0\.1):(?=\d{4,5}(?![\d/]))/g, 'port ');
  const frame = frameOf(text.replace(source, ''));
  const raw = terms(said.slice(0, 4_000));
  const things = thingsIn(raw);
  const held = responsibilityIn(text);
  if (held !== null) {
    return {
      frame,
      terms: unique(raw.map(concept)),
      slotTerms: unique([duty, ...slotWords(terms(held.rest))]),
      subject: '',
      attribute: duty,
      value: readValue(held.person, text),
      oldValue: held.before === null ? null : readValue(held.before, text),
      kind: '',
      things,
      polarity: frame.polarity,
      revokes: frame.revokes,
    };
  }
  const found = slotIn(text.replace(source, ''), frame);
  const value = found.value === null ? null : withProduct(withUnit(readValue(found.value, text), text), found.slotWords, text);
  const named = value === null ? '' : kindOfThing(value.text);
  const [only, ...others] = things;
  return {
    frame,
    terms: unique(raw.map(concept)),
    slotTerms: unique([
      ...fitting(slotWords(found.slotWords), value).filter((term) => named === '' || value?.terms.includes(term) !== true),
      ...toldByUnit(value),
      ...toldByDate(value, raw),
      ...toldByKind(value),
      ...toldByPlace(value, text),
      ...(frame.attribute === home ? [home] : []),
      ...toldByBound(value, text),
    ]),
    subject: frame.subject,
    attribute: frame.attribute,
    value,
    oldValue: found.oldValue === null ? null : readValue(found.oldValue, text),
    kind: named !== '' || only === undefined || others.length > 0 ? named : only.kind,
    things,
    polarity: found.oldValue === null ? frame.polarity : 'affirmed',
    revokes: frame.revokes,
  };
});

/** "1120 requests per minute": the unit often stands behind the value. */
function withUnit(value: Value, text: string): Value {
  // "At 9:30 every day" counts nothing per day.
  if (value.kind === 'time' || value.kind === 'date' || value.kind === 'weekday') return { ...value, unit: '' };
  if (value.unit !== '' || value.figures.length === 0) return value;
  const at = text.indexOf(value.text);
  return at < 0 ? value : { ...value, unit: unitOf(text.slice(at, at + value.text.length + 28)) };
}

/** "Node version: 22" gives the value "Node 22". */
function withProduct(value: Value, slotWords: readonly string[], text: string): Value {
  if (!/^v?\d+(?:\.\d+)*$/.test(value.text) || !slotWords.some((term) => concept(term) === version)) return value;
  const [product, ...others] = slotWords.filter((term) => versioned.has(kindOfThing(term)));
  if (product === undefined || others.length > 0) return value;
  return readValue(`${product.charAt(0).toUpperCase()}${product.slice(1)} ${value.text}`, text);
}

const version = concept(terms('version')[0] as string);
const versioned = new Set(['runtime', 'language', 'database', 'framework']);

/** A figure per minute is a limit, one of spaces an indent, also where nobody says so. */
function toldByUnit(value: Value | null): string[] {
  if (value === null || value.figures.length === 0) return [];
  if (value.unit.startsWith('/')) return [concept(terms('limit')[0] as string)];
  return value.unit === 'space' || value.unit === 'tab' || /^\S+[ -]spaces?$/i.test(value.text)
    ? [concept(terms('indent')[0] as string)]
    : [];
}

/** "Runs at 02:30" names no command: a time, a date, a figure or a place is the value of none. */
function fitting(words: string[], value: Value | null): string[] {
  return value !== null && noCommands.has(value.kind) ? words.filter((term) => term !== command) : words;
}

const command = concept(terms('command')[0] as string);
const noCommands = new Set(['time', 'date', 'weekday', 'number', 'quantity', 'region', 'channel', 'email']);

/** "Answers on 8080", "localhost:8080": a number of four or five digits that something is on is a port; a year is none. */
function toldByPlace(value: Value | null, text: string): string[] {
  if (value === null || value.kind !== 'number' || !/^(?!19\d\d$|20\d\d$)[1-9]\d{3,4}$/.test(value.text)) return [];
  const at = text.indexOf(value.text);
  return /(?:\b(?:on|at|to|from|exposes|binds?|expects?|listens?)|->|→|:)\s*[`"]?:?$/i.test(text.slice(Math.max(0, at - 16), at)) &&
    /\b(?:runs?|answers?|listens?|exposes|binds?|expects?|localhost)\b|(?<=\s):(?=\d)/i.test(text)
    ? [port]
    : [];
}

const home = concept(terms('home')[0] as string);
const port = concept(terms('port')[0] as string);

/** A region, a database, a command says by itself which property it is of. */
function toldByKind(value: Value | null): string[] {
  if (value === null) return [];
  if (value.kind === 'command') return [command];
  const property = propertyOf[kindFamily(value.text)];
  return property === undefined ? [] : [concept(terms(property)[0] ?? property)];
}

const propertyOf: Record<string, string> = {
  region: 'region',
  hosting: 'deploy',
  database: 'database',
  editor: 'editor',
  'logging library': 'log',
  'secret store': 'secret',
  'test runner': 'test',
  linter: 'lint',
  formatter: 'format',
  'JavaScript formatter': 'format',
  'Python formatter': 'format',
  'package manager': 'package',
};

/** "Up to 60 MB" is a limit, whether it is called one or not. */
function toldByBound(value: Value | null, text: string): string[] {
  if (value === null || value.figures.length === 0) return [];
  const at = text.indexOf(value.text);
  const before = text.slice(Math.max(0, at - 24), Math.max(0, at));
  return bound.test(before) || bound.test(value.text) ? [concept(terms('limit')[0] as string)] : [];
}

const bound =
  /\b(?:up to|at most|no more than|not more than|max(?:imum)?(?: of)?|maximum|upper bound of|tops out at)\s*$|^(?:up to|at most|max)\b/i;

/** A date that something is meant for is its deadline, whatever the word for it. */
function toldByDate(value: Value | null, words: readonly string[]): string[] {
  return value?.kind === 'date' && words.some((term) => aimed.has(term)) ? [concept(terms('deadline')[0] as string)] : [];
}

const aimed = new Set(
  terms('target targeted planned eta milestone slipped postponed pushed pulled rescheduled delayed deliver delivery ship'),
);

/** A file named behind a statement as where it stands. */
const source = /\s\([\w./-]{1,80}\.\w{1,6}\)(?=\.?$)/;

interface FoundSlot {
  value: string | null;
  oldValue: string | null;
  slotWords: string[];
}

/** The value that the sentence gives, the one it takes back, and the words that say of what. */
function slotIn(text: string, frame: Frame): FoundSlot {
  const change = changeOfValue(text);
  if (change !== null) {
    const [first, second] = change.present.start < change.former.start ? [change.present, change.former] : [change.former, change.present];
    return {
      value: change.present.text,
      oldValue: change.former.text,
      slotWords: terms(`${text.slice(0, first.start)} ${text.slice(first.end, second.start)} ${mainClause(text.slice(second.end))}`),
    };
  }
  const [only, ...more] = valuesIn(text);
  if (frame.value !== null) {
    const core = coreOf(frame.value);
    const old = frame.oldValue === null ? null : coreOf(frame.oldValue).text;
    // A frame may cut through a name that is known ("eu-west-1"); the whole name is the value then.
    if (
      only !== undefined &&
      more.length === 0 &&
      only.text !== core.text &&
      (only.text.includes(core.text) || (kindOfThing(only.text) !== '' && !isTelling(readValue(core.text, text))))
    ) {
      return { value: only.text, oldValue: old, slotWords: terms(without(text, only.text)) };
    }
    const main = new Set(terms(mainText(text, core.text)).map(concept));
    return { value: core.text, oldValue: old, slotWords: [...frame.keyTerms.filter((term) => main.has(term)), ...terms(core.rest)] };
  }
  if (only !== undefined && more.length === 0) return { value: only.text, oldValue: null, slotWords: terms(without(text, only.text)) };
  const last = shortNote.exec(text);
  if (last !== null) return { value: last[2] ?? null, oldValue: null, slotWords: terms(last[1] ?? '') };
  return { value: null, oldValue: null, slotWords: frame.keyTerms };
}

/** "home base Lisbon": a note of few words whose last is a name. */
const shortNote = /^((?:\p{L}+ ){1,3})(\p{Lu}[\p{L}\d-]+)$/u;

/** The text up to an aside behind the value. */
function mainText(text: string, value: string): string {
  const at = text.indexOf(value);
  return at < 0 ? text : `${text.slice(0, at + value.length)} ${mainClause(text.slice(at + value.length))}`;
}

function without(text: string, value: string): string {
  const at = text.indexOf(value);
  return at < 0 ? text : `${text.slice(0, at)} ${mainClause(text.slice(at + value.length))}`;
}

/** What follows a value up to an aside: "..., check my math", "... because of a clash". */
function mainClause(text: string): string {
  const cut = /[,;]\s|\s[–—-]+\s|\s(?:because|since|so|but|and)\s|\s\(/.exec(text);
  return cut === null ? text : text.slice(0, cut.index);
}

/** The attribute of statements about who answers for something. */
export const duty = concept(terms('owner')[0] as string);

/** Other words for telling people that something is out. */
const announcing = new Set(
  terms('notice notices notify notification notifications post posts posted message messages comms announcement ping'),
);
const announce = concept(terms('announce')[0] as string);

function slotWords(words: readonly string[]): string[] {
  return words.map((term) => (announcing.has(term) ? announce : concept(term))).filter((term) => !hollow.has(term));
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
