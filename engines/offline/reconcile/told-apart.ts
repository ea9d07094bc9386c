// Two statements in nearly the same words that all the same say two things: another subject, another property, another value.
import { concept } from '../concepts.ts';
import { remembered } from '../remembered.ts';
import { terms } from '../words.ts';
import { areSisters, soft } from './slot-words.ts';
import type { Statement } from './statement.ts';
import { compareValues } from './values.ts';

/** The same sentence up to its value, which is another: however long the rest, they say two things. */
export function differInValueOnly(a: Statement, b: Statement): boolean {
  if (a.value === null || b.value === null || a.attribute === '' || a.subject !== b.subject || a.attribute !== b.attribute) return false;
  if (!sameTerms(a.slotTerms, b.slotTerms) || compareValues(a.value, b.value) !== 'different') return false;
  return (a.frame.single && b.frame.single) || !a.value.terms.some((term) => b.value?.terms.includes(term));
}

/** The same said of two: however many words they share, "Ann is a member of X" is not "Ben is a member of X". */
export function differInSubject(a: Statement, b: Statement): boolean {
  if (a.attribute === '' || a.attribute !== b.attribute || !areTwoSubjects(a, b)) return false;
  const [left, right] = ownSubjects(a, b);
  const apart = left.length === subjectTerms(a).length && right.length === subjectTerms(b).length;
  return apart || (areNamed(left, a) && areNamed(right, b));
}

/** Each subject has a word that the other lacks. */
export function areTwoSubjects(a: Statement, b: Statement): boolean {
  return ownSubjects(a, b).every((terms) => terms.length > 0);
}

function ownSubjects(a: Statement, b: Statement): [string[], string[]] {
  const [left, right] = [subjectTerms(a), subjectTerms(b)];
  return [left.filter((term) => !right.includes(term)), right.filter((term) => !left.includes(term))];
}

function subjectTerms({ subject }: Statement): string[] {
  return tellingTerms(subject);
}

const tellingTerms: (subject: string) => string[] = remembered((subject) =>
  subject.split(' ').filter((term) => term !== '' && !soft.has(term)),
);

/** Written with a capital within the sentence. */
function areNamed(stems: readonly string[], { text }: Statement): boolean {
  const names = new Set((text.slice(1).match(/(?<=\s)\p{Lu}[\p{L}\d]+/gu) ?? []).flatMap((name) => terms(name).map(concept)));
  return stems.some((term) => names.has(term));
}

/** The same words in any order, two at least. */
export function sameTerms(a: readonly string[], b: readonly string[]): boolean {
  return a.length >= 2 && a.length === b.length && a.every((term) => b.includes(term));
}

/** "The capital of X" and "the president of X" are two properties, whatever else the sentences share. */
export function haveWordInCommon(a: string, b: string): boolean {
  const words = b.split(' ');
  return a.split(' ').some((word) => words.some((other) => word === other || areSisters(word, other)));
}
