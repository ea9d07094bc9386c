// Whether a message takes what the agent proposed: it agrees, objects to nothing, and goes on from there.
import { sentences } from '../words.ts';
import { approves } from './confirmations.ts';
import { tag } from './language.ts';

/** What takes back, in part or whole, what is agreed to before it. */
const objects =
  /\b(?:not|never|no|nope|but|however|although|instead|except|rather|wrong|incorrect|missing|missed|forgot|mistake|stop|wait|hold (?:on|up)|seriously|actually|again|already|still|without|too (?:\p{L}+))\b|n['’]t\b|\?/iu;
/** "No long talk", "not bad" and the like object to nothing; neither does the negation of a need to wait. */
const harmless = /\b(?:no (?:\p{L}+ )?(?:problem|doubt|worries|need|questions?)|not bad|not only|no more questions)\b/giu;
const affirms =
  /^(?:yes|yeah|yep|yup|sure|absolutely|definitely|agreed|exactly|correct|right|confirmed|understood|done|deal|please do|go ahead|proceed)\b/i;
/** Somebody judges: "this is X", "that looks X", "X makes sense". */
const judging = /^(?:is|are|was|['’]s|look|looks|sound|sounds|seem|seems|feel|feels|make|makes|work|works)$/i;
const unfavourable =
  /\b(?:broken|slow|bad|poor|unclear|confusing|late|long|short|vague|generic|rigid|complex|complicated|expensive|risky|hard|difficult|useless|ridiculous|unacceptable|frustrating|disappointing|tired|annoying|outdated|old|empty|off)\b/i;

/** The first two sentences decide; what comes after them goes on to something else. */
export function accepts(message: string): boolean {
  const opening = sentences(message.slice(0, 700)).slice(0, 2);
  const [first, second] = opening.map(({ start, end }) => message.slice(start, end));
  if (first === undefined) return false;
  if (objects.test(first.replace(harmless, ' '))) return false;
  if (agrees(first)) return second === undefined || !contradicts(second);
  return second !== undefined && isShort(first) && !objects.test(second.replace(harmless, ' ')) && agrees(second);
}

function agrees(sentence: string): boolean {
  const plain = withoutAddressee(sentence);
  if (approves(plain) || affirms.test(plain)) return true;
  if (unfavourable.test(plain)) return false;
  const tokens = tag(plain.slice(0, 240));
  // "Solid.", "Perfect": one word that judges, alone or before a comma.
  const [opener, after] = tokens;
  if (opener !== undefined && (opener.tag === 'ADJ' || opener.tag === 'INTJ') && (after === undefined || /^[.,!]$/.test(after.word)))
    return true;
  const at = tokens.findIndex(({ word }) => judging.test(word));
  if (at < 1 || at > 8) return false;
  return tokens
    .slice(at + 1, at + 5)
    .some(({ tag: part, word }) => part === 'ADJ' || /^(?:sense|exactly|precisely|perfectly|well|what)$/i.test(word));
}

function contradicts(sentence: string): boolean {
  return /^(?:but|however|except|only|just one)\b|\b(?:is|are|was)(?: not|n['’]t)\b.{0,40}\b(?:what|right|correct)\b/i.test(sentence);
}

/** "Okay.", "Great, my friend!": what leads up to the verdict. */
function isShort(sentence: string): boolean {
  return sentence.split(/\s+/).length <= 4;
}

/** Without who is spoken to: "my friend, this works" says "this works". */
export function withoutAddressee(sentence: string): string {
  return sentence
    .replace(
      /^(?:(?:ah|oh|hey|hi|hello|ok|okay|alright|so|well|and|now|look|yes)[,!]?\s+)*(?:my|dear) \p{L}+(?: \p{L}+)?\s?[,!:–—-]\s*/iu,
      '',
    )
    .replace(/,\s*my \p{L}+(?=\s*[,.!?]|$)/giu, '')
    .trim();
}

const offer =
  /(?:would you like (?:me )?to|do you want (?:me )?to|shall (?:i|we)|should (?:i|we)|are you ready to|ready to|can (?:i|we)|may i|want me to)\s+([^?\n]{8,160})\?[\s*_)"]*$/i;

/** What the agent offers at its end; null when it offers nothing. */
export function offerOf(message: string): { text: string; start: number; end: number } | null {
  const from = Math.max(0, message.length - 400);
  const match = offer.exec(message.slice(from));
  if (match === null) return null;
  const text = (match[1] ?? '').replace(/[*_`]+/g, '').trim();
  if (/,? or (?:is|are|do|would|should|shall|there|something|anything|perhaps|maybe)\b/i.test(text)) return null;
  return { text, start: from + match.index, end: from + match.index + match[0].trimEnd().length };
}

/** A plain yes to an offer. */
export function takesOffer(message: string): boolean {
  const first = sentences(message.slice(0, 300))[0];
  return first !== undefined && affirms.test(withoutAddressee(message.slice(first.start, first.end)));
}
