// Turns relative times of a sentence into absolute ones, counted from the time of the event that says it (UTC).
import * as chrono from 'chrono-node';
import { findRelativeDates } from '../../domain/relative-dates.ts';

export interface DatedText {
  text: string;
  /** A relative time is left that could not be resolved: the sentence must not enter a memory as it stands. */
  unresolved: boolean;
  /** The sentence names an absolute date (month, year or finer). */
  dated: boolean;
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const numberWords: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};
const dayMs = 86_400_000;

/** "7 May 2023". */
export function longDate(date: Date): string {
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const weekdayWord = '(?:sun|mon|tues|wednes|thurs|fri|satur)day';
/** Also as people shorten it, where a word before says that a day is meant: "last Tues". */
const shortWeekday = `(?:${weekdayWord}|(?:sun|mon|tues?|wed|thurs?|thu|fri|sat)(?=\\.?\\s*(?:[^\\w\\s]|$)|\\s+(?:i|we|he|she|it|they|my|and|but|so|at|in|with|for|to|was|after|before)\\b))`;
const count = '(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const vagueCount = '(?:(?:a )?(?:few|couple(?: of)?)|several|some|many)';
const unit = '(minute|hour|day|weekend|week|month|year|decade)s?';

type Writer = (match: string[], said: Date, sentence: string) => string;

/** `on`: a day, `in`: a longer stretch, '' : the phrase brings its own preposition. */
const rules: [RegExp, 'on' | 'in' | '', Writer][] = [
  [/the day before yesterday/, 'on', (_, said) => longDate(addDays(said, -2))],
  [/the day after tomorrow/, 'on', (_, said) => longDate(addDays(said, 2))],
  [
    /(?:yesterday|tomorrow|this) (?:morning|afternoon|evening|night)|tonight|last night/,
    '',
    (match, said) => partOfDay(match[0] ?? '', said),
  ],
  [
    new RegExp(`the (${weekdayWord}) before last`),
    'on',
    (match, said) => longDate(addDays(said, ((weekdays.indexOf(match[1] ?? '') - said.getUTCDay() - 7) % 7) - 7)),
  ],
  [/yesterday/, 'on', (_, said) => longDate(addDays(said, -1))],
  [/tomorrow/, 'on', (_, said) => longDate(addDays(said, 1))],
  [/(?:(?:earlier|later) )?today/, 'on', (_, said) => longDate(said)],
  [
    new RegExp(
      `(last|past|next|this(?: past| coming)?|the (?:past|coming|following|previous))\\s+(${shortWeekday})(?: (?:morning|afternoon|evening|night))?`,
    ),
    'on',
    namedDay,
  ],
  [
    new RegExp(`(${weekdayWord}) (last|next) week`),
    'on',
    (match, said) => longDate(addDays(weekStart(said), (match[2] === 'last' ? -7 : 7) + ((weekdays.indexOf(match[1] ?? '') + 6) % 7))),
  ],
  [
    /(?:over |during |in )?(?:the )?(last|past|this past|previous|next|coming|following|this) (week|weekend)(?! (?:of|in|before)\b)/,
    '',
    namedWeek,
  ],
  [
    /(?:on|over|at) the weekend(?! (?:before|after|of)\b)/,
    '',
    (_, said, sentence) =>
      past.test(sentence) && !/\b(?:usually|always|never|every|each)\b/i.test(sentence) ? `on the weekend before ${longDate(said)}` : '',
  ],
  [/(last|next|this|the previous|the coming|the following) (month|year|quarter)/, 'in', namedStretch],
  [
    /(last|next|this|the coming) (spring|summer|fall|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)/,
    'in',
    namedSeason,
  ],
  [
    new RegExp(`(?:about |around |roughly |almost |over |like )?(${count}) ${unit} (?:ago|back|earlier)`),
    '',
    (match, said) => shifted(match[1] ?? '', match[2] ?? '', said, -1),
  ],
  [
    new RegExp(`in (?:about |around )?(${count}) ${unit}(?:'s? time| from now)?(?! (?:row|intervals?|increments|steps|of|each|flat))`),
    '',
    ahead,
  ],
  [
    new RegExp(`(${vagueCount}) ${unit} (?:ago|back)`),
    '',
    (match, said) => `${(match[1] ?? '').replace(/^some$/, 'some')} ${match[2]}s before ${longDate(said)}`,
  ],
  [
    /(?:a (?:little |short )?while|some time|not (?:too |so |that )?long) (?:ago|back)|the other (?:day|week|night)|recently/,
    '',
    (_, said) => `shortly before ${longDate(said)}`,
  ],
  [/lately|these days|nowadays|as of (?:now|today)/, '', (_, said) => `as of ${longDate(said)}`],
];

const compiled = rules.map(([pattern, preposition, write]) => ({
  pattern: new RegExp(
    `(?<![\\w-])${pattern.source}(?![\\w-])(?:'s(?= (?!gonna|going|been|an?\\b|the\\b|not\\b|my\\b|our\\b|so\\b|too\\b|really)\\w))?`,
    'gi',
  ),
  preposition,
  write,
}));
/** Most sentences hold none of them: one pass tells. */
const anyRule = new RegExp(compiled.map(({ pattern }) => pattern.source).join('|'), 'i');
const present = /(?:,\s*)?(?<![\w-])(?:right now|currently|at the moment|at present|presently|just now)(?![\w-]),?\s?/gi;
/** Vague ones that the guard lets pass. */
const vague = /(?<![\w-])(?:recently|lately|nowadays)(?![\w-])/i;
const cheap =
  /yesterday|tomorrow|today|tonight|last|past|next|this|ago|back|earlier|in |recent|lately|days|now|current|moment|present|the |while|day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;
const absolute = /\b(?:19|20)\d{2}\b/;

export function resolveDates(sentence: string, at: string | null): DatedText {
  if (!cheap.test(sentence)) return { text: sentence, unresolved: false, dated: absolute.test(sentence) };
  const said = at === null ? null : new Date(at.endsWith('Z') || /[+-]\d\d:?\d\d$/.test(at) ? at : `${at}Z`);
  const text = outsideCode(sentence, (piece) =>
    said === null || Number.isNaN(said.getTime()) ? piece.replace(present, ' ') : resolvePiece(piece.replace(present, ' '), said),
  );
  const spaced =
    text === sentence
      ? text
      : text
          .replace(/ {2,}/g, ' ')
          .replace(/ ([,.;!?])(?=\s|$)/g, '$1')
          .trim();
  const tidy = /^\p{Lu}/u.test(sentence) ? spaced.charAt(0).toUpperCase() + spaced.slice(1) : spaced;
  return {
    text: tidy,
    unresolved: findRelativeDates(tidy).length > 0 || vague.test(tidy.replace(/`[^`]*`/g, '')),
    dated: absolute.test(tidy),
  };
}

function outsideCode(sentence: string, change: (piece: string) => string): string {
  return sentence
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join('');
}

function resolvePiece(piece: string, said: Date): string {
  let text = piece;
  for (const { pattern, preposition, write } of anyRule.test(piece) ? compiled : []) {
    text = text.replace(pattern, (...args: unknown[]) => {
      const groups = args.slice(0, -2).map((group) => (typeof group === 'string' ? group.toLowerCase() : ''));
      const offset = args[args.length - 2] as number;
      const before = text.slice(Math.max(0, offset - 16), offset);
      const written = write(groups, said, text);
      if (written === '') return String(args[0]);
      if (/'s$/.test(String(args[0]))) return `${/\bthe\s$/i.test(before) ? '' : 'the '}${written}`;
      const after = text.slice(offset + String(args[0]).length, offset + String(args[0]).length + 12);
      // "Last week was wild": the stretch is the subject and takes no preposition.
      if (/^\s*$/.test(text.slice(0, offset)) && /^(?:\s+(?:was|is|has|had|will|would)\b|['’]s\s)/i.test(after))
        return written.replace(/^(?:in|on) /, '');
      if (/\b(?:since|until|till|from|before|after)\s$/i.test(before)) return written.replace(/^(?:in|on) /, '');
      const led =
        /\b(?:on|in|by|since|until|till|from|before|after|for|of|between|during|around|about|at|to|and|or|is|was|the)\s$|[(:=]\s?$/i.test(
          before,
        );
      return preposition === '' || led ? written : `${preposition} ${written}`;
    });
  }
  return addYears(bareWeekdays(text, said), said);
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}

/** Monday of the date's week. */
function weekStart(date: Date): Date {
  return addDays(date, -((date.getUTCDay() + 6) % 7));
}

function partOfDay(phrase: string, said: Date): string {
  const part = /morning|afternoon|evening|night/.exec(phrase)?.[0] ?? 'night';
  const shift = phrase.startsWith('yesterday') || phrase === 'last night' ? -1 : phrase.startsWith('tomorrow') ? 1 : 0;
  return `on the ${part} of ${longDate(addDays(said, shift))}`;
}

function namedDay(match: string[], said: Date): string {
  const [, which = '', day = ''] = match;
  const ahead = (weekdays.findIndex((name) => name.startsWith(day.slice(0, 3))) - said.getUTCDay() + 7) % 7;
  if (/next|coming|following/.test(which)) return longDate(addDays(said, ahead === 0 ? 7 : ahead));
  if (which === 'this') return longDate(addDays(said, ahead));
  return longDate(addDays(said, ahead === 0 ? -7 : ahead - 7));
}

function namedWeek(match: string[], said: Date): string {
  const [, which = '', stretch = ''] = match;
  if (which === 'this')
    return stretch === 'week'
      ? `in the week of ${longDate(weekStart(said))}`
      : `on the weekend of ${longDate(addDays(weekStart(said), 5))}`;
  const side = /next|coming|following/.test(which) ? 'after' : 'before';
  return stretch === 'week' ? `in the week ${side} ${longDate(said)}` : `on the weekend ${side} ${longDate(said)}`;
}

function step(which: string): number {
  if (/next|coming|following/.test(which)) return 1;
  return /last|previous|past/.test(which) ? -1 : 0;
}

function namedStretch(match: string[], said: Date): string {
  const [, which = '', stretch = ''] = match;
  const by = step(which);
  if (stretch === 'year') return String(said.getUTCFullYear() + by);
  if (stretch === 'month') return monthOf(said, by);
  const quarter = Math.floor(said.getUTCMonth() / 3) + by;
  return `Q${(((quarter % 4) + 4) % 4) + 1} ${said.getUTCFullYear() + Math.floor(quarter / 4)}`;
}

function monthOf(said: Date, by: number): string {
  const date = new Date(Date.UTC(said.getUTCFullYear(), said.getUTCMonth() + by, 1));
  return `${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function namedSeason(match: string[], said: Date): string {
  const [, which = '', name = ''] = match;
  const month = monthNames.findIndex((known) => known.toLowerCase() === name);
  const start = month >= 0 ? month : ({ spring: 2, summer: 5, fall: 8, autumn: 8, winter: 11 }[name] ?? 0);
  const length = month >= 0 ? 1 : 3;
  const year = said.getUTCFullYear();
  const now = said.getUTCMonth();
  let which_year = year;
  if (which === 'last' && now < start + length) which_year = year - 1;
  if (/next|coming/.test(which) && now >= start) which_year = year + 1;
  const label = month >= 0 ? (monthNames[month] ?? name) : `the ${name} of`;
  return `${label} ${which_year}`;
}

function shifted(amount: string, unitName: string, said: Date, direction: 1 | -1): string {
  const n = (numberWords[amount] ?? Number(amount)) * direction;
  if (unitName === 'minute' || unitName === 'hour')
    return `on ${longDate(new Date(said.getTime() + n * (unitName === 'hour' ? 3_600_000 : 60_000)))}`;
  if (unitName === 'day') return `on ${longDate(addDays(said, n))}`;
  if (unitName === 'weekend') return `around the weekend of ${longDate(addDays(weekStart(said), 5 + (direction < 0 ? n : n - 1) * 7))}`;
  if (unitName === 'week') return `around ${longDate(addDays(said, n * 7))}`;
  if (unitName === 'month') return `around ${monthOf(said, n)}`;
  return `around ${said.getUTCFullYear() + n * (unitName === 'decade' ? 10 : 1)}`;
}

/** "10 km in 55 minutes" and "answers in 3 days" are durations; only a time counted from now becomes a date. */
function ahead(match: string[], said: Date, sentence: string): string {
  const [phrase = '', amount = '', unitName = ''] = match;
  const fromNow = /minute|hour/.test(unitName)
    ? future.test(sentence.replace(/\bby\b/gi, '')) || sentence.toLowerCase().startsWith(phrase)
    : findRelativeDates(sentence).length > 0;
  return fromNow ? shifted(amount, unitName, said, 1) : '';
}

const past =
  /\b(?:was|were|had|did|went|met|saw|got|came|took|made|had|ran|left|bought|broke|failed|finished|started|released|shipped|moved|talked|spoke|held|\w{2,}ed)\b/i;
const future =
  /\b(?:will|won't|going to|gonna|shall|due|planned|scheduled|starts|leaves?|deadline|meeting|have to|need to|by)\b|['’]ll\b|(?:\bis|\bare|\bam|['’](?:s|re|m)) (?:moving|going|switching|migrating|leaving|launching|releasing|shipping|starting)\b/i;
const singleDay = new RegExp(
  `(?<![\\w-])(on|by|until|till|before|since) (${weekdayWord})(?: (?:morning|afternoon|evening|night))?(?![\\w-])`,
  'gi',
);

const sinceWeekday = new RegExp(`(?<![\\w-])since (${weekdayWord})(?: (?:morning|afternoon|evening|night))?(?![\\w-])`, 'gi');

/** "on Friday" is a date in a sentence about the past or the future, and a habit in one about the present: that one stays. */
function bareWeekdays(text: string, said: Date): string {
  const sinceDay = text.replace(
    sinceWeekday,
    (_, day: string) => `since ${longDate(addDays(said, ((weekdays.indexOf(day.toLowerCase()) - said.getUTCDay() + 7) % 7) - 7))}`,
  );
  if (/\b(?:every|each|always|usually|never|weekly|any)\b/i.test(sinceDay)) return sinceDay;
  const ahead = future.test(sinceDay);
  if (!ahead && !past.test(sinceDay)) return sinceDay;
  return sinceDay.replace(singleDay, (_, preposition: string, day: string) => {
    const days = (weekdays.indexOf(day.toLowerCase()) - said.getUTCDay() + 7) % 7;
    const date =
      ahead && preposition.toLowerCase() !== 'since' ? addDays(said, days === 0 ? 7 : days) : addDays(said, days === 0 ? -7 : days - 7);
    return `${preposition} ${longDate(date)}`;
  });
}

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const year = ',?\\s*(?:19|20)\\d{2}\\b';
/** A month beside the figure of a day, without a year: "it may fail after 3" is none, "11 May 2026" needs nothing. */
const dayOfMonth = new RegExp(
  `\\b${month}\\.? \\d{1,2}(?!\\d)(?:st|nd|rd|th)?(?!${year})|\\d(?:st|nd|rd|th)?(?: of)? ${month}\\b(?!${year})`,
  'i',
);

/** "May 11" gets its year: the one nearest to when it was said. */
function addYears(text: string, said: Date): string {
  // A birthday comes every year.
  if (!dayOfMonth.test(text) || /\b(?:birthday|anniversary|every|each|annual(?:ly)?|yearly)\b/i.test(text)) return text;
  const found = chrono.en.parse(text, { instant: said, timezone: 0 });
  let written = '';
  let from = 0;
  for (const { start, index, text: phrase } of found) {
    if (
      !start.isCertain('month') ||
      !start.isCertain('day') ||
      start.isCertain('year') ||
      /\d{4}/.test(phrase) ||
      /ago|last|next|day/i.test(phrase)
    )
      continue;
    const end = index + phrase.length;
    if (/^,?\s*(?:19|20)\d{2}\b/.test(text.slice(end))) continue;
    const dayOnly = /^(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? \p{L}+$|^\p{L}+\.? \d{1,2}(?:st|nd|rd|th)?$/iu.test(phrase);
    if (!dayOnly) continue;
    written += text.slice(from, end) + (/\d(?:st|nd|rd|th)?$/.test(phrase) ? `, ${start.get('year')}` : ` ${start.get('year')}`);
    from = end;
  }
  return written + text.slice(from);
}
