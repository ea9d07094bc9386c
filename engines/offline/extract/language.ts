// The one tagger of the offline engine: parts of speech and base forms, for the few sentences that need them.
import winkNLP from 'wink-nlp';
import type { ItsFunction } from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

const nlp = winkNLP(model, ['sbd', 'pos']);
const lemma = nlp.its.lemma as unknown as ItsFunction<string>;

export interface Token {
  word: string;
  /** Universal part of speech: NOUN, VERB, AUX, ... */
  tag: string;
  lemma: string;
  /** White space before it. */
  gap: string;
}

export function tag(text: string): Token[] {
  const tokens = nlp.readDoc(text).tokens();
  const words = tokens.out();
  const tags = tokens.out(nlp.its.pos);
  const lemmas = tokens.out(lemma);
  let from = 0;
  return words.map((word, index) => {
    const at = text.indexOf(word, from);
    const gap = at < 0 ? ' ' : text.slice(from, at);
    if (at >= 0) from = at + word.length;
    return { word, tag: tags[index] ?? 'X', lemma: lemmas[index] ?? word, gap };
  });
}

const auxiliaries: Record<string, string> = {
  am: 'is',
  are: 'is',
  have: 'has',
  do: 'does',
  "don't": "doesn't",
  'don’t': "doesn't",
  were: 'was',
  "haven't": "hasn't",
  "aren't": "isn't",
};
const fixed = /^(?:will|would|can|could|shall|should|may|might|must|ca|wo|'ll|'d|gonna|to|been|being|had|did|was|is|has|does|used)$/i;
/** Past forms that the tagger takes for base forms. */
const pastForms = new Set('found left felt saw fell lay ground wound bore bound shed'.split(' '));

export function isAuxiliary(word: string): boolean {
  return word.toLowerCase() in auxiliaries || fixed.test(word);
}

/** A verb in base form gets the third person's ending; every other form stays. */
export function thirdPerson(word: string, base: string): string {
  const lower = word.toLowerCase();
  const auxiliary = auxiliaries[lower];
  if (auxiliary !== undefined) return auxiliary;
  if (
    lower !== base.toLowerCase() ||
    fixed.test(lower) ||
    (/(?:ed|ing)$/.test(lower) && lower.length > 4 && lower !== 'need') ||
    pastForms.has(lower)
  )
    return word;
  if (/(?:s|x|z|ch|sh|o)$/.test(lower)) return `${word}es`;
  if (/[^aeiou]y$/.test(lower)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}
