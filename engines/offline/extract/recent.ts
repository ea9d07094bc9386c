// "I just moved" says when: right before it was said. A line that keeps the word and loses the day says nothing later.
import { longDate } from '../dates.ts';

const just =
  /\bjust (?!had to\b)(?=(?:\p{L}{3,}ed|got|had|did|made|came|went|found|saw|took|bought|won|lost|met|left|began|heard|wrote|read|sold|built|sent|taught|told|gave|ran|drew|became)\b)/iu;
const dated = /\b(?:19|20)\d{2}\b/;

/** The sentence with the day it was said in place of "just"; as it is where it names a date or none is known. */
export function withRecency(sentence: string, at: string | null): string {
  const said = at === null ? null : new Date(at);
  if (said === null || Number.isNaN(said.getTime()) || !just.test(sentence)) return sentence;
  const rest = sentence.replace(just, '');
  return dated.test(rest) ? rest : `${rest.replace(/[.!]+$/, '')} (${longDate(said)})`;
}
