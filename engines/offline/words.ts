// What the offline engine takes for a sentence, for a word that counts, and for likeness of two statements.
import { stemmer } from 'stemmer';
import { remembered } from './remembered.ts';

export interface Span {
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

const abbreviations = new Set([
  'e.g',
  'i.e',
  'etc',
  'vs',
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'st',
  'jr',
  'sr',
  'inc',
  'ltd',
  'corp',
  'approx',
  'no',
  'fig',
  'cf',
  'al',
  'a.m',
  'p.m',
  'u.s',
  'dept',
  'est',
  'max',
  'min',
  'incl',
  'resp',
  'jan',
  'feb',
  'mar',
  'apr',
  'jun',
  'jul',
  'aug',
  'sep',
  'sept',
  'oct',
  'nov',
  'dec',
]);

/** Abbreviations that may also be the last word of a sentence: what follows decides. */
const alsoWords = new Set(['no', 'etc', 'max', 'min', 'a.m', 'p.m', 'al', 'mar', 'st', 'inc', 'ltd', 'corp', 'u.s']);

const listMarker = /^[ \t>]{0,40}(?:[-*+•]|\d{1,3}[.)]|\[[ xX]\])[ \t]+(?:\[[ xX]\][ \t]+)?/;

/** A list that begins higher than this is none. */
const highestOpening = 20;

/** The sentences of a text in order, without surrounding white space and list markers. One pass. */
export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let lineStart = 0;
  let number = 0;
  while (lineStart <= text.length) {
    let lineEnd = text.indexOf('\n', lineStart);
    if (lineEnd < 0) lineEnd = text.length;
    const marker = listMarker.exec(text.slice(lineStart, Math.min(lineEnd, lineStart + 60)));
    const counted = Number(/\d+/.exec(marker?.[0] ?? '')?.[0] ?? 0);
    // "72. It was 24 before" answers with a number; a list counts up to one that high.
    const isMarker = marker !== null && (counted <= highestOpening || counted === number + 1);
    if (isMarker && counted > 0) number = counted;
    splitLine(text, lineStart + (isMarker ? marker[0].length : 0), lineEnd, spans);
    lineStart = lineEnd + 1;
  }
  return spans;
}

function splitLine(text: string, from: number, to: number, spans: Span[]): void {
  let start = from;
  let codeEnd = -1;
  let moreCode = true;
  for (let i = from; i < to; i++) {
    const char = text.charCodeAt(i);
    if (char === 96 && i > codeEnd && moreCode) {
      const close = text.indexOf('`', i + 1);
      if (close > 0 && close < to) codeEnd = close;
      else moreCode = false;
    }
    if (i <= codeEnd || (char !== 46 && char !== 33 && char !== 63)) continue;
    let end = i + 1;
    while (end < to && isCloser(text.charCodeAt(end))) end++;
    if (end < to && !isSpace(text.charCodeAt(end))) continue;
    if (char === 46 && end < to && !endsSentence(text, start, end - 1, to)) continue;
    push(text, start, end, spans);
    start = end;
    i = end - 1;
  }
  push(text, start, to, spans);
}

/** Whether the full stop at `dot` is more than an abbreviation's. */
function endsSentence(text: string, start: number, dot: number, to: number): boolean {
  let wordStart = dot;
  while (wordStart > start && dot - wordStart < 24 && !isSpace(text.charCodeAt(wordStart - 1))) wordStart--;
  const word = text.slice(wordStart, dot).replace(/^["'([]/, '');
  if (text.charCodeAt(dot) !== 46) return true;
  let next = dot + 1;
  while (next < to && isSpace(text.charCodeAt(next))) next++;
  const following = text.charAt(next);
  const lower = following !== '' && following === following.toLowerCase() && following !== following.toUpperCase();
  if (lower && (word.endsWith('.') || /^\p{L}(?:\.\p{L})+$/u.test(word))) return false;
  const key = word.toLowerCase();
  if (alsoWords.has(key)) return !lower && !(key === 'no' && /\d/.test(following)) && key !== 'st';
  if (abbreviations.has(key)) return false;
  return !/^\p{Lu}$/u.test(word) || word === 'I';
}

function push(text: string, start: number, end: number, spans: Span[]): void {
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  if (end > start) spans.push({ start, end });
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 160 || code === 0x2028 || code === 0x2029;
}

/** Further stops, closing quotes and brackets belong to the sentence they close. */
function isCloser(code: number): boolean {
  return (
    code === 46 ||
    code === 33 ||
    code === 63 ||
    code === 34 ||
    code === 39 ||
    code === 41 ||
    code === 93 ||
    code === 0x2019 ||
    code === 0x201d ||
    code === 42 ||
    code === 95
  );
}

const stopWords = new Set(
  (
    'a an the this that these those it its itself he she they them him her his hers their theirs we us our ours i me my mine you your yours ' +
    'is are was were be been being am do does did doing done have has had having will would shall should can could may might must ' +
    'and or but nor so if then else than as at by for from in into of off on onto out over to under up with within without about via per ' +
    'not no yes too also just only very really still already even ever here there now again please ok okay well oh hey hi ' +
    'what which who whom whose when where why how all any both each few more most other some such own same ' +
    'let lets get gets got go goes going gone ll ve re im dont doesnt isnt cant wont thats'
  ).split(' '),
);

const wordPattern = /[#@]?[\p{L}\p{N}](?:[\p{L}\p{N}_]|[.:/@+#&'’\\-](?=[\p{L}\p{N}_*/]))*(?:\+\+|#)?/gu;
const identifierPattern = /[\d_./:@\\#+&]|\p{Ll}\p{Lu}/u;

/** The words that carry a text's meaning, stemmed, in order; identifiers and numbers stay whole (lower case). */
export const terms: (text: string) => string[] = remembered((text) => {
  const found: string[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const word = match[0].replace(/['’](?:s|d|ll|ve|re|m|t)$/iu, '');
    if (word.length > 80) continue;
    if (identifierPattern.test(word)) {
      const lower = word.toLowerCase();
      found.push(/^\d{1,3}(?:,\d{3})+$/.test(lower) ? lower.replaceAll(',', '') : lower);
      continue;
    }
    for (const part of word.toLowerCase().split(/[-'’]/)) {
      if (part === '' || stopWords.has(part)) continue;
      found.push(stemmer(part));
    }
  }
  return joinThousands(found, text);
});

/** "1,340" is one number, not two. */
function joinThousands(found: string[], text: string): string[] {
  if (!/\d,\d{3}(?!\d)/.test(text)) return found;
  const numbers = new Map<string, string>();
  for (const match of text.matchAll(/\d{1,3}(?:,\d{3})+(?!\d)/g)) numbers.set(match[0].split(',').join(' '), match[0].replaceAll(',', ''));
  let joined = ` ${found.join('  ')} `;
  for (const [apart, whole] of numbers) joined = joined.replaceAll(` ${apart.split(' ').join('  ')} `, ` ${whole} `);
  return joined.trim().split(/ +/);
}

export function isIdentifier(term: string): boolean {
  return /[\d_./:@\\#+]/.test(term);
}
