// Names a change in a way that is the same in every round, so that a refused one can be named again.
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../hash.ts';
import { deriveId } from '../ids.ts';
import type { Proposal } from '../proposal.ts';

export function changeKey(proposal: Proposal): string {
  const { kind, claimIds, factIds } = proposal;
  const statement = 'statement' in proposal ? proposal.statement : null;
  return sha256Hex(canonicalJson([kind, claimIds, factIds, statement]));
}

/** Of a claim that only changes its file. */
export function moveKey(claimId: string): string {
  return sha256Hex(canonicalJson(['move', claimId]));
}

export function changeId(dreamId: string, key: string): string {
  return deriveId('chg', dreamId, 'stageDraft', key, 0);
}
