// Words a change for the reviewer: what stood before, what stands after, why, and with which evidence.
import type { Change, ChangeKind } from '../change.ts';
import type { Claim } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import type { CandidateFact } from '../fact.ts';
import { maskSecrets } from '../secrets.ts';
import { distinctEvidence, factEvidence, memoryEvidence, standingEvidence } from './change-evidence.ts';
import { changeId, moveKey } from './change-key.ts';
import type { Edit } from './resolve-proposals.ts';

/** Where the new text stands; null for a removal. */
export interface LinePlace {
  path: string;
  claimId: string;
  statement: string;
}

type Contents = ReadonlyMap<string, string>;

export function describeEdit(
  dreamId: string,
  edit: Edit,
  place: LinePlace | null,
  facts: ReadonlyMap<string, CandidateFact>,
  claims: ReadonlyMap<string, Claim>,
  contents: Contents,
): Change {
  const { proposal, gone } = edit;
  const concerned =
    gone.length > 0 ? gone : proposal.claimIds.map((id) => claims.get(id)).filter((claim): claim is Claim => claim !== undefined);
  return {
    id: changeId(dreamId, edit.key),
    kind: kindOf(edit),
    path: place?.path ?? gone[0]?.path ?? '',
    removed: gone.map(removedLine),
    before: gone.length === 0 ? null : gone.map((claim) => maskSecrets(claim.text)).join('\n'),
    after: place?.statement ?? null,
    claimId: place?.claimId ?? null,
    reasonCode: proposal.reasonCode,
    reason: proposal.reason,
    evidence: distinctEvidence([
      ...factEvidence(proposal, facts),
      ...concerned.map((claim) => memoryEvidence(claim, contents.get(claim.path) ?? '')),
    ]),
  };
}

/** A merge or replacement whose claims another change took is something new. */
function kindOf(edit: Edit): ChangeKind {
  const { kind } = edit.proposal;
  if (kind === 'drop') return 'retire';
  return (kind === 'merge' || kind === 'supersede') && edit.gone.length === 0 ? 'add' : kind;
}

export function describeMove(dreamId: string, claim: Claim, place: LinePlace, contents: Contents): Change {
  return {
    id: changeId(dreamId, moveKey(claim.id)),
    kind: 'move',
    path: place.path,
    removed: [removedLine(claim)],
    before: maskSecrets(claim.text),
    after: place.statement,
    claimId: place.claimId,
    reasonCode: 'layout',
    reason: `Moved from ${claim.path}, which mixes topics, to ${place.path}, where a reader looks for it.`,
    evidence: [memoryEvidence(claim, contents.get(claim.path) ?? '')],
  };
}

function removedLine(claim: Claim): Change['removed'][number] {
  return { claimId: claim.id, path: claim.path, text: maskSecrets(claim.text) };
}

/** What backs the line that an edit makes: never the value that it replaces, unless nothing else speaks for the new one. */
export function lineEvidence(
  edit: Edit,
  facts: ReadonlyMap<string, CandidateFact>,
  claims: ReadonlyMap<string, Claim>,
  contents: Contents,
): Evidence[] {
  const { proposal } = edit;
  const own = factEvidence(proposal, facts);
  const named = proposal.claimIds.map((id) => claims.get(id)).filter((claim): claim is Claim => claim !== undefined);
  const standing = (of: readonly Claim[]): Evidence[] => of.flatMap((claim) => standingEvidence(claim, contents.get(claim.path) ?? ''));
  if (proposal.kind !== 'supersede') return distinctEvidence([...own, ...standing(named)]);
  if (own.length > 0) return own;
  const value = proposal.newValue?.toLowerCase() ?? '';
  const saying = value === '' ? [] : named.filter((claim) => claim.text.toLowerCase().includes(value));
  return distinctEvidence(standing(saying.length > 0 ? saying : named));
}
