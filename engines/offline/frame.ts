// Reads one statement as slot and value: whom it is about, which property, what value, and how it is meant.
import { stemmer } from 'stemmer';
import { similarity } from '../../domain/similarity.ts';
import { concept } from './concepts.ts';
import { readMood } from './mood.ts';
import type { Mood } from './mood.ts';
import { remembered } from './remembered.ts';
import { parseSlot } from './slot.ts';
import { valueKind } from './value.ts';
import type { ValueKind } from './value.ts';
import { shortNote, wordBag } from './word-bag.ts';
import { terms } from './words.ts';

export interface Frame extends Mood {
  /** Whom or what it is about, normalised as in CandidateFact; '' when unknown. */
  subject: string;
  /** Which property, normalised; '' when the statement is no slot-and-value. */
  attribute: string;
  /** As said; null when the statement is no slot-and-value. */
  value: string | null;
  valueKind: ValueKind | null;
  /** The value that the statement itself replaces ("from A to B", "B instead of A"). */
  oldValue: string | null;
  /** The sentence's form says that its subject has one such value. */
  single: boolean;
  /** Content terms without the values, words of one family made one: what a matcher compares to find the same slot. */
  keyTerms: string[];
  valueTerms: string[];
}

/** Statements longer than this are prose, not a slot. */
const longest = 600;

export const frameOf: (statement: string) => Frame = remembered((statement) => {
  const text = statement.trim();
  const mood = readMood(text);
  const slot = text.length > longest ? null : parseSlot(text);
  const kind = slot === null ? null : valueKind(slot.value);
  const keyText = slot === null ? text.slice(0, 4 * longest) : slot.rest;
  return {
    ...mood,
    subject: slot === null ? '' : normalise(slot.subject),
    attribute: slot === null ? '' : normalise(slot.attribute),
    value: slot?.value ?? null,
    valueKind: kind,
    oldValue: slot?.oldValue ?? null,
    single: slot?.single === true,
    keyTerms: keyTermsOf(keyText, kind),
    valueTerms: slot === null ? [] : unique(terms(slot.value)),
  };
});

/** Values of these kinds say by themselves which property they are of. */
const kindTerms: Partial<Record<ValueKind, string>> = { weekday: 'day', time: 'time', region: 'region' };

function keyTermsOf(text: string, kind: ValueKind | null): string[] {
  const found = terms(text).map(concept);
  const own = kind === null ? undefined : kindTerms[kind];
  if (own !== undefined) found.push(concept(stemmer(own)));
  const limit = concept('limit');
  // "rate limit" and "quota" name the same.
  return unique(found.includes(limit) ? found.filter((term) => term !== 'rate') : found);
}

/** How surely two statements speak of the same slot, 0 to 1, whatever their values. */
export function slotLikeness(a: Frame, b: Frame): number {
  const likeness = similarity(wordBag(a.keyTerms), wordBag(b.keyTerms), shortNote);
  if (a.subject !== '' && a.attribute !== '' && a.subject === b.subject && a.attribute === b.attribute) return 1;
  if (a.valueKind === null || b.valueKind === null || a.valueKind === b.valueKind) return likeness;
  return likeness * 0.7;
}

function normalise(text: string): string {
  return unique(terms(text).map(concept)).join(' ');
}

function unique(list: string[]): string[] {
  return [...new Set(list)];
}
