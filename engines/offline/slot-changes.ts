// Statements that replace one value by another: changes, contrasts, decisions.
import { about, cutValue, nominal } from './slot-parts.ts';
import type { Slot } from './slot-parts.ts';
import { hardValues } from './value.ts';

const formerly =
  /^(.{2,60}?)\s+used to\s+(?:be|live in|live|use|run on|run|sit in|go to|happen on)\s+(.{1,50}?),\s*(?:but |and )?(?:now )?(?:it|that|they|we|i)?(?:['’]s|['’]re| is| are| use| uses| live in| run on)?\s*(?:now )?(.{1,50}?)(?:\s+(?:now|these days|instead))?$/i;

/** "The form used to be Ann's, it's Bob's now". */
export function usedToBe(text: string): Slot | null {
  const match = formerly.exec(text);
  if (match === null) return null;
  const [, thing = '', oldValue = '', value = ''] = match;
  const owned = /['’]s$/.test(oldValue.trim());
  const bare = (name: string): string => name.trim().replace(/['’]s$/, '');
  return {
    ...(owned ? { subject: thing, attribute: 'owner' } : nominal(thing)),
    value: bare(value),
    oldValue: bare(oldValue),
    rest: `${thing}${owned ? ' owner' : ''}`,
  };
}
const noMore =
  /^no more\s+(\S.{0,40}?)(?:,? please)?,\s*.{0,40}?\b(?:voted for|use|using|it['’]?s|go with|prefer|want|chose|picked|switched to|moved to)\s+(\S.{0,60})$/i;
const chosen =
  /^(.{1,80}?)\b(?:settled on|decided on|landed on|agreed on|standardi[sz]ed on|voted for|opted for|went with|going with|chose|picked|adopted|promised|committed to)\s+(\S.{0,60}?)(?:\s+(?:for|as|to)\s+(.{2,60}))?$/i;
const dropped =
  /^(.{1,40}?)\b(?:uninstalled|dropped|left|abandoned|ditched|gave up|quit)\s+(\S.{0,30}?)\s+(?:and|for|in favou?r of)\s+(?:now )?(?:(?:i |we )?(?:work in|use|run|live in|work with|work at|moved to|went to|am on|are on)\s+)?(\S.{0,40})$/i;

const replaced =
  /^(\S.{0,40}?) (?:has |have )?(?:replaced|replaces|supersedes?d?|took the place of)\s+(\S.{0,40}?)(?:\s+(?:for|as|in) (.{2,50}))?$/i;
const outAndIn = /^(\S.{0,30}?) is (?:out|gone|history|dead)[,;]\s*(?:and )?(\S.{0,30}?) is (?:in|the new one|what we use now)$/i;

/** Decisions: "the team voted for X", "no more X, we use Y". */
export function choice(text: string): Slot | null {
  const not = noMore.exec(text);
  if (not !== null) return { subject: '', attribute: 'use', value: cutValue(not[2] ?? '').core, oldValue: not[1] ?? null, rest: 'use' };
  const swap = replaced.exec(text);
  if (swap !== null)
    return {
      subject: swap[3] ?? '',
      attribute: 'use',
      value: swap[1] ?? '',
      oldValue: cutValue(swap[2] ?? '').core,
      rest: `use ${swap[3] ?? ''}`,
    };
  const turn = outAndIn.exec(text);
  if (turn !== null) return { subject: '', attribute: 'use', value: turn[2] ?? '', oldValue: turn[1] ?? null, rest: 'use' };
  const left = dropped.exec(text);
  if (left !== null)
    return {
      subject: left[1] ?? '',
      attribute: 'use',
      value: cutValue(left[3] ?? '').core,
      oldValue: left[2] ?? null,
      rest: `${left[1] ?? ''} use`,
    };
  const match = chosen.exec(text);
  if (match === null) return null;
  const [, before = '', value = '', goal = ''] = match;
  const dated = hardValues(goal).length === 1 && hardValues(value).length === 0;
  if (dated) return { subject: value, attribute: 'deadline', value: goal, oldValue: null, rest: `${before} ${value} deadline` };
  return { subject: goal, attribute: 'use', value: cutValue(value).core, oldValue: null, rest: `${before} ${goal} use` };
}
const fromTo =
  /\bfrom\s+(\S[^,;]{0,60}?)\s+(?:to|into)\s+(\S[^,;]{0,80}?)(?=$|[,;(]| (?:because|since|as|for|when|after|on|in|per|this|last|so|and|yesterday|today)\b)/i;
const changeVerb =
  /\b(?:went|goes?|moved?|moving|changed?|changing|switch(?:ed|ing)?|migrat(?:ed|e|ing)|bump(?:ed)?|upgrad(?:ed|e|ing)|downgrad(?:ed|e)|renam(?:ed|e)|rais(?:ed|e)|lower(?:ed)?|increas(?:ed|e)|decreas(?:ed|e)|reduc(?:ed|e)|dropp?(?:ed)?|slipp?(?:ed)?|push(?:ed)?(?: back)?|postponed?|rescheduled?|shift(?:ed)?|relocat(?:ed|e|ing)|transition(?:ed)?|convert(?:ed)?|grew|expand(?:ed)?|cut|jumped|revert(?:ed)?|set|updated?|extend(?:ed)?|delayed?|handed over|passed)\b/i;
const changeTo = new RegExp(
  `${changeVerb.source}((?:\\s+(?!to\\b)[\\w'’-]+){0,5})\\s+(?:to|into)\\s+(\\S[^,;]{0,80}?)(?=$|[,;(]| (?:because|since|as of|for|when|after|this|last|so that|and|yesterday|today|instead)\\b)`,
  'i',
);

export function change(text: string): Slot | null {
  const verb = changeVerb.exec(text);
  if (verb === null) return null;
  const both = fromTo.exec(text);
  if (both !== null) {
    const [whole, oldValue = '', value = ''] = both;
    const before = text.slice(0, Math.min(verb.index, both.index));
    const between = text.slice(verb.index + verb[0].length, Math.max(both.index, verb.index + verb[0].length));
    const { per, after } = perUnit(text.slice(both.index + whole.length));
    return { ...about(`${before} ${between}`, after), value: value + per, oldValue, rest: `${before} ${between} ${after}` };
  }
  const to = changeTo.exec(text);
  if (to === null) return null;
  const [whole, , between = '', value = ''] = [to[0], '', to[1] ?? '', to[2] ?? ''];
  const before = text.slice(0, to.index);
  const { per, after } = perUnit(text.slice(to.index + whole.length));
  if (/^(?:do|be|have|get|make|see|go|use|the next|me|you|us)\b/i.test(value)) return null;
  const home = movesHouse.test(`${before}${to[0]}`) ? ' home' : '';
  return {
    ...about(`${before} ${between}`, after),
    ...(home === '' ? {} : { attribute: 'home' }),
    value: value + per,
    oldValue: null,
    rest: `${before} ${between}${home} ${after}`,
  };
}
const movesHouse =
  /^(?:the user|i|he|she|\p{Lu}\p{Ll}+)\s+(?:has |have |just |recently )*(?:moved|moving|relocated|moves)\s+(?:back |over )?to\s+\p{Lu}/iu;

/** "to 300 per minute": the unit belongs to the value. */
function perUnit(rest: string): { per: string; after: string } {
  const match = /^\s*(?:per|an?|each|\/)\s*(?:second|minute|hour|day|week|month|year|request|user|seat)s?\b/i.exec(rest);
  return match === null ? { per: '', after: rest } : { per: match[0], after: rest.slice(match[0].length) };
}

/** "2027-02-03 rather than 9 January": two values in contrast, whatever stands before. */
export function exchanged(text: string): Slot | null {
  const [first, second, ...others] = hardValues(text);
  if (first === undefined || second === undefined || others.length > 0) return null;
  if (
    !/^,?\s+(?:rather than|instead of|and not|not|formerly|previously)\s+(?:on |at |to |in )?$/i.test(text.slice(first.end, second.start))
  )
    return null;
  const before = text
    .slice(0, first.start)
    .replace(
      /\b(?:was|is|has been|got)?\s*(?:pulled|moved|pushed|shifted|postponed|changed|set|rescheduled|brought)?(?: forward| back)?(?: to)?\s*:?\s*$/i,
      '',
    );
  const dated = /\d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(first.text) ? ' deadline' : '';
  return {
    ...nominal(before),
    ...(dated === '' ? {} : { subject: before, attribute: 'deadline' }),
    value: first.text,
    oldValue: second.text,
    rest: `${before}${dated} ${text.slice(second.end)}`,
  };
}
const instead =
  /^(.*?)\b(?:use|run|prefer|want|choose|pick|call|write|take|go with|deploy to|using)\s+(\S[^,;]{0,60}?),?\s+(?:instead of|rather than|over|not)\s+(\S[^,;]{0,60}?)(?:\s+(for|when|to|in|on)\s+(.+))?$/i;

export function insteadOf(text: string): Slot | null {
  const match = instead.exec(text);
  if (match === null) return null;
  const [, before = '', value = '', oldValue = '', , purposeText = ''] = match;
  return {
    ...about(purposeText === '' ? before : purposeText, ''),
    attribute: 'use',
    value,
    oldValue,
    rest: `${before} use ${purposeText}`,
  };
}
const corrected =
  /^(.*?)\b(?:is|are|it['’]s|it is|should be|be)\s+(?:actually |really |now )?(\S.{0,40}?),?\s+(?:and )?not\s+(\S.{0,40}?)(?:\s+\((.{2,40})\))?$/i;

/** "The region is gru, not lhr": two plain words of a named property. */
const ofThing = /^(?:the|our) (?!user\b|team\b|\p{L}+ (?:thing|problem|point)\b)\p{Ll}+(?: \p{Ll}+)?\s*$/iu;

/** "The port is 81, not 80": a contrast names both values. */
export function notThat(text: string): Slot | null {
  const match = corrected.exec(text);
  if (
    match === null ||
    (match[2] ?? '').split(' ').length > 4 ||
    (hardValues(`${match[2]} ${match[3]}`).length === 0 && !(ofThing.test(match[1] ?? '') && /^\S+ \S+$/.test(`${match[2]} ${match[3]}`)))
  )
    return null;
  const [, before = '', value = '', oldValue = '', aside = ''] = match;
  const thing = aside === '' ? before : aside;
  return { ...nominal(thing), value, oldValue, rest: thing };
}
