// Whether two statements say the same, contradict each other, or are neighbours only.
import { compareTimes } from './authority.ts';
import { isExclusive, kindOfThing } from '../known-things.ts';
import { similarity } from '../../../domain/similarity.ts';
import { rememberedOf } from '../remembered.ts';
import { shortNote, wordBag } from '../word-bag.ts';
import { isIdentifier, terms } from '../words.ts';
import { concept } from '../concepts.ts';
import { aspectOf, bothShort } from './answer-aspects.ts';
import { heldWithin } from './held-within.ts';
import { sayTheSame } from './same-marks.ts';
import { areSisters, familiesOf, heads, manyValued, properties, soft } from './slot-words.ts';
import { statedWithin } from './stated-within.ts';
import { duty, withoutDateNote } from './statement.ts';
import type { Statement } from './statement.ts';
import { areTwoSubjects, differInSubject, differInValueOnly, haveWordInCommon, sameTerms } from './told-apart.ts';
import { compareValues, figuresOf, isTelling, sameFigures } from './values.ts';
import type { Value } from './values.ts';

/** `same`: duplicates. `rival`: one slot, two values. `none`: both may stand. */
export type Relation = 'same' | 'rival' | 'none';

const environments = ['staging', 'dev', 'local', 'localhost', 'preview', 'sandbox', 'qa'].map((word) => concept(terms(word)[0] ?? word));

export function relationOf(a: Statement, b: Statement): Relation {
  if (a.frame.single && b.frame.single && areTwoSubjects(a, b)) return 'none';
  if (!sameEnvironment(a, b)) return nearIdentical(a, b) || sameVersion(a, b) ? 'same' : 'none';
  if (nearIdentical(a, b)) return 'same';
  if (heldWithin(a, b) || statedWithin(a, b) || sayTheSame(a, b)) return 'same';
  const aspects = [aspectOf(a), aspectOf(b)];
  if (
    aspects[0] != null &&
    aspects[1] != null &&
    aspects[0].name === aspects[1].name &&
    (a.polarity === b.polarity || bothShort(aspects[0], aspects[1]))
  ) {
    return aspects[0].said.some((word) => aspects[1]?.said.includes(word)) ? 'same' : 'rival';
  }
  if (a.value === null || b.value === null) return saysWithin(a, b) ? 'same' : 'none';
  const comparison = compareValues(a.value, b.value);
  if (comparison === 'incomparable') return 'none';
  const slot = slotOverlap(a, b);
  if (comparison === 'same') {
    if (areTwoTellings(a, b)) return 'none';
    // In prose a common value is a common topic at most.
    if (!isPlain(a) || !isPlain(b) || (a.claim !== null && b.claim !== null && !(isNote(a) && isNote(b))))
      return saysWithin(a, b) ? 'same' : 'none';
    if (a.polarity !== b.polarity)
      return a.kind !== '' &&
        a.kind === b.kind &&
        refusesThing(a) !== refusesThing(b) &&
        a.durability !== 'episode' &&
        b.durability !== 'episode'
        ? 'rival'
        : 'none';
    if (sameVersion(a, b)) return 'same';
    if (a.attribute === duty && b.attribute === duty) return slot.sharedNames > 0 ? 'same' : 'none';
    if (a.kind !== '' && a.kind === b.kind && isExclusive(a.kind) && isPlain(a) && isPlain(b)) return 'same';
    if (slot.shared >= 1 && !slot.conflict) return 'same';
    return isTelling(a.value) && isTelling(b.value) && !slot.conflict && figuresAgree(a, b) ? 'same' : 'none';
  }
  return isRival(a, b, slot) ? 'rival' : 'none';
}

interface Overlap {
  /** Words of the slot that both have. */
  shared: number;
  /** Of these the ones that name a subject, not a property. */
  sharedNames: number;
  /** Both name something that the other does not: two subjects or two properties. */
  conflict: boolean;
  /** Only one names something that the other leaves out. */
  oneSided: boolean;
}

const slotSet = rememberedOf(({ slotTerms }: Statement): ReadonlySet<string> => new Set(slotTerms));

function slotOverlap(a: Statement, b: Statement): Overlap {
  const left = slotSet(a);
  const right = slotSet(b);
  let shared = 0;
  let sharedNames = 0;
  for (const term of left) {
    if (!right.has(term)) continue;
    shared++;
    if (!properties.has(term) && !soft.has(term)) sharedNames++;
  }
  const onlyLeft = [...left].filter((term) => !right.has(term));
  const onlyRight = [...right].filter((term) => !left.has(term));
  // "The ledger service" is named by "ledger"; of "the app" the head is the name.
  const named = [left, right].every((side) => [...side].some((term) => !soft.has(term) && !properties.has(term) && !heads.has(term)));
  const names = (list: string[]): number =>
    list.filter((term) => !soft.has(term) && !properties.has(term) && !(named && heads.has(term))).length;
  const leftProperties = [...left].filter((term) => properties.has(term));
  const rightProperties = [...right].filter((term) => properties.has(term));
  const twoProperties =
    leftProperties.length > 0 &&
    rightProperties.length > 0 &&
    !leftProperties.some((one) => rightProperties.some((other) => one === other || areSisters(one, other)));
  const sisterly = leftProperties.some((one) => rightProperties.some((other) => one !== other && areSisters(one, other)));
  return {
    shared: shared + (sisterly ? 1 : 0),
    sharedNames,
    conflict: twoProperties || (names(onlyLeft) > 0 && names(onlyRight) > 0),
    oneSided: names(onlyLeft) > 0 !== names(onlyRight) > 0,
  };
}

function isRival(a: Statement, b: Statement, slot: Overlap): boolean {
  if (a.value === null || b.value === null || a.polarity !== b.polarity) return false;
  if (a.durability === 'episode' || b.durability === 'episode' || !isPlain(a) || !isPlain(b)) return false;
  if (a.claim !== null && b.claim !== null && !(isNote(a) && isNote(b))) return false;
  const names = (statement: Statement): boolean => statement.slotTerms.some((term) => !soft.has(term) && !properties.has(term));
  if (replaces(a, b) || replaces(b, a)) return !slot.conflict || slot.sharedNames > 0 || saysAlone(a) || saysAlone(b);
  const single = a.frame.single && b.frame.single;
  if (single && !haveWordInCommon(a.attribute, b.attribute)) return false;
  if (isRenewed(a, b)) return true;
  // What must not be done is a list that grows: "never touch A", "never touch B".
  if (isEnumeration(a, b) || a.polarity === 'negated') return false;
  const property = slot.shared > 0 && a.slotTerms.concat(b.slotTerms).some((term) => properties.has(term));
  const sameThing = a.kind !== '' && a.kind === b.kind && kindOfThing(a.value.text) === a.kind && kindOfThing(b.value.text) === b.kind;
  // Two lines of a store that merely name two tools are no contradiction; somebody must have said which one is used.
  // What each says of a thing of its own ("search is in A", "billing is in B") is no contradiction either.
  if (sameThing && isExclusive(a.kind) && !(slot.conflict && slot.sharedNames === 0) && (a.fact !== null || b.fact !== null || property))
    return true;
  if (sameThing && sameProduct(a, b)) return property || slot.shared > 0 || !(names(a) && names(b)) || a.fact !== null || b.fact !== null;
  const functional = property || single || (!manyValued.has(a.attribute) && !manyValued.has(b.attribute));
  const exact = sameTerms(a.slotTerms, b.slotTerms);
  if (exact && functional && (single || comparableKinds(a, b)))
    return (
      property ||
      single ||
      (a.value.kind === 'name' && b.value.kind === 'name') ||
      (isTelling(a.value) && isTelling(b.value)) ||
      (a.value.unit !== '' && a.value.unit === b.value.unit && (a.fact !== null || b.fact !== null)) ||
      (a.fact !== null && b.fact !== null && a.polarity === 'affirmed' && a.value.terms.length <= 3 && b.value.terms.length <= 3)
    );
  if (slot.conflict || slot.shared === 0 || !(comparableKinds(a, b) || anyKind(a, b)) || !functional) return false;
  if (a.attribute === duty && b.attribute === duty) return slot.sharedNames > 0;
  if (!property) return a.value.kind === b.value.kind && speaking.has(a.value.kind) && slot.sharedNames > 0 && !slot.oneSided;
  const hard = (isTelling(a.value) && isTelling(b.value)) || anyKind(a, b) || (a.value.kind === 'weekday' && b.value.kind === 'weekday');
  if (slot.sharedNames > 0) return hard && (slot.shared >= 2 || !slot.oneSided);
  const strong = a.slotTerms.some(
    (term) =>
      properties.has(term) && !weak.has(term) && (b.slotTerms.includes(term) || b.slotTerms.some((other) => areSisters(term, other))),
  );
  return hard && !slot.oneSided && (strong || (a.value.kind === b.value.kind && speaking.has(a.value.kind)));
}

/** Says that something is otherwise than it was. */
const renewing =
  /\b(?:new|now(?!here)|nowadays|these days|from now on|as of|since|instead|any ?more|no longer|after all|back (?:to|in|on)|moved|switched|changed|became|grew|shrank|rose|fell|dropped|went (?:up|down|from|to)|up (?:to|from)|down (?:to|from)|is called|joined|promoted)\b/i;
const ofTime = familiesOf('new old current present former previous next first last main');

/** One attribute of one subject, whose later value is said to be new. */
function isRenewed(a: Statement, b: Statement): boolean {
  if (
    a.value === null ||
    b.value === null ||
    a.polarity === 'negated' ||
    a.subject === '' ||
    a.subject !== b.subject ||
    isEnumeration(a, b)
  )
    return false;
  const later = compareTimes(a, b) > 0 ? a : b;
  if (!renewing.test(later.text) || !comparableKinds(a, b)) return false;
  const counted = unitNoun(a.value);
  if (counted !== '') return counted === unitNoun(b.value);
  const [left, right] = [a, b].map(({ attribute }) =>
    attribute
      .split(' ')
      .filter((term) => term !== '' && !ofTime.has(term))
      .join(' '),
  );
  return left !== '' && left === right && !manyValued.has(left ?? '') && a.value.kind === 'name' && b.value.kind === 'name';
}

/** "12 people": what is counted; '' when the value counts nothing. */
function unitNoun(value: Value): string {
  return /^(?:about |around |some |over )?\d[\d.,]* \p{L}+$/u.test(value.text) ? (value.terms.at(-1) ?? '') : '';
}

/** Properties that are everyday verbs as well: alone they do not say that two values are of one thing. */
const weak = familiesOf('test build command format lint review name log package publish start finish language branch');
const speaking = new Set(['command', 'code', 'channel', 'weekday', 'date', 'time']);

/** A line of the kind "name: value" with nothing behind it; in longer ones a value stands for more than itself. */
function isNote(statement: Statement): boolean {
  const { claim, value, slotTerms } = statement;
  if (
    claim === null ||
    value === null ||
    claim.kind === 'code' ||
    claim.kind === 'row' ||
    statement.terms.length > 10 ||
    slotTerms.length > 5
  )
    return false;
  if (statement.attribute === duty || aspectOf(statement) !== null) return true;
  const text = withoutDateNote(claim.text);
  const at = text.indexOf(value.text);
  const named =
    /[:=→>]|\b(?:is|are|on|to|in|at|by|via|with)\b/.test(text.slice(0, Math.max(0, at))) || slotTerms.some((term) => properties.has(term));
  return at > 0 && named && terms(text.slice(at + value.text.length)).length <= 2;
}

/** Two things told, in full sentences of their own: that they share a day, a place or a word makes them no one fact. */
function areTwoTellings(a: Statement, b: Statement): boolean {
  if (a.fact === null || b.fact === null) return false;
  const happened = a.durability === 'episode' || b.durability === 'episode';
  const full = happened || Math.min(a.terms.length, b.terms.length) >= fewestOfTelling;
  const shared = new Set(a.value?.terms.filter((term) => b.value?.terms.includes(term)));
  const beside = (statement: Statement): string[] => statement.terms.filter((term) => !shared.has(term));
  return full && similarity(wordBag(beside(a)), wordBag(beside(b)), shortNote) < 0.34;
}

const fewestOfTelling = 5;

/** Short enough to give one value of one thing; prose mentions values in passing. */
function isPlain(statement: Statement): boolean {
  const value = statement.value;
  if (value === null || statement.text.length > 180 || statement.terms.length > 18) return false;
  return value.terms.length <= 6 && !/[;:|]\s|,.*,/.test(value.text) && !/[^\t -\u024f\u2010-\u2027\u20ac]/.test(value.text);
}

/** Said in one breath, or listed in one place at one date: a list, not a contradiction. */
function isEnumeration(a: Statement, b: Statement): boolean {
  if (a.fact !== null && b.fact !== null) return a.fact.sessionId === b.fact.sessionId && a.fact.eventNumber === b.fact.eventNumber;
  return a.claim !== null && b.claim !== null && a.claim.path === b.claim.path && a.at === b.at;
}

/** "Don't use X": the negation is of the thing, not of something beside it. */
function refusesThing(statement: Statement): boolean {
  const at = statement.value === null ? -1 : statement.text.indexOf(statement.value.text);
  return at > 0 && refusal.test(statement.text.slice(Math.max(0, at - 40), at));
}

const refusal =
  /\b(?:don['’]?t|do not|never|not|no|no more|stop|avoid|without|isn['’]?t|aren['’]?t)\s+(?:(?:use|using|call|calling|run|running|install|pick|want|need|touch|suggest|deploy to|rely on|any|the)\s+)?[`"']?$/i;

/** The same product in the same version, told of two places: one confirms the other. */
function sameVersion(a: Statement, b: Statement): boolean {
  return (
    a.value !== null &&
    b.value !== null &&
    a.kind !== '' &&
    a.kind === b.kind &&
    a.value.figures.length > 0 &&
    b.value.figures.length > 0 &&
    a.polarity === b.polarity &&
    compareValues(a.value, b.value) === 'same'
  );
}

/** The value that it takes back is so particular that it is the other's, whatever the words beside it. */
function saysAlone(statement: Statement): boolean {
  const old = statement.oldValue;
  return old !== null && isTelling(old) && kindClassOf(old) !== 'figure' && kindClassOf(old) !== 'time';
}

/** `a` itself says that it takes the place of `b`'s value. */
function replaces(a: Statement, b: Statement): boolean {
  return a.oldValue !== null && b.value !== null && compareValues(a.oldValue, b.value) === 'same';
}

/** Two versions of one product. */
function sameProduct(a: Statement, b: Statement): boolean {
  const left = a.value?.terms[0];
  const right = b.value?.terms[0];
  return left !== undefined && left === right && (a.value?.figures.length ?? 0) > 0 && (b.value?.figures.length ?? 0) > 0;
}

/** Of indentation a figure and a word ("tabs") are values alike. */
const anyValued = familiesOf('indent indentation');

function anyKind(a: Statement, b: Statement): boolean {
  return a.slotTerms.some((term) => anyValued.has(term) && b.slotTerms.includes(term));
}

const places = familiesOf('home location timezone');

function comparableKinds(a: Statement, b: Statement): boolean {
  const family = (statement: Statement): string => statement.kind.split(' ').slice(-2).join(' ');
  if (a.kind !== '' && b.kind !== '' && family(a) !== family(b)) return false;
  // Where somebody lives is no contradiction to the editor that they "live in".
  if ((a.kind === '') !== (b.kind === '') && [a, b].some((one) => one.slotTerms.some((term) => places.has(term)))) return false;
  return kindClass(a) === kindClass(b);
}

function kindClass(statement: Statement): string {
  return statement.value === null ? 'words' : kindClassOf(statement.value);
}

function kindClassOf(value: Value): string {
  if (
    kindOfThing(value.text) !== '' &&
    value.figures.every((figure) => value.terms.some((term) => term.includes(figure) && /\p{L}/u.test(term)))
  )
    return 'words';
  switch (value.kind) {
    case 'number':
    case 'quantity':
      return 'figure';
    case 'date':
      return 'date';
    case 'time':
      return 'time';
    case 'command':
    case 'code':
    case 'path':
    case 'identifier':
    case 'version':
      return 'symbol';
    case 'email':
    case 'url':
    case 'channel':
    case 'weekday':
      return value.kind;
    default:
      return 'words';
  }
}

/** Nearly the same words, and nothing that changes the meaning differs: negation, figures, identifiers, names. */
export function nearIdentical(a: Statement, b: Statement): boolean {
  if (a.text === b.text) return true;
  if (a.polarity !== b.polarity) return false;
  // "From A to B" and "from B to A" have the same words.
  if (
    (a.oldValue !== null || b.oldValue !== null) &&
    a.value !== null &&
    b.value !== null &&
    compareValues(a.value, b.value) === 'different'
  )
    return false;
  if ((isPlain(a) && isPlain(b) && differInValueOnly(a, b)) || differInSubject(a, b)) return false;
  const likeness = similarity(wordBag(a.terms), wordBag(b.terms), shortNote);
  if (likeness < likenessNeeded(a, b)) return false;
  return figuresAgree(a, b) && sameMarks(a.terms, b.terms) && !namesDiffer(a, b);
}

/** What a person tells of themselves comes back in other words: there a little less makes it the same. */
function likenessNeeded(a: Statement, b: Statement): number {
  const fewest = Math.min(a.terms.length, b.terms.length);
  if (fewest < 5) return 0.8;
  return isToldOfOneself(a) && isToldOfOneself(b) && monthsOf(a) === monthsOf(b) ? 0.65 : 0.72;
}

/** A lasting thing that somebody said of themselves in a talk between people, who stand in it by name. */
function isToldOfOneself({ fact, durability }: Statement): boolean {
  return (
    fact !== null &&
    durability !== 'episode' &&
    ownWords.test(fact.evidence[0]?.quote ?? '') &&
    !/\bthe (?:user|team)\b/i.test(fact.statement) &&
    !ownWords.test(fact.statement)
  );
}

const ownWords = /\b(?:I|my|me|we|our|us)\b/i;

function monthsOf({ text }: Statement): string {
  return (text.match(/\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/g) ?? []).sort().join();
}

/** A short statement whose every word stands in the longer one. */
function saysWithin(a: Statement, b: Statement): boolean {
  if (a.polarity !== b.polarity) return false;
  const [short, long] = a.terms.length <= b.terms.length ? [a, b] : [b, a];
  if (short.terms.length < 4 || short.terms.length < 0.66 * long.terms.length) return false;
  const held = short.terms.filter((term) => long.terms.includes(term)).length;
  return held === short.terms.length && figuresAgree(a, b) && sameMarks(a.terms, b.terms);
}

function figuresAgree(a: Statement, b: Statement): boolean {
  // When a line was noted is no figure of what it says.
  const left = figuresOf(withoutDateNote(a.text));
  const right = figuresOf(withoutDateNote(b.text));
  return left.length === 0 || right.length === 0 || sameFigures(left, right) || subset(left, right) || subset(right, left);
}

function subset(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((figure) => outer.includes(figure));
}

/** Identifiers of the one that the other lacks, on both sides: two things. */
function sameMarks(a: readonly string[], b: readonly string[]): boolean {
  const extra = (from: readonly string[], other: readonly string[]): boolean =>
    from.some((term) => isIdentifier(term) && !other.includes(term));
  return !(extra(a, b) && extra(b, a));
}

/** Each has one more word than the other, and it is the same place that differs: "the red flag", "the blue flag". */
function namesDiffer(a: Statement, b: Statement): boolean {
  const onlyLeft = a.terms.filter((term) => !b.terms.includes(term) && !soft.has(term));
  const onlyRight = b.terms.filter((term) => !a.terms.includes(term) && !soft.has(term));
  return onlyLeft.length > 0 && onlyRight.length > 0 && onlyLeft.length + onlyRight.length <= 2;
}

function sameEnvironment(a: Statement, b: Statement): boolean {
  return environmentsOf(a) === environmentsOf(b);
}

const environmentsOf = rememberedOf(({ slotTerms }: Statement): string =>
  environments
    .filter((name) => slotTerms.includes(name))
    .sort()
    .join(' '),
);
