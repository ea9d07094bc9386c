// What a saying is about, for counting over sessions: its words by family, the parts of names, code and flags as they stand.
import type { CandidateFact } from '../../../domain/fact.ts';
import { concept } from '../concepts.ts';
import { isIdentifier, terms } from '../words.ts';
import { quoteOf } from './corrections.ts';

/** `-p 1`, `--frozen`: a flag names a remedy better than any word. */
const flag = /(?<=[\s`(])--?[a-z][\w-]*(?:[ =]\d+)?(?=[\s`).,]|$)/g;
const code = /`([^`\n]{2,60})`/g;

/** Words of every working day: alone they tell no habit from the next. General English and the trade, not any project's. */
const everyday = new Set(
  terms(
    'thing things way ways lot bit time times day days today tomorrow yesterday week weeks month year hour hours minute minutes second seconds morning evening night monday tuesday wednesday thursday friday saturday sunday ' +
      'one two three four five six seven eight nine ten first last next new old good bad nice fine great right wrong better best big small long short high low same different other whole ' +
      'make made making take took taken put use used using do want wanted need needed like look looks looking see seen say said tell told think know mean guess keep kept let try tried show shown give gave add added adding change changed changes changing remove removed fix fixed fixing run runs running ran work works working worked check checked find found start started stop stopped come came back set call called move moved turn leave left ask asked write wrote written read open close done finish finished help please thanks sure maybe ' +
      'error errors fail fails failed failing failure failures problem problems issue issues bug bugs broken cause causes caused reason test tests code file files line lines name named value values data number part place point case side end kind type example question answer list page user users people person team guy colleague ' +
      'drop delete deleted update updated create created send sent build built pass passes passed happen happened wait become became merge merged push pushed pull deploy deployed ship release version branch commit everything anything something nothing someone anybody everybody actually really already probably only too much many more less few every while whatever once twice',
  ).map(concept),
);

export function isEveryday(token: string): boolean {
  return token.length < 3 || everyday.has(token) || /^\d/.test(token);
}

/** A name, a flag, a piece of code: something that nobody says by chance. */
export function isMark(token: string): boolean {
  return /^[`-]/.test(token);
}

const kept = new WeakMap<CandidateFact, Set<string>>();

export function tokensOf(fact: CandidateFact): Set<string> {
  const earlier = kept.get(fact);
  if (earlier !== undefined) return earlier;
  const found = tokensIn(quoteOf(fact));
  kept.set(fact, found);
  return found;
}

export function tokensIn(text: string): Set<string> {
  const found = new Set<string>();
  const add = (term: string): void => {
    if (!isEveryday(concept(term))) found.add(concept(term));
  };
  for (const term of terms(text.slice(0, 1_000))) {
    if (!isIdentifier(term)) add(term);
    else for (const part of terms(term.replace(/[^\p{L}\d]+/gu, ' '))) add(part);
  }
  for (const [, span = ''] of text.matchAll(code)) if (!/^[\d\s]+$/.test(span)) found.add(`\`${span}\``);
  for (const [written] of text.matchAll(flag)) found.add(written);
  return found;
}
