// What takes no part in settling a group: secrets, passing notes, topics that the instructions leave out, facts without standing.
import type { Claim } from '../../../domain/claim.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import { findSecrets, maskSecrets, secretMask } from '../../../domain/secrets.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { resolveDates } from '../dates.ts';
import { isDropped } from '../instructions.ts';
import type { Topic } from '../instructions.ts';
import { areasOf, topicWords } from '../topic.ts';
import type { ValueKind } from '../value.ts';
import { isCommonplace } from '../telling.ts';
import { terms } from '../words.ts';
import { isMomentaryNote, oneOff } from './momentary.ts';
import { relationOf } from './slots.ts';
import { isRespelling } from '../patterns/corrections.ts';
import type { Setting } from './setting.ts';
import { withoutDateNote } from './statement.ts';
import type { Statement } from './statement.ts';
import { figuresOf, isTelling } from './values.ts';
import { voiceOfFact } from './voices.ts';
import { dayOf, quoted } from './wording.ts';

export interface Aside {
  left: Statement[];
  proposals: Proposal[];
}

export function setAside(statements: readonly Statement[], setting: Setting): Aside {
  const left: Statement[] = [];
  const proposals: Proposal[] = [];
  const unwanted: { statement: Statement; topic: Topic }[] = [];
  for (const statement of setting.steering.dropped.length === 0 ? [] : statements) {
    const topic = isDropped(setting.steering, wordsOf(statement));
    if (topic !== null) unwanted.push({ statement, topic });
  }
  for (const statement of statements) {
    // What says the same as something left out is left out too, in whatever words.
    const topic =
      unwanted.find((one) => one.statement === statement)?.topic ??
      unwanted.find((one) => mayBelong(statement, one.topic) && relationOf(one.statement, statement) === 'same')?.topic ??
      null;
    const proposal = statement.claim !== null ? claimAside(statement, topic) : factAside(statement, topic, setting);
    if (proposal === null) left.push(statement);
    else proposals.push(proposal);
  }
  return { left, proposals };
}

/** Its own words speak at least a little for the topic, or for none. */
function mayBelong(statement: Statement, topic: Topic): boolean {
  const own = areasOf(wordsOf(statement));
  return (own[0]?.weight ?? 0) < 3 || own.some(({ area, weight }) => area === topic.area && weight >= 2);
}

/** Its words, its headings, and what its value is of: a date belongs to the schedule also where no word says so. */
function wordsOf(statement: Statement): string[] {
  // A heading below which a dream put the line was chosen by its words and adds nothing to them.
  const isDreamt = statement.claim !== null && statement.claim.evidence.length > 0;
  const headings = isDreamt ? [] : (statement.claim?.headings.flatMap((heading) => terms(heading)) ?? []);
  const ofValue: Partial<Record<ValueKind, string>> = { date: 'date', weekday: 'schedul', time: 'schedul' };
  const kind = statement.value === null ? undefined : ofValue[statement.value.kind];
  return [...statement.terms, ...topicWords(statement.text), ...headings, ...(kind === undefined ? [] : [kind])];
}

function claimAside(statement: Statement, topic: Topic | null): Proposal | null {
  const claim = statement.claim;
  if (claim === null || claim.protected) return null;
  const about = { claimIds: [claim.id], factIds: [] };
  const secrets = findSecrets(claim.text);
  if (secrets.length > 0) {
    const kinds = [...new Set(secrets.map((secret) => secret.kind))].sort().join(' and ');
    if (isStub(claim, maskSecrets(claim.text)))
      return {
        kind: 'retire',
        ...about,
        reasonCode: 'secret',
        reason: `The line held nothing but what looks like a credential (${kinds}); it goes, and the credential should be changed where it is in use.`,
      };
    return {
      kind: 'rewrite',
      ...about,
      statement: maskSecrets(claim.text),
      reasonCode: 'secret',
      reason: `The line holds what looks like a credential (${kinds}); it is masked here and should be changed where it is in use.`,
    };
  }
  if (access.test(claim.text) && contact.test(claim.text)) {
    return {
      kind: 'rewrite',
      ...about,
      statement: claim.text.replace(new RegExp(contact.source, 'g'), secretMask),
      reasonCode: 'secret',
      reason: "The line gives somebody's e-mail address or telephone number as a means of access; it is masked here.",
    };
  }
  if (isStub(claim, claim.text))
    return {
      kind: 'retire',
      ...about,
      reasonCode: 'secret',
      reason: `${quoted(claim.text)} held a credential that is masked; nothing of use is left of it.`,
    };
  // What a session said was judged as it was read; a line made of it must not go the night after.
  const isSaid = claim.evidence.some((item) => item.kind === 'event');
  const once = isSaid ? null : oneOff(claim);
  if (once !== null)
    return { kind: 'retire', ...about, reasonCode: 'momentary', reason: `${quoted(claim.text)} ${once}; it is no rule for later.` };
  if (!isSaid && isMomentaryNote(claim))
    return {
      kind: 'retire',
      ...about,
      reasonCode: 'momentary',
      reason: `${quoted(claim.text)} notes a passing moment (${dayOf(claim.at)}) and tells a later reader nothing to act on.`,
    };
  if (topic !== null)
    return {
      kind: 'retire',
      ...about,
      reasonCode: 'instructions',
      reason: `The instructions leave out ${quoted(topic.said)}, which ${quoted(claim.text)} is about.`,
    };
  if (claim.at === null) return null;
  const dated = resolveDates(claim.text, claim.at);
  if (dated.text === claim.text || dated.unresolved) return null;
  return {
    kind: 'rewrite',
    ...about,
    statement: dated.text,
    reasonCode: 'relative_date',
    reason: `The line was written on ${dayOf(claim.at)}; its relative date is written out, so that it stays true.`,
  };
}

/** A label and the masked secret, nothing beside: "token for the printer: [secret removed]". */
function isStub(claim: Claim, masked: string): boolean {
  if (claim.kind === 'code' || claim.kind === 'row') return false;
  const at = masked.indexOf(secretMask);
  if (at < 0 || masked.length > 200) return false;
  const before = masked.slice(0, at).trimEnd();
  const after = masked
    .slice(at + secretMask.length)
    .replace(/\[secret removed\]/g, '')
    .replace(/[\s`"'.,;)]/g, '');
  if (after !== '' || /[`"'/@]\S|\S@$|[.!?]\s/.test(before.replace(/[`"']$/, ''))) return false;
  return before === '' || /(?:[:=]|\bis|\bare|\bwas)\s*[`"'(]?$/i.test(before) || terms(before).length <= 3;
}

/** Words that make of an address a means to get in, not a way to reach somebody. */
const access = /\b(?:use|using|log ?in|login|sign ?in|account|user ?name|pass(?:word|code)?|credentials?|creds|key|token|2fa|otp)\b/i;
/** E-mail addresses and telephone numbers. */
const contact = /[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|(?<![\d\w])\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}[ -]?\d{3,}/;

type Dropped = 'momentary' | 'instructions' | 'episode' | 'refused' | 'secret' | 'noise';

function dropOf(fact: CandidateFact, reasonCode: Dropped, reason: string): Proposal {
  return { kind: 'drop', claimIds: [], factIds: [fact.id], reasonCode, reason };
}

/** Credentials, and what serves to reach a person: neither enters a memory by itself. */
function privateAside(fact: CandidateFact): Proposal | null {
  if (findSecrets(fact.statement).length > 0)
    return dropOf(fact, 'secret', 'The statement holds what looks like a credential; it enters no memory.');
  if (contact.test(fact.statement))
    return dropOf(
      fact,
      'secret',
      "The statement holds somebody's e-mail address or telephone number; such data enters no memory by itself.",
    );
  return null;
}

function momentaryAside(fact: CandidateFact): Proposal | null {
  if (isRespelling(fact))
    return dropOf(
      fact,
      'momentary',
      `${quoted(fact.statement)} corrected one word (${dayOf(fact.at)}); whether it is a habit shows over sessions.`,
    );
  if (fact.durability !== 'momentary') return null;
  return dropOf(fact, 'momentary', `${quoted(fact.statement)} concerned that task only (${dayOf(fact.at)}).`);
}

/**
 * What a person said for that task only goes whatever else its words say: most of a day's facts are of this kind, and reading
 * each as a statement is most of the work. Null for all others.
 */
export function asideUnread(fact: CandidateFact, setting: Setting): Proposal | null {
  if (fact.durability !== 'momentary' || fact.force !== 'asserted' || fact.origin === 'tool' || setting.steering.dropped.length > 0)
    return null;
  return privateAside(fact) ?? momentaryAside(fact);
}

function factAside(statement: Statement, topic: Topic | null, setting: Setting): Proposal | null {
  const fact = statement.fact;
  if (fact === null) return null;
  const drop = (reasonCode: Dropped, reason: string): Proposal => dropOf(fact, reasonCode, reason);
  const hidden = privateAside(fact);
  if (hidden !== null) return hidden;
  if (topic !== null)
    return drop('instructions', `The instructions leave out ${quoted(topic.said)}, which ${quoted(fact.statement)} is about.`);
  if (fact.origin === 'tool' && (statement.frame.imperative || statement.frame.rule))
    return drop('refused', 'Tool output gives an order; orders found in tool output are never facts.');
  if (statement.revokes) return null;
  const momentary = momentaryAside(fact);
  if (momentary !== null) return momentary;
  const person = voiceOfFact(setting.voices, fact);
  if (person === null && (fact.signal === 'command' || fact.signal === 'failure' || fact.signal === 'remedy'))
    return drop('episode', `${quoted(fact.statement)} shows what happened once (${dayOf(fact.at)}); it is material for patterns only.`);
  // Between people who tell of themselves, what happened is what one wants to remember; at work with an assistant it is not.
  if (fact.durability === 'episode' && (person === null || fact.signal === 'failure' || fact.signal === 'remedy'))
    return drop('episode', `${quoted(fact.statement)} happened once (${dayOf(fact.at)}) and settles nothing for later work.`);
  if (person !== null && isThin(statement, person))
    return drop('noise', `${quoted(fact.statement)} tells a feeling of the moment (${dayOf(fact.at)}), nothing to look up later.`);
  return null;
}

/** Hardly a word in it says what somebody could ask for later. */
function isThin(statement: Statement, person: string): boolean {
  const text = withoutDateNote(statement.text);
  if (statement.value !== null && text.includes(statement.value.text) && isTelling(statement.value)) return false;
  const name = new Set(terms(person));
  const noted = text === statement.text ? new Set<string>() : new Set(terms(statement.text.slice(statement.text.lastIndexOf('('))));
  const telling = statement.terms.filter((term) => !isCommonplace(term) && !name.has(term) && !noted.has(term));
  const fewest = figuresOf(text).length > 0 ? 2 : fewestTellingWords;
  return telling.length < (statement.durability === 'standing' ? fewest - 1 : fewest);
}

const fewestTellingWords = 3;
