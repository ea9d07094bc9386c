// Of a message in a long talk about somebody's project, the sentences that say what it is about: named things, figures, what others take up.
import { frameOf } from '../frame.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import type { Span } from '../words.ts';
import { withoutAddressee } from './acceptance.ts';
import { joke, smallTalk } from './judge.ts';
import { tag } from './language.ts';
import { privateSpans, touches } from './private-spans.ts';
import { ownSentences } from './prose.ts';
import { withoutFiller, withoutLead } from './wording.ts';

export interface TellingSentence extends Span {
  /** Without filler and address, still in the speaker's person. */
  text: string;
  kind: 'statement' | 'question' | 'request' | 'plan';
  score: number;
}

/** Longer messages are pasted; their beginning says what they are about. */
const longestRead = 6_000;
const mostSentences = 30;
/** A sentence below this says nothing that a reader could look for. */
const fewestThings = 2;
/** "Let's begin with the roof": both decide; "let's go", "let's do it" name nothing. */
const joint = /^let['’]?s\b/i;
const jointPlan = /^let['’]?s\s+(?!(?:not|see|say|go|do (?:it|this|that)|move|get (?:it|this|that|going|started|moving))\b)/i;
/** What is said of the agent and its ways. */
const ofAgent = /^(?:you|your|you['’]\w+)\b/i;
const refusing = /^(?:please )?(?:don['’]?t|do not|never|stop|no|quit)\b/i;
/** Sentences longer than this are cut at a clause. */
const longestSaid = 200;
const shortestCut = 60;
/** How much a question or a request to the agent tells against a statement: it says only what somebody wants to know. */
const worth = { statement: 1, plan: 1, question: 0.5, request: 0.5 };

/** `others`: the session's other messages, lower case; a word that they take up is what the talk is about. */
export function tellingSentences(message: string, others: readonly string[]): TellingSentence[] {
  const found: TellingSentence[] = [];
  // A credential may only show as one beside the sentence before it.
  const hidden = privateSpans(message.slice(0, longestRead));
  for (const span of ownSentences(message, 0, Math.min(message.length, longestRead)).slice(0, mostSentences)) {
    const text = shortened(plainly(message.slice(span.start, span.end)));
    if (text.length < 12 || smallTalk.test(text) || joke.test(text) || touches(hidden, span) || ofAgent.test(text)) continue;
    const kind = kindOf(text);
    const things = thingsIn(text);
    if (kind === null || things.length < fewestThings) continue;
    const weight = things.reduce((sum, { word, named }) => sum + 1 + (named ? 1 : 0) + Math.min(2, takenUp(word, others)) * 0.5, 0);
    found.push({ ...span, text, kind, score: (worth[kind] * weight) / Math.sqrt(Math.max(6, terms(text).length)) });
  }
  return found;
}

function plainly(sentence: string): string {
  const said = withoutAddressee(sentence).replace(/^now that\b/i, 'Since');
  return withoutLead(withoutAddressee(withoutFiller(said)));
}

function kindOf(text: string): TellingSentence['kind'] | null {
  const frame = frameOf(text);
  if (frame.question) return 'question';
  if (frame.hypothetical) return null;
  if (joint.test(text)) return jointPlan.test(text) ? 'plan' : null;
  if (frame.imperative || /^please\b/i.test(text) || opensWithVerb(text)) return refusing.test(text) ? null : 'request';
  return 'statement';
}

/** A verb in its base form, and what it is to be done to: an order by whatever verb. */
function opensWithVerb(text: string): boolean {
  const [first, second] = tag(text.slice(0, 120));
  return (
    first !== undefined &&
    first.tag === 'VERB' &&
    first.word.toLowerCase() === first.lemma.toLowerCase() &&
    !/^(?:thank|need|want|guess|hope|seem|sound|look|feel|got)/i.test(first.word) &&
    second !== undefined &&
    /^(?:DET|NOUN|PROPN|ADJ|PRON|NUM|ADP|PUNCT)$/.test(second.tag) &&
    second.word !== ':'
  );
}

/** Up to the last clause that fits; a long sentence has its gist in front. */
function shortened(text: string): string {
  if (text.length <= longestSaid) return text;
  let cut = -1;
  for (const match of text.slice(0, longestSaid).matchAll(/[,;:]\s|\s[–—-]\s|\s(?=(?:and|but|so|because|which|while|where|since)\s)/g))
    if (match.index >= shortestCut) cut = match.index;
  return cut < 0 ? '' : text.slice(0, cut);
}

/** What a sentence names: nouns, names, figures, each once. */
function thingsIn(text: string): { word: string; named: boolean }[] {
  const things = new Map<string, boolean>();
  const values = hardValues(text);
  for (const [index, { word, tag: part }] of tag(text.slice(0, 500)).entries()) {
    if (part !== 'NOUN' && part !== 'PROPN' && part !== 'NUM' && part !== 'X' && part !== 'SYM') continue;
    const lower = word.toLowerCase();
    if (terms(lower).length === 0) continue;
    const named = /\d/.test(word) || (index > 0 && /^\p{Lu}/u.test(word)) || values.some((value) => value.text.includes(word));
    things.set(lower, (things.get(lower) ?? false) || named);
  }
  return [...things].map(([word, named]) => ({ word, named }));
}

function takenUp(word: string, others: readonly string[]): number {
  if (word.length < 4) return 0;
  const stem = word.replace(/(?:ies|es|s)$/, '');
  return others.reduce((count, text) => count + (text.includes(stem) ? 1 : 0), 0);
}

/** The best ones within a room of characters, in the order in which they were said. */
export function chooseWithin(sentences: readonly TellingSentence[], room: number, most: number): TellingSentence[] {
  const chosen: TellingSentence[] = [];
  let left = room;
  for (const sentence of [...sentences].sort((a, b) => b.score - a.score || a.start - b.start)) {
    if (chosen.length >= most || sentence.text.length > left) continue;
    chosen.push(sentence);
    left -= sentence.text.length + 1;
  }
  return chosen.sort((a, b) => a.start - b.start);
}
