// Settles a group: what says the same is merged, contradictions fall to the latest assertion by someone entitled, passing notes go.
import type { Claim } from '../../../domain/claim.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import type { Group } from '../../../domain/group.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import type { ReconcileQuestion } from '../../engine.ts';
import { parseInstructions } from '../instructions.ts';
import { isSessionNote } from '../note-line.ts';
import { slotsOf } from './cluster.ts';
import { applyRevocations } from './revocations.ts';
import { editLines } from './edit-lines.ts';
import type { EditProposal } from './edit-lines.ts';
import { settleEndedWays } from './ended-ways.ts';
import { editedSince, withEarlierStates } from './file-states.ts';
import { settleAmounts } from './quantity-conflicts.ts';
import { isOpenEntry, isSettledBy, standingTexts } from './open-entries.ts';
import { settleNotes } from './session-notes.ts';
import { asideUnread, setAside } from './set-aside.ts';
import { settleRenounced } from './settle-renounced.ts';
import type { Aside } from './set-aside.ts';
import { settle } from './settle.ts';
import { statementOfClaim, statementOfFact } from './statement.ts';
import type { Setting } from './setting.ts';
import type { Statement } from './statement.ts';
import { untilAtRest } from './until-at-rest.ts';
import { voicesOf } from './voices.ts';
import { quoted } from './wording.ts';

export interface GroupEntry {
  group: Group;
  claims: Claim[];
  facts: CandidateFact[];
}

/** What becomes of the groups' lines and facts, so that the result needs no second dream to settle. */
export function reconcileGroups(question: ReconcileQuestion): Proposal[] {
  return untilAtRest(question, settleGroups);
}

/** Rules fall and settings are edited over all groups of the question; what is left is settled group by group. */
function settleGroups(question: ReconcileQuestion): Proposal[] {
  // Entries that an earlier dream wrote name values without stating them: they take no part.
  const entries = question.groups.flatMap(({ claims }) => claims.filter(isOpenEntry));
  const setting: Setting = {
    openEntries: question.groups.flatMap(({ claims }) => claims.map(({ text }) => text).filter((text) => text.startsWith('Open: '))),
    steering: parseInstructions(question.instructions),
    voices: voicesOf(question.groups.flatMap((entry) => entry.facts)),
  };
  const opened = question.groups.map((entry) => openGroup(entry, setting));
  const revoked = applyRevocations(opened.flatMap(({ left }) => left).sort(inOrder));
  const became = editedSince(revoked.left);
  const current = revoked.left.filter((statement) => !became.has(statement));
  const standing = new Set(current);
  const edited = editLines(current);
  const newText = new Map(edited.edits.map((edit) => [edit.claimIds[0] ?? '', edit.statement]));
  const present = current.filter((statement) => !edited.taken.has(statement)).map((statement) => asEdited(statement, newText));
  const ended = settleEndedWays(present);
  const amounts = settleAmounts(
    present.filter((statement) => !ended.taken.has(statement)),
    setting.openEntries,
  );
  const across = new Set([...ended.taken, ...amounts.taken].map(({ id }) => id));
  const settled = [
    ...ended.proposals,
    ...amounts.proposals,
    ...opened.flatMap(({ left }) =>
      slotsOf(
        left
          .filter((statement) => standing.has(statement) && !edited.taken.has(statement) && !across.has(statement.id))
          .map((statement) => asEdited(statement, newText)),
      ).flatMap((slot) => settle(slot, setting)),
    ),
  ];
  const decided = [
    ...revoked.proposals,
    ...edited.drops,
    ...settleRenounced(
      withEarlierStates(withEdits(settled, edited.edits), became),
      current,
      question.groups.flatMap(({ facts }) => facts),
    ),
  ];
  const taken = new Set(decided.flatMap(({ claimIds }) => claimIds));
  const proposals = [...opened.flatMap((group) => group.proposals).filter((proposal) => !isCovered(proposal, taken)), ...decided];
  return [...proposals, ...retireSettled(entries, question, proposals)];
}

/** A date that is written out in a line which is merged or replaced all the same. */
function isCovered(proposal: Proposal, taken: ReadonlySet<string>): boolean {
  return proposal.kind === 'rewrite' && proposal.reasonCode === 'relative_date' && proposal.claimIds.some((id) => taken.has(id));
}

function retireSettled(entries: readonly Claim[], question: ReconcileQuestion, proposals: readonly Proposal[]): Proposal[] {
  if (entries.length === 0) return [];
  const texts = standingTexts(
    question.groups.flatMap(({ claims }) => claims.filter((claim) => !isOpenEntry(claim))),
    proposals,
  );
  return entries
    .filter((entry) => !entry.protected && isSettledBy(entry.text, texts))
    .map((entry) => ({
      kind: 'retire',
      claimIds: [entry.id],
      factIds: [],
      reasonCode: 'stale',
      reason: `Settled: the store no longer states both sides of ${quoted(entry.text)}.`,
    }));
}

function asEdited(statement: Statement, newText: ReadonlyMap<string, string>): Statement {
  const text = statement.claim === null ? undefined : newText.get(statement.id);
  return text === undefined || statement.claim === null ? statement : statementOfClaim({ ...statement.claim, text });
}

/** A line that is edited and then merged with its copies is one change. */
function withEdits(settled: readonly Proposal[], edits: readonly EditProposal[]): Proposal[] {
  const left = new Map(edits.map((edit) => [edit.claimIds[0] ?? '', edit]));
  const joined = settled.flatMap((proposal): Proposal | [] => {
    if (proposal.kind !== 'merge' && proposal.kind !== 'supersede') return proposal;
    const own = proposal.claimIds.flatMap((id) => left.get(id) ?? []);
    if (own.length === 0) return proposal;
    // Two lines in which several words changed are each edited where they stand.
    if (
      own.length > 1 &&
      own.length === proposal.claimIds.length &&
      own.every((edit) => edit.reason.includes('; ')) &&
      new Set(own.map(({ oldValue }) => oldValue)).size > 1
    )
      return [];
    for (const edit of own) left.delete(edit.claimIds[0] ?? '');
    const changed = own.find(({ newValue }) => newValue !== null);
    const factIds = [...new Set([...own.flatMap(({ factIds }) => factIds), ...proposal.factIds])];
    if (changed === undefined) return { ...proposal, factIds };
    const { oldValue, newValue, reasonCode } = changed;
    return {
      ...proposal,
      kind: 'supersede',
      oldValue,
      newValue,
      reasonCode,
      factIds,
      reason: `${[...new Set(own.filter((edit) => edit.newValue !== null).map(({ reason }) => reason))].join(' ')} ${proposal.reason}`,
    };
  });
  return [...[...left.values()].map((edit): Proposal => (edit.newValue === null ? { ...edit, kind: 'merge' } : edit)), ...joined];
}

/** What takes no part goes first; the answer does not depend on the order in which claims and facts come. */
function openGroup(entry: GroupEntry, setting: Setting): Aside {
  const notes = settleNotes(
    entry.facts.filter((fact) => fact.signal === 'progress'),
    entry.claims.filter((claim) => isSessionNote(claim.text)),
    setting,
  );
  const claims = entry.claims
    .filter((claim) => !isOpenEntry(claim) && !isSessionNote(claim.text))
    .map(statementOfClaim)
    .sort(inOrder);
  const unread = entry.facts.flatMap((fact) => (fact.signal === 'progress' ? [] : (asideUnread(fact, setting) ?? [])));
  const gone = new Set(unread.flatMap(({ factIds }) => factIds));
  const facts = entry.facts
    .filter((fact) => fact.signal !== 'progress' && !gone.has(fact.id))
    .map(statementOfFact)
    .sort(inOrder);
  const { left, proposals } = setAside([...claims, ...facts], setting);
  // A line whose date is written out is still the copy or the rival of another.
  const dated = new Map(
    proposals.flatMap((proposal): [string, string][] =>
      proposal.kind === 'rewrite' && proposal.reasonCode === 'relative_date' ? [[proposal.claimIds[0] ?? '', proposal.statement]] : [],
    ),
  );
  const again = claims.filter(({ id }) => dated.has(id)).map((statement) => asEdited(statement, dated));
  return { left: [...left, ...again].sort(byKindAndPlace), proposals: [...unread, ...proposals, ...notes] };
}

/** Claims before facts, as they come. */
function byKindAndPlace(a: Statement, b: Statement): number {
  return Number(a.claim === null) - Number(b.claim === null) || inOrder(a, b);
}

function inOrder(a: Statement, b: Statement): number {
  const placeOf = (statement: Statement): string =>
    statement.claim !== null
      ? `${statement.claim.path}\u0000${String(statement.claim.start).padStart(9, '0')}`
      : `${String(statement.fact?.windowOrdinal ?? 0).padStart(9, '0')}\u0000${String(statement.order).padStart(9, '0')}`;
  return compareText(placeOf(a), placeOf(b));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
