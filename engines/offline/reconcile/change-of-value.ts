// Which of two values in one sentence is the present one: "moved from A to B", "B instead of A", "used to be A, now B", "B (was A)".
import { isEverydayWord, kindOfThing } from '../known-things.ts';
import { remembered } from '../remembered.ts';
import { hardValues, valueKind } from '../value.ts';

export interface Found {
  text: string;
  start: number;
  end: number;
  /** Values of one class can replace each other: two figures, two dates, two databases. */
  class: string;
}

export interface ChangeOfValue {
  present: Found;
  former: Found;
}

const regionLike = /(?<![\w-])[a-z]{2,13}-(?:[a-z]{4,9}-)?[a-z]*(?:north|south|east|west|central)[a-z]*-?\d{1,2}[a-z]?(?![\w-])/g;
const word =
  /(?<![\p{L}\d_`])\p{L}[\p{L}\d.+#]*(?:-[\p{L}\d]+)*(?:\s(?=Code\b|Manager\b|Studio\b|Actions\b|Run\b|Vault\b|Cloud\b|ECS\b|Text\b)\p{L}+)?/gu;

/** Values of a sentence in order: hard ones and well-known names; a name and its version are one. */
export const valuesIn: (text: string) => Found[] = remembered((text) => {
  const found: Found[] = [];
  const take = (start: number, end: number, valueClass: string): void => {
    if (!found.some((other) => start < other.end && other.start < end))
      found.push({ text: text.slice(start, end), start, end, class: valueClass });
  };
  for (const match of text.matchAll(regionLike))
    if (kindOfThing(match[0]) === 'region') take(match.index, match.index + match[0].length, 'region');
  for (const value of hardValues(text)) {
    const exact = withoutLeadingWord(text, value.start, value.end);
    take(exact.start, exact.end, classOf(text.slice(exact.start, exact.end)));
  }
  for (const match of text.matchAll(word)) {
    const said = match[0].replace(/[.]+$/, '');
    const kind = kindOfThing(said);
    if (kind !== '' && (!isEverydayWord(said) || (/^\p{Lu}/u.test(said) && match.index > 0)))
      take(match.index, match.index + said.length, kind.split(' ').slice(-2).join(' '));
  }
  return found.sort((a, b) => a.start - b.start);
});

/** "due 2026-03-03" and "try 5499": a word and a figure are one value only where the word is a name. */
function withoutLeadingWord(text: string, start: number, end: number): { start: number; end: number } {
  const lead = /^\p{L}[\p{L}.+#]*\s+(?=v?\d)/u.exec(text.slice(start, end))?.[0];
  if (lead === undefined || kindOfThing(lead.trim()) !== '' || (/^\p{Lu}/u.test(lead) && start > 0)) return { start, end };
  const from = start + lead.length;
  const whole = hardValues(text.slice(from)).find((value) => value.start === 0);
  return { start: from, end: whole === undefined ? end : from + whole.end };
}

function classOf(value: string): string {
  const kind = kindOfThing(value);
  // Of package managers and the like the language beside does not matter here: one replaces the other.
  if (kind !== '') return kind.split(' ').slice(-2).join(' ');
  switch (valueKind(value)) {
    case 'number':
    case 'quantity':
      return 'figure';
    case 'code':
    case 'command':
      return 'code';
    case 'version':
    case 'identifier':
      return 'symbol';
    case 'name':
    case 'words':
      return 'words';
    default:
      return valueKind(value);
  }
}

/** Right before a value that holds no more. */
const leadsFormer =
  /(?:\b(?:from|instead of|rather than|in place of|in favou?r over|over|not|isn['’]?t(?: on| at| in)?|aren['’]?t(?: on| at| in)?|no longer(?: on| at| in| use| using)?|no more|was|were|formerly|previously|before|used to (?:be|cap at|use|run on|live in|sit at|listen on|have|say|\p{L}+(?: \p{L}+)?)|replac(?:e|es|ed|ing)|drop(?:ped|ping)?|uninstall(?:ed)?|remov(?:ed|ing)|left|ditch(?:ed)?|retir(?:ed|ing)|abandon(?:ed)?|away from|off|merged|ripped out|rip out|don['’]?t use|stop(?:ped)? using|forget|kill(?:ed)?|scrap(?:ped)?|out goes|goodbye(?: to)?)\s+(?:the |our |my |on |at |in |port |using |version )?[`"'(]?)$/iu;
/** Right after a value that holds no more. */
const followsFormer =
  /^[`"')]?\s*(?:(?:is|was|were|has been|are|have been|got)\s+(?:now )?(?:replaced|retired|decommissioned|gone|dropped|removed|out|history|shut down|over|wrong|old|outdated|cancelled|moved)|any ?more|no longer|->|→|=>|is now\b|became|becomes)/i;
/** Right before a value that holds now. */
const leadsPresent =
  /(?:\b(?:to|into|now|try|since (?:today|then|yesterday|\p{L}+day)|instead|by|with|but|currently|in|are|is|use|new|it['’]s|for)\s*:?\s+(?:on |at |in |the |port |to |version )?[`"'(]?|(?:->|→|=>|:)\s*[`"'(]?)$/iu;

/** Between a value and the one that followed it. */
const changes = /\b(?:moved|migrated|switched|changed|replaced|went|bumped|upgraded|downgraded|renamed|swapped|converted|now)\b/i;

/** null unless the sentence holds two values of one class, one of which it calls former. */
export function changeOfValue(text: string): ChangeOfValue | null {
  if (text.length > 220) return null;
  const values = valuesIn(text);
  for (const valueClass of new Set(values.map((value) => value.class))) {
    const pair = values.filter((value) => value.class === valueClass);
    const [first, second] = pair;
    if (first === undefined || second === undefined || pair.length !== 2 || first.text === second.text) continue;
    const before = (value: Found): string => text.slice(Math.max(0, value.start - 40), value.start);
    const after = (value: Found): string => text.slice(value.end, value.end + 40);
    const firstFormer = leadsFormer.test(before(first)) || followsFormer.test(after(first));
    const secondFormer =
      leadsFormer.test(text.slice(Math.max(first.end, second.start - 40), second.start)) || followsFormer.test(after(second));
    if (firstFormer && !secondFormer) return { present: second, former: first };
    if (secondFormer && !firstFormer) return { present: first, former: second };
    if (!firstFormer && !secondFormer && changes.test(text.slice(first.end, second.start)) && leadsPresent.test(before(second)))
      return { present: second, former: first };
    if (firstFormer && secondFormer && leadsPresent.test(before(second))) return { present: second, former: first };
  }
  return null;
}
