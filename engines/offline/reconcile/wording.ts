// The words of a proposal: which statement stands, how its present value is written, and what a reviewer is told.
import type { Origin } from '../../../domain/evidence.ts';
import { maskSecrets } from '../../../domain/secrets.ts';
import { readMood } from '../mood.ts';
import { plainCharacters } from '../plain-characters.ts';
import { hardValues } from '../value.ts';
import type { Statement } from './statement.ts';
import { withoutDateNote } from './statement.ts';

/** Files that people use for passing notes: a statement rather stands elsewhere. */
const passingFile =
  /(?:^|[/_.-])(?:scratch|old|backup|bak|tmp|temp|todo|todos|misc|random|draft|drafts|archive|archived|inbox|notes?|journal|log|daily|untitled|dump|session|sessions|snapshots?|\d{4}-\d{2}(?:-\d{2})?)(?=[/_.-]|$)/i;

/** Best place first: files for lasting notes before passing ones, then by path and position. */
export function byPlace(a: Statement, b: Statement): number {
  const passing = (statement: Statement): number => (statement.claim !== null && passingFile.test(statement.claim.path) ? 1 : 0);
  return passing(a) - passing(b) || compareText(a.claim?.path ?? '', b.claim?.path ?? '') || a.order - b.order;
}

/** Best wording first: a full statement of the value, without the tale of a change, neither curt nor long-winded. */
export function byWording(a: Statement, b: Statement): number {
  return awkwardness(a) - awkwardness(b) || compareText(a.text, b.text);
}

export function awkwardness(statement: Statement): number {
  const text = statement.text;
  const words = statement.terms.length;
  let score = 0;
  if (statement.oldValue !== null || statement.frame.oldValue !== null) score += 6;
  if (statement.value === null) score += 2;
  if (statement.slotTerms.length === 0) score += 8;
  else if (statement.subject === '') score += 1;
  if (words < 3) score += 2;
  if (words > 14) score += (words - 14) * 0.5;
  if (statement.claim !== null && withoutDateNote(statement.claim.text) !== statement.claim.text) score += 1.5;
  if (/^(?:the user|the team) (?:need|want|ask|had|got|reports?)\b/i.test(text)) score += 2;
  if (/^(?:it|this|that|these|those|they|he|she|there|and|but|so|because|since|which)\b/i.test(text)) score += 5;
  if (/^[A-Z`].*[.!]$/.test(text)) score -= 1;
  if (/[,;]/.test(text)) score += 1;
  if (/^(?:it|that|this) (?:is|was)\b/i.test(text)) score += 3;
  const values = hardValues(text).length;
  if (values > 1) score += (values - 1) * 1.5;
  if (readMood(text).imperative && statement.value !== null && statement.fact?.durability !== 'standing') score += 2;
  return score;
}

/** The statement as it should stand in a memory: the present value, without the one before. */
export function presentTense(statement: Statement): string {
  let text = statement.text;
  const old = statement.oldValue?.text ?? null;
  if (old !== null && old !== '') {
    for (const before of [
      'from ',
      'instead of ',
      'rather than ',
      'in place of ',
      'not ',
      'no longer ',
      'was ',
      'formerly ',
      'previously ',
    ]) {
      for (const lead of [', ', '; ', ' (', ' ']) text = withoutPhrase(text, lead, before, old);
    }
  }
  if (old !== null && old !== '') text = withoutEnding(text, old);
  if (statement.kind !== '' && /^It is (?=\S)/.test(text)) text = text.replace(/^It is/, `The ${statement.kind} is`);
  return text;
}

/** Leaves out brackets and a leading clause that are only about the former value: "(A is on leave)", "uninstalled A and". */
function withoutEnding(text: string, old: string): string {
  const at = indexOfIgnoringCase(text, old);
  if (at < 0) return text;
  const open = text.lastIndexOf(' (', at);
  const close = text.indexOf(')', at);
  if (open > 0 && close > 0 && text.lastIndexOf(')', at) < open && close - open < 120)
    return `${text.slice(0, open)}${text.slice(close + 1)}`.trim();
  const before =
    /\s(?:(?:just|finally|has|have|is|are)\s)*(?:uninstalled|dropped|removed|ditched|left|abandoned|scrapped|ripped out|retired|stopped using|off|isn['’]t on|no longer uses?)\s+(?:the )?[`"']?$/i.exec(
      text.slice(0, at),
    );
  const after = /^[`"']?(?: any ?more)?\s*(?:and|,|;|:)\s*(?:and |now )?/i.exec(text.slice(at + old.length));
  if (before === null || after === null) return text;
  const rest = text.slice(at + old.length + after[0].length);
  return `${text.slice(0, before.index)}${/[:;]/.test(after[0]) ? ':' : ''} ${rest}`;
}

function withoutPhrase(text: string, lead: string, before: string, old: string): string {
  for (const open of ['', '`', '"']) {
    const at = indexOfIgnoringCase(text, `${lead}${before}${open}${old}`);
    if (at < 0) continue;
    let end = at + lead.length + before.length + open.length + old.length;
    if (open !== '' && text.charAt(end) === open) end++;
    if (/[\p{L}\d]/u.test(text.charAt(end))) continue;
    if (lead === ' (' && text.charAt(end) === ')') end++;
    return `${text.slice(0, at)}${text.slice(end)}`.replace(/\s+([,.;])/g, '$1').trim();
  }
  return text;
}

/** A statement's own words with the new value in the place of the old; null when they do not hold the old value as said. */
export function withNewValue(statement: Statement, value: string): string | null {
  const old = statement.value?.text ?? '';
  const text = statement.claim === null ? statement.text : withoutDateNote(statement.text);
  if (statement.oldValue !== null) return null;
  if (old.length < 2) return null;
  const at = lastIndexOfIgnoringCase(text, old);
  if (at < 0 || /[\p{L}\d]/u.test(text.charAt(at - 1)) || /[\p{L}\d]/u.test(text.charAt(at + old.length))) return null;
  const replaced = `${text.slice(0, at)}${value}${text.slice(at + old.length)}`;
  return replaced.length > 400 ? null : replaced;
}

function indexOfIgnoringCase(text: string, part: string): number {
  return text.toLowerCase().indexOf(part.toLowerCase());
}

function lastIndexOfIgnoringCase(text: string, part: string): number {
  return text.toLowerCase().lastIndexOf(part.toLowerCase());
}

/** "on 2026-03-02" or "undated". */
export function dayOf(at: string | null): string {
  return at === null ? 'undated' : at.slice(0, 10);
}

const voices: Record<Origin, string> = {
  user: 'the user said',
  agent: 'the agent said',
  tool: "a tool's output showed",
  memory: 'the memory noted',
  operator: 'the instructions say',
};

/** "8443 (2026-03-02, the user said)". */
export function valueWithSource(statement: Statement): string {
  return `${valueOf(statement)} (${sourceOf(statement)})`;
}

export function sourceOf(statement: Statement): string {
  if (statement.claim !== null && statement.claim.origin === 'memory') return `in the memory, ${dayOf(statement.at)}`;
  return `${dayOf(statement.at)}, ${voices[statement.origin]}`;
}

export function valueOf(statement: Statement): string {
  return quoted(statement.value?.text ?? statement.text);
}

/** Short enough for one line of a report. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > 120 ? `${line.slice(0, 117)}...` : line;
  return `"${short.replace(/"/g, "'").replace(/[.]$/, '')}"`;
}

/** The speaker's own words, not the note made of them. */
export function quotedAsSaid(statement: Statement): string {
  return quoted(maskSecrets(plainCharacters(statement.fact?.evidence[0]?.quote ?? statement.text)));
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
