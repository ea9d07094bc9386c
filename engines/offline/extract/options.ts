// The agent offers several ways, the user takes one: which, and which were passed over.
import type { Span } from '../words.ts';
import { terms } from '../words.ts';

export interface Pick {
  taken: Span;
  passed: Span[];
}

/** An offer stands at the end of a message; more options than this are a plan, longer ones an essay. */
const reach = 1_500;
const mostOptions = 6;
const longestOption = 300;
const longestReply = 25;
/** "I could x, or y" is no clear offer; what answers it is short. */
const longestToSentence = 14;

const listedLine = /^[ \t]{0,8}(?:[-*+•]\s+)?(?:\*\*|__)?\(?(?:option )?([a-h]|\d)[.):](?:\*\*|__)?\)?\s+(.{3,})$/i;
const bulleted = /^[ \t]{0,8}[-*+•]\s+(.{3,})$/;
const offering =
  /\b(?:options?|choices?|alternatives?|(?:two|three|four|several|some|possible|other) ways|either|which (?:one|would|do|should)|prefer|rather|(?:i|we|you) (?:can|could|might|may)|shall i|should (?:i|we)|want me to)\b/i;
const inlineMark = /\((?:[a-h]|\d)\)\s+/g;
const modal =
  /\b(?:either|options?(?: are)?:|(?:i|we|you)(?: (?:can|could|might|may|would)|['’]d)(?: either)?|shall (?:i|we)|should (?:i|we)|want me to|would you (?:like|prefer|rather)(?: me to)?|do you (?:want|prefer)(?: me to)?)\s+/i;

export interface Offer {
  options: Span[];
  /** Each on its own line or by its own letter. */
  listed: boolean;
  /** It is put as a choice; else it is a list, of which only a number or letter takes one. */
  asked: boolean;
}

/** The options at the end of what the agent said; none when it offers no choice. */
export function optionsIn(text: string): Offer {
  const from = Math.max(0, text.length - reach);
  const asked = offering.test(text.slice(from));
  const lines = linesOf(text, from, listedLine, 2);
  if (lines.length >= 2)
    return { options: lines, listed: true, asked: asked && !lines.some(({ start, end }) => text.slice(start, end).includes('?')) };
  if (!asked) return { options: [], listed: false, asked };
  const bullets = linesOf(text, from, bulleted, 1);
  const listed = bullets.length >= 2;
  return { options: listed ? bullets : inSentence(text, from), listed, asked };
}

function linesOf(text: string, from: number, shape: RegExp, group: number): Span[] {
  const spans: Span[] = [];
  for (let start = from; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + longestOption)).trimEnd();
    const said = shape.exec(line)?.[group];
    if (said !== undefined) spans.push({ start: start + line.length - said.length, end: start + line.length });
    start = end + 1;
  }
  return spans.length > mostOptions ? [] : spans;
}

/** "(a) x, (b) y, or (c) z"; "either x, or y"; "I could x, or y". */
function inSentence(text: string, from: number): Span[] {
  const marks = [...text.slice(from).matchAll(inlineMark)];
  if (marks.length >= 2 && marks.length <= mostOptions)
    return marks.map((mark, index) => {
      const start = from + mark.index + mark[0].length;
      return trimmed(text, start, from + (marks[index + 1]?.index ?? text.length - from));
    });
  for (let start = from; start < text.length;) {
    const stop = /[.?!;](?=\s|$)|\n/g;
    stop.lastIndex = start;
    const end = stop.exec(text)?.index ?? text.length;
    const sentence = text.slice(start, end);
    const lead = sentence.length <= 2 * longestOption ? modal.exec(sentence) : null;
    if (lead !== null && /\sor\s/.test(sentence.slice(lead.index))) {
      const options = alternatives(text, start + lead.index + lead[0].length, end);
      if (options.length >= 2) return options;
    }
    start = end + 1;
  }
  return [];
}

function alternatives(text: string, from: number, to: number): Span[] {
  const cuts = [...text.slice(from, to).matchAll(/,?\s+or\s+|,\s+/g)];
  const last = cuts.findLast((cut) => /\bor\b/.test(cut[0]));
  // Commas part options only where a list of three or more ends with "or"; else they belong to one option.
  const parting =
    cuts.length > 2 || /,/.test(last?.[0] ?? '') === false ? cuts.filter((cut) => /\bor\b/.test(cut[0]) || isListComma(cut, cuts)) : cuts;
  const bounds = [from, ...parting.flatMap((cut) => [from + cut.index, from + cut.index + cut[0].length]), to];
  const spans: Span[] = [];
  for (let index = 0; index + 1 < bounds.length; index += 2) spans.push(trimmed(text, bounds[index] ?? from, bounds[index + 1] ?? to));
  return spans.length > mostOptions ? [] : spans.filter((span) => span.end > span.start);
}

/** "x, y, or z": a comma before a last one that stands with "or". */
function isListComma(cut: RegExpExecArray, cuts: readonly RegExpExecArray[]): boolean {
  const last = cuts.findLast((one) => /\bor\b/.test(one[0]));
  return last !== undefined && /^,/.test(last[0]) && cut.index < last.index;
}

function trimmed(text: string, start: number, end: number): Span {
  const raw = text.slice(start, Math.min(end, start + longestOption));
  const head = raw.length - raw.trimStart().length;
  const tail = raw.replace(/(?:\s|[,;.?!]|\bor|\band)+$/i, '');
  return { start: start + head, end: start + Math.max(head, tail.length) };
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
const courtesy =
  /^(?:(?:ok|okay|yes|yeah|yea|sure|right|hm+|well|good|great|thanks|please|let['’]?s|(?:i|we)(?:['’]d| would| will|['’]ll)? (?:say|take|go|pick|choose|prefer|like|want|do)|go|do|take|use|pick|with|for|option|number|the|choose)\b[,.:!]?\s+)+/i;
const byMark = /^\(?([a-h]|\d)\)?(?:[.,;:!)]|\s*$|\s+(?:please|pls|then|it is|i think|of course|obviously|is fine|sounds|seems))/i;
const byOrder =
  /^(first|second|third|fourth|fifth|sixth|last|former|latter|1st|2nd|3rd)\b(?:\s+(?:one|option|of)\b|[.,;!]|\s*$|\s+(?:please|pls|then))/i;
const negation = /\b(?:no|not|never|without|n['’]t|don['’]?t|rather not|instead of|over)\b/i;

/** Which of the offered ways a short reply takes; null when it takes none for sure. */
export function pickIn(reply: string, offered: string, { options, listed, asked }: Offer): Pick | null {
  const most = listed ? longestReply : longestToSentence;
  if (options.length < 2 || reply.split(/\s+/).length > most || /\?\s*$/.test(reply)) return null;
  const index = marked(reply, options.length) ?? (asked ? worded(reply, offered, options) : null);
  const taken = index === null ? undefined : options[index];
  return taken === undefined ? null : { taken, passed: options.filter((option) => option !== taken) };
}

function marked(reply: string, count: number): number | null {
  const bare = reply.trim().replace(courtesy, '');
  const mark = byMark.exec(bare)?.[1]?.toLowerCase();
  if (mark !== undefined) {
    const index = /\d/.test(mark) ? Number(mark) - 1 : mark.charCodeAt(0) - 97;
    return index >= 0 && index < count ? index : null;
  }
  const order = byOrder.exec(bare)?.[1]?.toLowerCase();
  if (order === undefined) return null;
  if (order === 'last' || order === 'latter') return count - 1;
  if (order === 'former') return 0;
  const index = /^\d/.test(order) ? Number(order.charAt(0)) - 1 : ordinals.indexOf(order);
  return index < count ? index : null;
}

/** By words that only one option has; a word right after a negation speaks against its option. */
function worded(reply: string, offered: string, options: readonly Span[]): number | null {
  const words = options.map(({ start, end }) => new Set(terms(offered.slice(start, end))));
  const scores = options.map(() => 0);
  let denied = false;
  for (const part of reply.split(/[,;–—]|[.!](?=\s|$)|\bbut\b/)) {
    const against = negation.exec(part);
    for (const term of new Set(terms(part))) {
      const holders = words.flatMap((set, index) => (set.has(term) ? [index] : []));
      const [only] = holders;
      if (only === undefined || holders.length > 1) continue;
      const speaksAgainst = against !== null && terms(part.slice(against.index)).includes(term);
      denied ||= speaksAgainst;
      scores[only] = (scores[only] ?? 0) + (speaksAgainst ? -1 : 1);
    }
  }
  const best = Math.max(...scores);
  const winners = scores.flatMap((score, index) => (score === best ? [index] : []));
  if (winners.length !== 1 || (best <= 0 && !(denied && best === 0))) return null;
  return winners[0] ?? null;
}
