// How a user wants answers, by aspect: of each only one thing holds at a time (a length, a form, a language).
import { concept } from '../concepts.ts';
import { terms } from '../words.ts';
import type { Statement } from './statement.ts';

const aspects: readonly [string, RegExp][] = [
  [
    'length',
    /\b(?:short|brief|briefly|concise|terse|compact|long|longer|detailed|verbose|thorough|in depth|one sentence|one line|few words|elaborate|extensive)\b/i,
  ],
  [
    'form',
    /\b(?:paragraphs?|bullets?|bullet points?|lists?|steps|tables?|prose|numbered|headings|plain text|markdown|outline|diagrams?|q&a|essay)\b/i,
  ],
  [
    'language',
    /\b(?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|hebrew|hindi|bengali|chinese|mandarin|japanese|korean|vietnamese|thai|swedish|norwegian|danish|finnish|czech|greek|hungarian|romanian)\b/i,
  ],
  ['tone', /\b(?:formal|informal|casual|friendly|polite|neutral|playful|dry|humou?r|emojis?)\b/i],
];
const answering = new Set(terms('answer answers reply response responses explanation explain explaining').map(concept));

const shortWords = new Set(terms('short brief briefly concise terse compact'));

/** "Short answers, no essays" and "reply in few words": a negation beside it turns nothing round. */
export function bothShort(a: Aspect, b: Aspect): boolean {
  return a.name === 'length' && b.name === 'length' && [a, b].every(({ said }) => said.includes(brief));
}

const brief = 'short';

export interface Aspect {
  name: string;
  /** The words that say which: "tabl", "paragraph". */
  said: string[];
}

/** null when the statement is not about answers, or about none of these aspects. */
export function aspectOf(statement: Statement): Aspect | null {
  if (statement.text.length > 200 || !statement.terms.some((term) => answering.has(term))) return null;
  for (const [name, words] of aspects) {
    const said = [...statement.text.matchAll(new RegExp(words.source, 'gi'))]
      .flatMap((match) => terms(match[0]))
      .map((term) => (shortWords.has(term) ? brief : term));
    if (said.length > 0) return { name, said };
  }
  return null;
}
