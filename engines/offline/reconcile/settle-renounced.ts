// Carries out what was given up: a line that rests on it gets what took its place, or goes.
import { concept } from '../concepts.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { topicOf } from '../topic.ts';
import { sentences, terms } from '../words.ts';
import { compareTimes } from './authority.ts';
import { renouncedIn } from './renounced.ts';
import type { Renounced } from './renounced.ts';
import { soft } from './slot-words.ts';
import { hollow, statementOfFact } from './statement.ts';
import type { Statement } from './statement.ts';
import { quoted, sourceOf } from './wording.ts';
import type { CandidateFact } from '../../../domain/fact.ts';

const longest = 240;
/** So many words of its own make a line worth rewriting; a shorter one says no more than that the thing is used. */
const saysMore = 3;

/**
 * A last look at what the slots left standing: lines that no proposal names, new lines, and copies that were merged. `facts` are
 * all facts of the question: what is said of the moment gives up things too.
 */
export function settleRenounced(
  proposals: readonly Proposal[],
  statements: readonly Statement[],
  facts: readonly CandidateFact[],
): Proposal[] {
  const given = renouncedIn(facts).map((one) => ({ given: one, by: statementOfFact(one.by) }));
  if (given.length === 0) return [...proposals];
  const named = new Set(proposals.flatMap(({ claimIds }) => claimIds));
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const endOf = (old: Statement): GivenUp | undefined => {
    const found = given.find((one) => restsOn(old, one.given.name) && falls(old, one.given, one.by));
    return found === undefined || statements.some((later) => later !== old && restores(later, found.given, found.by)) ? undefined : found;
  };
  const fallen: Proposal[] = [];
  const kept: Proposal[] = [];
  for (const proposal of proposals) {
    const members = [...proposal.claimIds, ...proposal.factIds].flatMap((id) => byId.get(id) ?? []);
    const old = proposal.kind === 'add' || proposal.kind === 'merge' ? members.find(({ text }) => text === proposal.statement) : undefined;
    const found =
      old === undefined || members.some(({ origin, at }) => origin === 'user' && (at ?? '') > (endOf(old)?.by.at ?? '~'))
        ? undefined
        : endOf(old);
    if (old === undefined || found === undefined) kept.push(proposal);
    else fallen.push(...proposalFor(old, proposal, found));
  }
  for (const old of statements) {
    if (old.claim === null || named.has(old.id)) continue;
    const found = endOf(old);
    if (found !== undefined) fallen.push(...proposalFor(old, { claimIds: [old.id], factIds: [] }, found));
  }
  return withoutRepeats(kept, fallen);
}

interface GivenUp {
  given: Renounced;
  by: Statement;
}

/** A line that now gives the fact's own words needs no second line with them. */
function withoutRepeats(kept: readonly Proposal[], fallen: readonly Proposal[]): Proposal[] {
  const said = new Set(fallen.flatMap((proposal) => (proposal.kind === 'supersede' ? [proposal.statement] : [])));
  return [...kept.filter((proposal) => proposal.kind !== 'add' || !said.has(proposal.statement)), ...fallen];
}

/** It speaks of the thing, in the affirmative, and is no report of giving it up. */
function restsOn(old: Statement, name: string): boolean {
  if (old.text.length > longest || old.claim?.protected === true || old.claim?.kind === 'code' || old.claim?.kind === 'row') return false;
  const at = placeOf(old.text, name);
  if (at < 0 || old.durability === 'momentary' || old.durability === 'episode') return false;
  if (old.frame.hypothetical || old.frame.question) return false;
  return !/\b(?:not|never|no|don['’]t|isn['’]t|from|instead of|rather than)\s+(?:\p{L}+\s+){0,2}[`"']?$/iu.test(old.text.slice(0, at));
}

function placeOf(text: string, name: string): number {
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1))
    if (
      !/[\p{L}\d_-]/u.test(lower.charAt(at - 1)) &&
      !/[\p{L}\d_]|-\p{L}/u.test(lower.slice(at + name.length, at + name.length + 2).replace(/^[^\p{L}\d_-].*/u, ''))
    )
      return at;
  return -1;
}

function falls(old: Statement, given: Renounced, by: Statement): boolean {
  if (old.id === by.id || compareTimes(by, old) <= 0) return false;
  if (by.fact !== null && old.fact !== null && by.fact.sessionId === old.fact.sessionId && by.fact.eventNumber === old.fact.eventNumber)
    return false;
  const own = ownWords(old, given);
  const shared = given.scope.filter((term) => own.includes(term)).length;
  // "Moved from A to B", and nothing else: whatever rests on A.
  if (!given.unique) return shared > 0 || (given.scope.length === 0 && given.successor !== null);
  // Two things that the same product serves: giving it up for one leaves the other.
  return shared > 0 || given.scope.length === 0 || own.length === 0;
}

/** Its content words beside the thing. */
function ownWords(old: Statement, given: Renounced): string[] {
  const ofThing = new Set(terms(given.name).map(concept));
  return old.terms.filter((term) => !ofThing.has(term) && !soft.has(term) && !hollow.has(term) && /^\p{L}{3,}/u.test(term));
}

/** A still later statement goes back to it. */
function restores(later: Statement, given: Renounced, by: Statement): boolean {
  return compareTimes(later, by) > 0 && later.polarity === 'affirmed' && restsOn(later, given.name) && later.value !== null;
}

function proposalFor(old: Statement, was: Pick<Proposal, 'claimIds' | 'factIds'>, { given, by }: GivenUp): Proposal[] {
  const lasting = by.durability === 'standing' || by.durability === 'current';
  const reason = `${quoted(old.text)} no longer holds: ${quoted(by.text)} (${sourceOf(by)}).`;
  const rewritten = given.successor === null ? withoutSentence(old.text, given.name) : withSuccessor(old.text, given.name, given.successor);
  const more = ownWords(old, given).filter((term) => !by.terms.includes(term)).length >= saysMore;
  // What says no more than that the thing is used is told by the sentence that gives it up.
  const statement = more || !lasting ? rewritten : given.successor === null ? null : by.text;
  const factIds = [...new Set([by.id, ...was.factIds])];
  if (was.claimIds.length > 0) {
    if (statement === null) return [{ kind: 'retire', claimIds: was.claimIds, factIds, reasonCode: 'revoked', reason }];
    const change = { oldValue: given.name, newValue: given.successor, reasonCode: 'newer_value' as const, reason };
    return [{ kind: 'supersede', claimIds: was.claimIds, factIds, statement, topic: topicOf(statement, null), weight: 3, ...change }];
  }
  if (statement === null || statement === by.text)
    return [{ kind: 'drop', claimIds: [], factIds: was.factIds, reasonCode: 'newer_value', reason }];
  return [{ kind: 'add', claimIds: [], factIds, statement, topic: topicOf(statement, null), weight: 3, reasonCode: 'newer_value', reason }];
}

/** The line with the new name in the place of the old one. */
function withSuccessor(text: string, name: string, successor: string): string | null {
  const at = placeOf(text, name);
  return at < 0 ? null : `${text.slice(0, at)}${successor}${text.slice(at + name.length)}`;
}

/** What is left of a line of several sentences without those that rest on it. */
function withoutSentence(text: string, name: string): string | null {
  const parts = sentences(text).map(({ start, end }) => text.slice(start, end));
  const left = parts.filter((part) => placeOf(part, name) < 0);
  return left.length === 0 || left.length === parts.length || left.join(' ').length < 24 ? null : left.join(' ');
}
