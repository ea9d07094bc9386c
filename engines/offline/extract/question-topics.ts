// What a message asks about, as labels for answers that are no sentences: "rate per unit" of "Do you know your rate per unit?".
import { sentences, terms } from '../words.ts';
import { agreeing, procedural } from './answers.ts';
import { tag, thirdPerson } from './language.ts';
import type { Token } from './language.ts';

export interface Topic {
  label: string;
  /** Where in the text the question stands. */
  start: number;
  end: number;
}

const longestLabel = 12;
const aside = /,\s*(?:by the way|btw|then|though|exactly|if i may ask)$/i;
/** How to go on, and what the agent may do: the answers are orders. */
const aboutTheTalk =
  /\b(?:(?:would|do) you (?:like|want|need)(?: me)? to|(?:shall|should|can|could|may) (?:i|we)\b|i (?:can|could|may) (?:help|do)|like me to|want me to)|^(?:want|need|ready|like|care|fancy)\s+(?:to|help|me|an?|some|any)\b/i;
/** Only the end of a message is still being asked when the other answers. */
const tail = 700;
const leadIn =
  /^(?:(?:and|so|but|ok|okay|oh|also|now|great|thanks|first|then|just out of curiosity|out of interest|by the way|\p{Lu}\p{L}+)[,:!–—-]+\s*)+/iu;
/** "Can you tell me", "do you know": the question proper follows. */
const asking =
  /^(?:(?:(?:can|could|would|will) you (?:please |maybe )?|please )?(?:tell|remind|show) me(?: (?:a (?:little|bit)|more|again))?(?: about)?|(?:can|could|would|will) you (?:share|describe|say|name)|(?:and )?do you (?:know|remember|have)|have you (?:got|thought about)|(?:and )?may i ask|any idea|describe|i(?:['’]d| would) (?:love|like) to (?:hear|know)(?: more)?(?: about)?)\s+/i;
const questionWord = /^(what|which|who|whom|whose|where|when|why|how)\b/i;
const auxiliary = /^(?:do|does|did|is|are|was|were|am|has|have|had|can|could|will|would|should|'s|’s)$/i;
const opens = '(?:what|which|who|where|when|why|how|is|are|do|does|did|has|have|can|will|was|were)';
const opening = new RegExp(`^${opens}\\b`, 'i');
const joined = new RegExp(`,?\\s+and\\s+(?=${opens}\\b)`, 'i');
/** The answer chooses between what is offered; the offer itself is no topic. */
const offered = new RegExp(`^(?:is|are|was|were|do|does|did|have|has|will)\\b.{2,60}?\\bor\\b`, 'i');

/** What the questions that end a message ask about, one topic for each thing asked. */
export function topicsIn(text: string): Topic[] {
  const from = Math.max(0, text.length - tail);
  const spans = sentences(text.slice(from)).map(({ start, end }) => ({ start: start + from, end: end + from }));
  const asked: { start: number; end: number }[] = [];
  for (let index = spans.length - 1; index >= 0; index--) {
    const span = spans[index];
    if (span === undefined || !/\?["')\]]*$/.test(text.slice(span.start, span.end).trimEnd())) break;
    asked.unshift(span);
  }
  const topics: Topic[] = [];
  for (const span of asked) {
    const question = text
      .slice(span.start, span.end)
      .replace(/\?["')\]]*\s*$/, '')
      .replace(aside, '')
      .replace(leadIn, '')
      .trim();
    const named = /^(?:and |so )?(?:what|how) about (?!(?:it|that|this|them|you|we|i)\b)(.{3,80})$/i.exec(question)?.[1];
    if (named !== undefined) {
      const label = labelOf(named);
      if (label !== null) topics.push({ label, ...span });
      continue;
    }
    if (procedural.test(question) || aboutTheTalk.test(question)) {
      topics.length = 0;
      continue;
    }
    // "So by hand? What does it cost?": the first only wonders.
    if (span !== asked.at(-1) && !opening.test(question) && !asking.test(question)) continue;
    for (const part of partsOf(question)) {
      const before = spans[spans.findIndex(({ start }) => start === span.start) - 1];
      const label = isBare(part) && before !== undefined ? bareOf(text.slice(before.start, before.end)) : labelOf(part);
      if (label !== null) topics.push({ label, ...(isBare(part) && before !== undefined ? { start: before.start, end: span.end } : span) });
    }
  }
  return topics;
}

/** Without the choices after a dash or colon, and one part for each thing asked. */
function partsOf(question: string): string[] {
  const head = question.split(/\s[–—-]+\s|:\s|;\s/)[0] ?? question;
  return head.split(joined).filter((part) => !offered.test(part) || questionWord.test(part));
}

/** "Which one?" asks about the sentence before it. */
function isBare(part: string): boolean {
  return /^(?:which|what|when|where|who|how)(?: (?:ones?|days?|of (?:them|those|these)|much|many|often|long|exactly|then|else))*$/i.test(
    part,
  );
}

function bareOf(sentence: string): string | null {
  const label = addressed(sentence.replace(/[.!?:]+$/, '').trim());
  return label.split(/\s+/).length <= longestLabel && terms(label).length >= 2 ? label : null;
}

function labelOf(part: string): string | null {
  const proper = part.replace(asking, '').trim();
  const label = plain(nounOf(proper))?.replace(
    /\s+(?:right now|at the moment|these days|currently|at present|nowadays|so far|now|then|yet|lately)$/i,
    '',
  );
  if (label === undefined || terms(label).length === 0 || label.split(/\s+/).length > longestLabel) return null;
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function plain(text: string | null): string | undefined {
  return text
    ?.replace(/^(?:the(?! user\b)|an?y?)\s+/i, '')
    .replace(/\s+(?:that\s+)?i (?:should|need|ought|can|could|may|have)\b.*$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The question as a noun phrase or a clause that names its subject. */
function nounOf(question: string): string | null {
  const tokens = tag(question);
  const asked = questionWord.exec(question)?.[1]?.toLowerCase() ?? null;
  const at = tokens.findIndex(({ word }) => auxiliary.test(word));
  // "Gas one gone", "the rate per unit", "what made you move": no question's order of words, so it can be a label as it is.
  if (at < 0 || at > 6) return addressed(question.replace(/^how (?!many|much|often|long|old|far|big)(?=\S+ \S)/i, ''));
  const aux = tokens[at]?.word.toLowerCase() ?? '';
  const before = textOf(tokens.slice(asked === null ? 0 : 1, at));
  const after = tokens.slice(at + 1);
  if (after.length === 0) return null;
  if (asked === null && at > 0) return addressed(question);
  const rest = textOf(after);
  if (before !== '' && after[0]?.tag === 'VERB' && after[0].lemma === after[0].word.toLowerCase()) return addressed(question);
  if (/^be\b/i.test(rest)) return addressed(question);
  const isBe = /^(?:is|are|was|were|am|'s|’s)$/.test(aux);
  if (isBe) {
    const ofYou = /^(?:you|we)\s+(?:\p{L}+ly\s+|also\s+|still\s+)*/iu.exec(rest);
    // "Are you running it on both?" is about running it on both.
    if (ofYou !== null)
      return joinedLabel(asked, before, `${asked === null ? '' : 'the user is '}${addressed(rest.slice(ofYou[0].length))}`);
    if (/^there\b/i.test(rest)) return addressed(rest.replace(/^there\s+(?:an?y?|some)?\s*/i, ''));
    if (asked === 'how' && before !== '') return `how ${before} ${addressed(rest)} ${aux.replace(/^['’]s$/, 'is')}`;
    return before === '' ? addressed(rest) : `${before} of ${addressed(rest.replace(/\s+(?:at|in|on|with|for|to|from)$/i, ''))}`;
  }
  if (/^(?:did|had|was)$/.test(aux)) return addressed(`${before} ${rest.replace(/^you\s+/i, '')}`);
  if (/^(?:has|have|can|could|will|would|should)$/.test(aux)) return joinedLabel(asked, before, `${addressed(rest)}`);
  const clause = /^you\b/i.test(rest) ? ofUser(after.slice(1)) : addressed(agreed(rest, after, aux === 'does'));
  return joinedLabel(asked ?? 'whether', before, clause);
}

/** "your permit end" with `does`: in so short a question the verb comes last, whatever the tagger takes it for. */
function agreed(rest: string, tokens: readonly Token[], singular: boolean): string {
  const last = tokens.at(-1);
  if (!singular || last === undefined || tokens.some(({ tag: part }, index) => part === 'ADP' || (index > 0 && part === 'PRON')))
    return agreeing(rest, singular, false);
  return textOf([...tokens.slice(0, -1), { ...last, word: thirdPerson(last.word, last.word) }]);
}

function joinedLabel(asked: string | null, before: string, clause: string): string {
  const word = asked === null || ((asked === 'what' || asked === 'which') && before !== '') ? '' : `${asked} `;
  return `${word}${before === '' ? '' : `${before} `}${clause}`.trim();
}

/** "pay per unit" of "do you pay per unit" → "the user pays per unit". */
function ofUser(tokens: Token[]): string {
  const verb = tokens.findIndex((token) => token.tag !== 'ADV' && token.tag !== 'PUNCT');
  const told = tokens.map((token, index) => token.gap + (index === verb ? thirdPerson(token.word, token.word) : token.word)).join('');
  return `the user ${addressed(told.trim())}`;
}

/** The one who is asked is the user. */
function addressed(text: string): string {
  let named = false;
  return text.replace(/\b(?:your|you|yours|yourself)\b/gi, (word) => {
    const lower = word.toLowerCase();
    const own = named || text.includes('the user');
    named = true;
    if (lower === 'your') return own ? 'their' : "the user's";
    if (lower === 'you') return own ? 'them' : 'the user';
    return lower === 'yours' ? "the user's" : 'themselves';
  });
}

function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => token.gap + token.word)
    .join('')
    .trim();
}
