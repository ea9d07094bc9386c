// Finds words that mean a day only for whoever knows when they were written; memories hold absolute dates.

const unit = 'days?|weeks?|months?|years?';
const number = '(?:\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|a couple of|several|some|many)';
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const month = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const period = `(?:week(?:end|day)?|month|year|quarter|sprint|fortnight|night|morning|afternoon|evening|spring|summer|autumn|fall|winter|${weekday}|${month})`;

// Not inside a name: `is_today`, `last-week.csv`, `/today/`.
const from = '(?<![\\w./@-])';
const to = '(?![\\w/@(-]|\\.\\w)';

const patterns: readonly RegExp[] = [
  new RegExp(`${from}(?:the day (?:before|after) )?(?:today|yesterday|tomorrow|tonight)${to}`, 'gi'),
  // "The last Friday of the month" comes every month; "last week" is one week only.
  new RegExp(`${from}(?:last|next|this|previous|coming|this past|this coming) ${period}${to}(?! of\\b)`, 'gi'),
  new RegExp(`${from}${number} (?:${unit}|hours?|minutes?|fortnights?|decades?) (?:ago|from now|hence|earlier today)${to}`, 'gi'),
  new RegExp(
    `${from}in (?:about |around |roughly )?${number} (?:${unit}|fortnights?)['’]?(?: time)?${to}(?! (?:of|after|from|or|before)\\b)`,
    'gi',
  ),
  new RegExp(
    `${from}(?:the other (?:day|week|night|morning)|the day before|earlier this ${period}|later this ${period}|a while ago|long ago|just now)${to}(?! \\w+ing\\b)`,
    'gi',
  ),
];

/** "Expires in 30 days" counts from an event, not from the writing. */
const durationBefore =
  /(?:\b(?:expir\w+|rotat\w+|renew\w+|reset\w*|laps\w+|complet\w+|finish\w*|done|times? out|takes?|repl(?:y|ies)|answers?|responds?|once|twice|times|fully|delet\w+|purg\w+|remov\w+|archiv\w+)|\b(?:\d+|one|two|three|most|least|days?|hours?)) $/i;

/** Where `text` says a date relative to its writing, in order. Code and quoted words are left out: they are not the writer's own. */
export function findRelativeDates(text: string): { start: number; end: number }[] {
  const own = withoutQuotations(text);
  const spans: { start: number; end: number }[] = [];
  for (const pattern of patterns) {
    for (const match of own.matchAll(pattern)) {
      const before = own.slice(Math.max(0, match.index - 40), match.index);
      if (/^in /i.test(match[0]) && durationBefore.test(before)) continue;
      if (isName(match[0], before)) continue;
      // "The day before" alone is relative; "the day before a release" is not.
      if (
        /^the day before$/i.test(match[0]) &&
        /^ (?:an?|the|every|each|any|release|we|it)\b/i.test(own.slice(match.index + match[0].length, match.index + match[0].length + 12))
      )
        continue;
      spans.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  return spans.filter(
    (span, index) => index === 0 || span.start >= Math.max(...spans.slice(Math.max(0, index - 3), index).map((other) => other.end)),
  );
}

/** A capital inside a sentence makes it a name: "the Today tab", "USA Today". */
function isName(words: string, before: string): boolean {
  return (
    /^(?:Today|Tomorrow|Yesterday|Tonight|Next|Last|This)/.test(words) &&
    /[^\s.!?:;(*_#>|-][*_)]*[ ]$/.test(before) &&
    !/^\s*\d+[.)] $/.test(before)
  );
}

/** The text with code and quoted words blanked out, at the same length. */
function withoutQuotations(text: string): string {
  return text.replaceAll(
    /```[^`]*```|`[^`\n]{1,500}`|"[^"\n]{1,500}"|“[^”\n]{1,500}”|«[^»\n]{1,500}»|(?<![\w'])'[^'\n]{1,300}'(?!\w)/g,
    (quoted) => '\u0000'.repeat(quoted.length),
  );
}
