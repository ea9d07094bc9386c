// Settles a group: what says the same is merged, contradictions fall to the latest assertion by someone entitled, passing notes go.
import type { Claim } from '../../../domain/claim.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import type { Group } from '../../../domain/group.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import type { ReconcileQuestion } from '../../engine.ts';
import { parseInstructions } from '../instructions.ts';
import { slotsOf } from './cluster.ts';
import { applyRevocations } from './revocations.ts';
import { setAside } from './set-aside.ts';
import { settle } from './settle.ts';
import { statementOfClaim, statementOfFact } from './statement.ts';
import type { Setting } from './setting.ts';
import type { Statement } from './statement.ts';
import { voicesOf } from './voices.ts';

export interface GroupEntry {
  group: Group;
  claims: Claim[];
  facts: CandidateFact[];
}

export function reconcileGroups(question: ReconcileQuestion): Proposal[] {
  const setting: Setting = { steering: parseInstructions(question.instructions), voices: voicesOf(question.groups.flatMap((entry) => entry.facts)) };
  return question.groups.flatMap((entry) => reconcileGroup(entry, setting));
}

/** The answer depends on the group's content alone, not on the order in which claims and facts come. */
export function reconcileGroup(entry: GroupEntry, setting: Setting): Proposal[] {
  const claims = entry.claims.map(statementOfClaim).sort(inOrder);
  const facts = entry.facts.map(statementOfFact).sort(inOrder);
  const aside = setAside([...claims, ...facts], setting);
  const revoked = applyRevocations(aside.left);
  const proposals = slotsOf(revoked.left).flatMap((slot) => settle(slot, setting));
  return [...aside.proposals, ...revoked.proposals, ...proposals];
}

function inOrder(a: Statement, b: Statement): number {
  const placeOf = (statement: Statement): string =>
    statement.claim !== null ? `${statement.claim.path}\u0000${String(statement.claim.start).padStart(9, '0')}` : `${String(statement.fact?.windowOrdinal ?? 0).padStart(9, '0')}\u0000${String(statement.order).padStart(9, '0')}`;
  return compareText(placeOf(a), placeOf(b)) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
