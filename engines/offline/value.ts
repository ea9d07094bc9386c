// What kind of thing a value is, and where a sentence holds something that looks like a value.
import { remembered } from './remembered.ts';

export type ValueKind =
  | 'date'
  | 'weekday'
  | 'time'
  | 'region'
  | 'version'
  | 'quantity'
  | 'number'
  | 'email'
  | 'url'
  | 'path'
  | 'command'
  | 'channel'
  | 'code'
  | 'identifier'
  | 'name'
  | 'words';

const weekday = /^(?:every |each |on |next )?(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?\b/i;
const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const dateShape = new RegExp(
  `^(?:the )?(?:\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month}\\b|${month}\\.? \\d{1,2}(?:st|nd|rd|th)?\\b|${month} \\d{4})`,
  'i',
);

/** With the statement given, a capital at its very start is no sign of a name. */
export function valueKind(value: string, statement?: string): ValueKind {
  const bare = value.replace(/^[`"'“‘(]+|[`"'”’).,;!]+$/g, '').trim();
  if (dateShape.test(bare)) return 'date';
  if (weekday.test(bare)) return 'weekday';
  if (/^\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m|p\.m)\b|^\d{1,2}:\d{2}\b/i.test(bare)) return 'time';
  if (/^[#][\p{L}\d][\w-]*$/u.test(bare)) return 'channel';
  if (/^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(bare)) return 'email';
  if (/^[a-z]+:\/\//i.test(bare)) return 'url';
  if (/^[a-z]{2,12}-(?:gov-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)[a-z]{0,8}-?\d?[a-z]?$/.test(bare))
    return 'region';
  if (/^v\d+(?:\.\w+)*$|^\d+\.\d+(?:\.\w+)*(?:-\w+)*$/i.test(bare) || /^[\p{L}.+#]+ v?\d+(?:\.\w+)*$/u.test(bare)) return 'version';
  if (/^[$€£]?\d[\d,.]*\s*(?:%|[a-z€$]+\b)/i.test(bare)) return 'quantity';
  if (/^[$€£]?\d[\d,.]*$/.test(bare)) return 'number';
  if (/^`[^`]*\s[^`]*`/.test(value.trim())) return 'command';
  if (/^\.{0,2}\/|^[\w@.-]+\/[\w@./-]+$/.test(bare)) return 'path';
  if (value.includes('`')) return 'code';
  if (/^[\w.:@/-]*[\d_./:@-][\w.:@/-]*$/.test(bare) && !bare.includes(' ')) return 'identifier';
  if (/^\p{Lu}[\p{L}\d.'’-]*(?: (?:of|de|van|von|the|and)? ?\p{Lu}[\p{L}\d.'’-]*)*$/u.test(bare) && statement?.indexOf(bare) !== 0)
    return 'name';
  return 'words';
}

/** Letters of either case: the whole pattern must tell "Node 20" from "says 20". */
function anyCase(pattern: string): string {
  return pattern.replace(/(?<!\\)[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

const months = anyCase(month.replace('(?:', '(').replace(/\(\?:/g, '('));
const units = anyCase(
  '(ms|s|kb|mb|gb|tb|k|px|rpm|rps|minutes?|hours?|days?|weeks?|months?|years?|spaces?|requests?|characters?|chars?|columns?|people|users?|items?|times)',
);

const hardValue = new RegExp(
  [
    '`[^`\\n]{1,160}`',
    '"[^"\\n]{1,80}"',
    '[\\w.+-]{1,64}@[\\w-]{1,64}\\.[\\w.-]{1,64}',
    '\\bhttps?:\\/\\/\\S{1,200}',
    '\\b\\d{4}-\\d{2}-\\d{2}\\b',
    `\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months}\\b\\.?(?:,? \\d{4})?`,
    `\\b${months}\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? \\d{4})?`,
    `\\b${anyCase('(mon|tues|wednes|thurs|fri|satur|sun)days?')}\\b`,
    '#[\\p{L}][\\w-]{1,60}',
    '\\b[A-Z][\\w.+#]{0,30} v?\\d+(?:\\.\\w+){0,3}\\b',
    '\\b\\d{1,2}:\\d{2}(?:\\s?[aApP]\\.?[mM])?\\b|\\b\\d{1,2}\\s?[aApP][mM]\\b',
    `\\b\\d[\\d,.]*(?: \\p{Ll}{2,20})?(?:\\s(?:per|an?)\\s|\\s?\\/\\s?)${anyCase('(second|sec|minute|min|hour|day|week|month|year|s|m|h)')}\\b`,
    '[$€£]\\d[\\d,.]*\\d?[kKmM]?\\b',
    '\\bv?\\d+(?:\\.\\w+){1,3}\\b',
    `\\b\\d[\\d,]*(?:\\.\\d+)?(?:%|\\s?${units}\\b|\\b)`,
    '\\b[\\w@.-]{1,60}\\/[\\w@./-]{1,120}',
    '\\b(?=[\\w.:-]{0,80}\\d)\\p{L}\\w{0,40}(?:[-_.:]\\w{1,40}){0,8}',
    '\\b\\p{L}\\w{0,40}(?:[_.:]\\w{1,40}){1,8}\\b',
  ]
    .map((part) => `(?:${part})`)
    .join('|'),
  'gu',
);

/** The places in a sentence that look like values: numbers, dates, code, names with digits, addresses. */
export const hardValues: (sentence: string) => { text: string; start: number; end: number }[] = remembered((sentence) =>
  [...sentence.matchAll(hardValue)].map((match) => {
    const text = match[0].replace(/[.,:;]+$/, '');
    return { text, start: match.index, end: match.index + text.length };
  }),
);
