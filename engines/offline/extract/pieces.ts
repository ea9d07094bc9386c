// Cuts a sentence said in one breath where somebody or something else becomes its subject: each piece can then be a line.
import { shapeOf } from './fragments.ts';
import { tag } from './language.ts';
import type { Token } from './language.ts';
import { isPredicate, uncleft } from './third-persons.ts';

/** Goes on with the clause before: it gives a reason, or says more of what was named. */
const goesOn =
  /^(?:because|since|as|if|unless|while|when|whenever|where|who|whom|whose|which|that|this|these|those|it|its|they|there|he|she|until|till|after|before|though|although|including|or|nor|not|than|like|for|with|without)$/i;
const connective = /^(?:so|and|but|yet)$/i;
const owner = /^(?:my|our|his|her|the|a|an|every|all|both)$/i;

/** The pieces in order; a sentence with one subject is one piece. */
export function piecesOf(sentence: string): string[] {
  if (sentence.length > 600) return [sentence];
  const tokens = tag(sentence);
  let at = 0;
  const offsets = tokens.map(({ gap, word }) => {
    const from = at + gap.length;
    at = from + word.length;
    return from;
  });
  const cuts: { end: number; start: number }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!/^[,;–—]$/.test(token.word)) continue;
    let next = index + 1;
    if (connective.test(tokens[next]?.word ?? '')) next++;
    const from = offsets[next];
    if (from === undefined) continue;
    // After a dash stands what explains the clause before it, unless that was only a cry: "Big news – we ...".
    if (/^[–—]$/.test(token.word) && shapeOf(sentence.slice(cuts.at(-1)?.start ?? 0, offsets[index])) !== 'fragment') continue;
    if (uncleft(sentence.slice(from)) !== null || hasOwnSubject(tokens, next)) {
      cuts.push({ end: offsets[index] ?? from, start: from });
    }
  }
  const pieces: string[] = [];
  let start = 0;
  for (const cut of [...cuts, { end: sentence.length, start: sentence.length }]) {
    const piece = sentence.slice(start, cut.end).trim();
    if (piece !== '') pieces.push(uncleft(piece) ?? piece);
    start = cut.start;
  }
  return pieces;
}

/** "his wife is", "the courses are", "Carl opens", "I gave": whom it is about and a verb. */
function hasOwnSubject(tokens: readonly Token[], from: number): boolean {
  const first = tokens[from];
  if (first === undefined || goesOn.test(first.word)) return false;
  if (/^(?:i|we)$/i.test(first.word)) return tokens[from + 1] !== undefined;
  const nounLed = owner.test(first.word) || first.tag === 'PROPN' || first.tag === 'NOUN';
  if (!nounLed) return false;
  let named = false;
  for (let index = from; index < Math.min(tokens.length, from + 6); index++) {
    const token = tokens[index];
    if (token === undefined || token.tag === 'PUNCT') return false;
    if (token.tag === 'NOUN' || token.tag === 'PROPN') named = true;
    else if (named && token.tag === 'AUX') return true;
    else if (named && /^['’](?:s|re|ve|ll)$/.test(token.word)) {
      if (isPredicate(tokens[index + 1], tokens[index + 2])) return true;
    } else if (named && token.tag === 'VERB') return token.word.toLowerCase() !== token.lemma.toLowerCase() && !/ing$/i.test(token.word);
  }
  return false;
}
