// A line whose every word another line repeats, sentence for sentence, before it goes on: the longer one says it all.
import { rememberedOf } from '../remembered.ts';
import { terms } from '../words.ts';
import type { Statement } from './statement.ts';
import { withoutDateNote } from './statement.ts';

const fewestTerms = 4;
/** "[Budget]", "【Budget】": where a note belongs, not what it says. */
const mark = /^\s*(?:\[[^\]]{1,80}\]|【[^】]{1,80}】)\s*/u;
/** What may stand right after the words that both have. */
const goesOn = /^(?:$|[\s,;:.!?)])/u;

export function statedWithin(a: Statement, b: Statement): boolean {
  if (a.claim === null || b.claim === null || a.claim.kind === 'code' || b.claim.kind === 'code') return false;
  const [left, right] = [bare(a), bare(b)];
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (Math.min(a.terms.length, b.terms.length) < fewestTerms) return false;
  for (let at = long.indexOf(short); at >= 0; at = long.indexOf(short, at + 1))
    if (
      /(?:^|[.!?;:]\s+)$/.test(long.slice(0, at)) &&
      goesOn.test(long.slice(at + short.length)) &&
      !restricted.test(long.slice(at + short.length))
    )
      return true;
  return goesOnFrom(a, b);
}

/** So many words in the same order are no chance. */
const fewestInOrder = 7;
const negating = /^(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|except|unless|\p{L}+n['’]t)$/u;

/** The fuller line says all that the other does, in its order, with more between; what was cut since is another statement. */
function goesOnFrom(a: Statement, b: Statement): boolean {
  const [short, long] = a.terms.length <= b.terms.length ? [a, b] : [b, a];
  if (short.terms.length < fewestInOrder || (short.at !== null && long.at !== null && short.at > long.at)) return false;
  const words = tellingWords(short);
  const whole = tellingWords(long);
  let from = 0;
  let negations = 0;
  for (const word of words) {
    let at = from;
    while (at < whole.length && whole[at] !== word) at++;
    if (at === whole.length) return false;
    // "Is not sold to guests" does not go on from "is sold to guests".
    for (let between = from; between < at; between++) if (negating.test(whole[between] ?? '')) negations++;
    if (negations > 0) return false;
    from = at + 1;
  }
  return true;
}

const tellingWords = rememberedOf((statement: Statement): string[] =>
  (bare(statement).match(/[\p{L}\d]+(?:['’.,][\p{L}\d]+)*/gu) ?? []).filter((word) => negating.test(word) || terms(word).length > 0),
);

/** "... unless it rains" takes back part of what was said. */
const restricted = /^[,;]?\s*(?:unless|except|but|only|if|until|not|or)\b/;

const bare = rememberedOf(({ text }: Statement): string => {
  let said = withoutDateNote(text);
  for (let before = ''; before !== said;) {
    before = said;
    said = said.replace(mark, '');
  }
  return said
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.!;,]+$/, '')
    .trim();
});
