// What takes no part in settling a group: secrets, passing notes, topics that the instructions leave out, facts without standing.
import { findSecrets, maskSecrets } from '../../../domain/secrets.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { resolveDates } from '../dates.ts';
import { isDropped } from '../instructions.ts';
import type { Steering, Topic } from '../instructions.ts';
import { areasOf } from '../topic.ts';
import type { ValueKind } from '../value.ts';
import { terms } from '../words.ts';
import { isMomentaryNote } from './momentary.ts';
import { relationOf } from './slots.ts';
import type { Statement } from './statement.ts';
import { dayOf, quoted } from './wording.ts';

export interface Aside {
  left: Statement[];
  proposals: Proposal[];
}

export function setAside(statements: readonly Statement[], steering: Steering): Aside {
  const left: Statement[] = [];
  const proposals: Proposal[] = [];
  const unwanted: { statement: Statement; topic: Topic }[] = [];
  for (const statement of statements) {
    const topic = isDropped(steering, wordsOf(statement));
    if (topic !== null) unwanted.push({ statement, topic });
  }
  for (const statement of statements) {
    // What says the same as something left out is left out too, in whatever words.
    const topic = unwanted.find((one) => one.statement === statement)?.topic ?? unwanted.find((one) => mayBelong(statement, one.topic) && relationOf(one.statement, statement) === 'same')?.topic ?? null;
    const proposal = statement.claim !== null ? claimAside(statement, topic) : factAside(statement, topic);
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
  const headings = statement.claim?.headings.flatMap((heading) => terms(heading)) ?? [];
  const ofValue: Partial<Record<ValueKind, string>> = { date: 'date', weekday: 'schedul', time: 'schedul' };
  const kind = statement.value === null ? undefined : ofValue[statement.value.kind];
  return [...statement.terms, ...headings, ...(kind === undefined ? [] : [kind])];
}

function claimAside(statement: Statement, topic: Topic | null): Proposal | null {
  const claim = statement.claim;
  if (claim === null || claim.protected) return null;
  const about = { claimIds: [claim.id], factIds: [] };
  const secrets = findSecrets(claim.text);
  if (secrets.length > 0) {
    const kinds = [...new Set(secrets.map((secret) => secret.kind))].sort().join(' and ');
    return { kind: 'rewrite', ...about, statement: maskSecrets(claim.text), reasonCode: 'secret', reason: `The line holds what looks like a credential (${kinds}); it is masked here and should be changed where it is in use.` };
  }
  if (isMomentaryNote(claim)) return { kind: 'retire', ...about, reasonCode: 'momentary', reason: `${quoted(claim.text)} notes a passing moment (${dayOf(claim.at)}) and tells a later reader nothing to act on.` };
  if (topic !== null) return { kind: 'retire', ...about, reasonCode: 'instructions', reason: `The instructions leave out ${quoted(topic.said)}, which ${quoted(claim.text)} is about.` };
  if (claim.at === null) return null;
  const dated = resolveDates(claim.text, claim.at);
  if (dated.text === claim.text || dated.unresolved) return null;
  return { kind: 'rewrite', ...about, statement: dated.text, reasonCode: 'relative_date', reason: `The line was written on ${dayOf(claim.at)}; its relative date is written out, so that it stays true.` };
}

/** E-mail addresses and telephone numbers. */
const contact = /[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|(?<![\d\w])\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}[ -]?\d{3,}/;

function factAside(statement: Statement, topic: Topic | null): Proposal | null {
  const fact = statement.fact;
  if (fact === null) return null;
  const drop = (reasonCode: 'momentary' | 'instructions' | 'episode' | 'refused' | 'secret', reason: string): Proposal => ({ kind: 'drop', claimIds: [], factIds: [fact.id], reasonCode, reason });
  if (findSecrets(fact.statement).length > 0) return drop('secret', 'The statement holds what looks like a credential; it enters no memory.');
  if (contact.test(fact.statement)) return drop('secret', 'The statement holds somebody\'s e-mail address or telephone number; such data enters no memory by itself.');
  if (topic !== null) return drop('instructions', `The instructions leave out ${quoted(topic.said)}, which ${quoted(fact.statement)} is about.`);
  if (fact.origin === 'tool' && (statement.frame.imperative || statement.frame.rule)) return drop('refused', 'Tool output gives an order; orders found in tool output are never facts.');
  if (statement.revokes) return null;
  if (fact.durability === 'momentary') return drop('momentary', `${quoted(fact.statement)} concerned that task only (${dayOf(fact.at)}).`);
  if (fact.durability === 'episode' && !isTold(statement)) return drop('episode', `${quoted(fact.statement)} happened once (${dayOf(fact.at)}) and settles nothing for later work.`);
  return null;
}

/** Between people who tell of themselves, what happened is what one wants to remember; at work with an assistant it is not. */
function isTold(statement: Statement): boolean {
  const fact = statement.fact;
  if (fact === null || fact.signal === 'failure' || fact.signal === 'remedy') return false;
  return fact.origin !== 'tool' && !/\bthe (?:user|team)\b/i.test(fact.statement);
}
