// A line that says much besides the one value that a session gives anew: the figure changes where it stands, the rest of the line stays.
import { concept } from '../concepts.ts';
import { terms } from '../words.ts';
import { valuesIn } from './change-of-value.ts';
import { familiesOf, soft } from './slot-words.ts';
import { hollow, withoutDateNote } from './statement.ts';
import type { Statement } from './statement.ts';
import { compareValues, readValue } from './values.ts';
import type { Value } from './values.ts';

export interface Reworded {
  text: string;
  /** As it stood in the line. */
  oldValue: Value;
}

/** What a line says besides a figure is seldom about the figure; of a name (a place, a provider) it often is. */
const figureLike = new Set<Value['kind']>(['version', 'number', 'quantity', 'time']);
/** So many words that only the line has, or so many names and figures among them. */
const fewestWords = 3;
const fewestNames = 2;
const longest = 400;

/** What tells that the value is new says nothing that the line would lack. */
const ofChange = familiesOf('now upgrade bump raise lower move switch change set go update version new current today since');
/** What comes right behind a figure may explain it, and so falls with it. */
const explains =
  /^[`"')\]]*[,;]?\s*(?:\(|(?:which|where|whose|because|since|as|so|until|due|down from|up from|for now|but|not|instead|rather|twice|half|double|more|less)\b|[–—-]\s)/i;

/** null when the winner says something that the line does not, or the line little that the winner does not: then the winner's words stand. */
export function withRestKept(line: Statement, winner: Statement): Reworded | null {
  const value = winner.value;
  if (line.claim === null || line.claim.kind === 'code' || line.claim.kind === 'row') return null;
  if (value === null || !figureLike.has(value.kind) || winner.oldValue !== null || line.oldValue !== null) return null;
  if (winner.polarity === 'negated' || line.polarity === 'negated' || winner.revokes) return null;
  const text = withoutDateNote(line.text);
  const oldValue = counterpartIn(text, value);
  if (oldValue === null || !saysMore(line, winner, oldValue, value)) return null;
  const at = text.indexOf(oldValue.text);
  const end = at + oldValue.text.length;
  if (text.includes(oldValue.text, at + 1) || explains.test(text.slice(end))) return null;
  const replaced = `${text.slice(0, at)}${value.text}${text.slice(end)}`;
  return replaced.length > longest ? null : { text: replaced, oldValue };
}

/** The only value of the line that is of the same kind, name and unit. */
function counterpartIn(text: string, value: Value): Value | null {
  const alike = valuesIn(text)
    .map((found) => readValue(found.text, text))
    .filter((other) => other.kind === value.kind && other.unit === value.unit && namesOf(other) === namesOf(value));
  const [only] = alike;
  return only !== undefined && alike.length === 1 && compareValues(only, value) === 'different' ? only : null;
}

function namesOf(value: Value): string {
  return value.terms
    .filter((term) => !/^\d/.test(term))
    .sort()
    .join(' ');
}

function saysMore(line: Statement, winner: Statement, oldValue: Value, value: Value): boolean {
  const told = (statement: Statement, own: Value): string[] => {
    const given = new Set(own.terms.map(concept));
    return statement.terms.filter((term) => !given.has(term) && !soft.has(term) && !hollow.has(term));
  };
  const [ofLine, ofWinner] = [told(line, oldValue), told(winner, value)];
  if (ofWinner.some((term) => !ofLine.includes(term) && !ofChange.has(term))) return false;
  const more = new Set(ofLine.filter((term) => !ofWinner.includes(term)));
  const names = new Set((line.text.match(/(?<=\s[`"'(]?)\p{Lu}[\p{L}\d-]+|\d[\d.,:]*\d|\d/gu) ?? []).flatMap(terms).map(concept));
  return more.size >= fewestWords || [...more].filter((term) => names.has(term)).length >= fewestNames;
}
