// What has no subject of its own: "Sold to a dealer for 300", "24p, fixed till March". The question or the sentence before says what of.
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import { noAnswer } from './answers.ts';
import { tag } from './language.ts';
import type { Token } from './language.ts';

/** `clause`: subject and verb; `elided`: a verb whose subject is left out; `fragment`: no verb at all. */
export type Shape = 'clause' | 'elided' | 'fragment';

/** Where the first part of a sentence ends: what follows may have verbs of its own. */
const firstPart = /[,;:]\s|\s[–—-]\s|\s(?:so|but|because|since|as|who|which|that|where|when|while|if|til|till|until|though|although)\s/i;
const pronounFirst =
  /^(?:(?:and|but|so|also|now|then|well)[,]?\s+)*(?:i|we|he|she|it|they|you|this|that|there|these|those|who|what)(?:['’]\p{L}+)?(?=\s)/iu;
const everydayVerb =
  /[\p{L}\d)] (?:is|are|was|were|has|have|had|will|would|can|could|should|must|does|did|isn|aren|wasn|weren|doesn|didn|won|can)(?:['’]t|n['’]t)?(?= )/u;
const contracted = /^['’](?:s|m|re|ve|ll|d)$/i;

export function shapeOf(text: string): Shape {
  if (pronounFirst.test(text)) return 'clause';
  // Cheap first: most sentences hold an everyday verb after their first word.
  if (everydayVerb.test(text.slice(0, 160).split(firstPart)[0] ?? '')) return 'clause';
  const cut = firstPart.exec(text)?.index ?? text.length;
  const tokens = tag(text.slice(0, cut).slice(0, 300)).filter(({ tag: part }) => part !== 'PUNCT');
  const start = tokens.findIndex(({ tag: part }) => part !== 'ADV' && part !== 'INTJ' && part !== 'CCONJ');
  const head = tokens[start];
  if (head === undefined) return 'fragment';
  const isFinite = tokens.some((token, index) => index > start && isFiniteAt(tokens, index, token));
  if (head.tag === 'VERB') {
    // A base form is an order, and "Taking it out freed a corner" has its -ing form as subject.
    return isInflected(head) && !(/ing$/i.test(head.word) && isFinite) ? 'elided' : 'clause';
  }
  // "Had three offers" leaves its subject out like any verb.
  if (head.tag === 'AUX') return 'elided';
  return isFinite ? 'clause' : 'fragment';
}

function isInflected({ word, lemma }: Token): boolean {
  return word.toLowerCase() !== lemma.toLowerCase();
}

function isFiniteAt(tokens: readonly Token[], index: number, token: Token): boolean {
  const before = tokens[index - 1];
  if (before === undefined || /^to$/i.test(before.word)) return false;
  if (token.tag === 'AUX') return true;
  // "Jo's allergic" has a verb, "Jo's kitchen" an owner.
  if (contracted.test(token.word)) {
    const [next, afterNext] = [tokens[index + 1], tokens[index + 2]];
    return next !== undefined && next.tag !== 'NOUN' && next.tag !== 'PROPN' && !(next.tag === 'ADJ' && afterNext?.tag === 'NOUN');
  }
  return (
    token.tag === 'VERB' &&
    !/ing$/i.test(token.word) &&
    tokens.slice(Math.max(0, index - 2), index).some(({ tag: part }) => part === 'NOUN' || part === 'PROPN' || part === 'PRON')
  );
}

/** "Two of us in the shop": a thing, and of what or where it is. Such a fragment needs no question. */
export function namesItsThing(text: string): boolean {
  const tokens = tag((/^[^,;:–—]*/.exec(text)?.[0] ?? text).slice(0, 200)).filter(({ tag: part }) => part !== 'PUNCT');
  const link = tokens.findIndex(({ tag: part }, index) => index > 0 && part === 'ADP');
  return (
    link > 0 && tokens.slice(link).filter(isThing).length > 0 && tokens.filter((token) => isThing(token) || token.tag === 'NUM').length >= 2
  );
}

function isThing({ tag: part }: Token): boolean {
  return part === 'NOUN' || part === 'PROPN';
}

/** An answer that tells something: a value, a name, or words that are not only agreement. */
export function isTelling(answer: string): boolean {
  const bare = answer.replace(/[.!]+$/, '').trim();
  if (noAnswer.test(bare) || /\?$/.test(bare)) return false;
  return hardValues(bare).length > 0 || terms(bare).length > 0;
}

const closedClass =
  /^(?:The|An|My|Our|His|Her|Their|Its|This|That|These|Those|No|Not|Only|Just|Both|All|Every|Each|Some|Any|Same|Another|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|At|In|On|From|To|By|With|For|About|Around|After|Before|Since|Until|Till|Under|Over|Near|And|Or|But|So)$/;

/** "First week of March" becomes the second half of a line. A word that the tagger knows only as a name stays. */
export function asRest(text: string): string {
  const word = /^\p{Lu}\p{Ll}+(?![\p{Lu}\d])(?=[\s,.;-]|$)/u.exec(text)?.[0];
  if (
    word === undefined ||
    /^(?:\p{L}+days?|January|February|March|April|May|June|July|August|September|October|November|December)$/u.test(word)
  )
    return text;
  if (closedClass.test(word)) return text.charAt(0).toLowerCase() + text.slice(1);
  const [first, second] = tag(text.slice(0, 60));
  const named = first?.tag === 'PROPN' && (second?.tag === 'PROPN' || second?.tag === 'PUNCT' || second === undefined);
  return named ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** "Ends in May" after "When does the lease end": the question's subject and the answer's verb. */
export function sameVerb(label: string, plain: string): string | null {
  const match = /^(?:when|where|how(?: \p{L}+)?|whether|if) (.{2,60}) (\p{L}+)$/iu.exec(label);
  const [first] = tag(plain.slice(0, 40));
  if (match === null || first?.tag !== 'VERB') return null;
  const [asked] = tag(match[2] ?? '');
  const subject = match[1] ?? '';
  return asked?.lemma === first.lemma ? `${subject} ${plain.charAt(0).toLowerCase()}${plain.slice(1)}` : null;
}
