// A line whose every word another line repeats, sentence for sentence, before it goes on: the longer one says it all.
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
  return false;
}

/** "... unless it rains" takes back part of what was said. */
const restricted = /^[,;]?\s*(?:unless|except|but|only|if|until|not|or)\b/;

function bare({ text }: Statement): string {
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
}
