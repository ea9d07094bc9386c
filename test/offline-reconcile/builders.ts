// Claims and facts for tests; a test names only what it is about.
import type { Claim } from '../../domain/claim.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { frameOf } from '../../engines/offline/frame.ts';
import { reconcileGroups } from '../../engines/offline/reconcile/reconcile-group.ts';

let next = 0;

export function claim(text: string, parts: Partial<Claim> = {}): Claim {
  next += 1;
  const id = `clm_${String(next).padStart(4, '0')}`;
  return {
    id,
    memoryId: 'mem_1',
    memoryVersionId: 'memver_1',
    path: '/notes/project.md',
    headings: [],
    kind: 'item',
    text,
    start: next * 100,
    end: next * 100 + text.length,
    at: null,
    origin: 'memory',
    evidence: [],
    protected: false,
    ...parts,
  };
}

export function fact(statement: string, parts: Partial<CandidateFact> & { day?: string; quote?: string } = {}): CandidateFact {
  next += 1;
  const { day = '2026-03-01', quote = statement, ...rest } = parts;
  const id = `fact_${String(next).padStart(4, '0')}`;
  const frame = frameOf(statement);
  const sessionId = rest.sessionId ?? `sesn_${day}`;
  const origin = rest.origin ?? 'user';
  const at = `${day}T10:00:00Z`;
  return {
    id,
    windowOrdinal: Number(day.replaceAll('-', '')),
    sessionId,
    statement,
    subject: frame.subject,
    attribute: frame.attribute,
    value: frame.value,
    polarity: frame.polarity,
    force: 'asserted',
    durability: 'current',
    origin,
    at,
    eventNumber: 1,
    evidence: [{ kind: 'event', sessionId, eventId: `sevt_${id}`, block: 0, start: 0, end: quote.length, quote, origin, at }],
    ...rest,
  };
}

/** One group of all of them, settled. */
export function reconcile(claims: Claim[], facts: CandidateFact[], instructions: string | null = null): Proposal[] {
  const group = { ordinal: 0, claimIds: claims.map(({ id }) => id), factIds: facts.map(({ id }) => id) };
  const sessions = [...new Set(facts.map(({ sessionId }) => sessionId))].sort().map((id) => ({ id, at: null }));
  return reconcileGroups({ groups: [{ group, claims, facts }], instructions, sessions });
}

export function ofKind<K extends Proposal['kind']>(proposals: Proposal[], kind: K): Extract<Proposal, { kind: K }>[] {
  return proposals.filter((proposal): proposal is Extract<Proposal, { kind: K }> => proposal.kind === kind);
}

/** The one proposal of a kind; fails when there are none or several. */
export function only<K extends Proposal['kind']>(proposals: Proposal[], kind: K): Extract<Proposal, { kind: K }> {
  const found = ofKind(proposals, kind);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} proposals of kind ${kind}: ${JSON.stringify(proposals, null, 1)}`);
  return found[0];
}
