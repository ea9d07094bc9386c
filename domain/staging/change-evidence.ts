// The evidence of a change and of a line: what facts bring, and the claims of the input store word for word.
import type { Claim } from '../claim.ts';
import type { Evidence, MemoryEvidence } from '../evidence.ts';
import type { CandidateFact } from '../fact.ts';
import type { Proposal } from '../proposal.ts';
import { findPersonalIdentifiers } from '../personal-identifiers.ts';
import { findSecrets } from '../secrets.ts';
import { markerOf } from './note-file.ts';

const longestQuote = 400;

export function factEvidence(proposal: Proposal, facts: ReadonlyMap<string, CandidateFact>): Evidence[] {
  const own = proposal.kind === 'pattern' ? proposal.evidence : [];
  return distinctEvidence([...own, ...proposal.factIds.flatMap((id) => facts.get(id)?.evidence ?? [])]);
}

/** A contiguous part of the claim's source in the input: from its first word on, beside any secret. */
export function memoryEvidence(claim: Claim, content: string): MemoryEvidence {
  const source = content.slice(claim.start, claim.end);
  const { indent, marker } = markerOf(source.split(/[\r\n]/, 1)[0] ?? '');
  const lead = source.slice(indent.length + marker.length);
  const checkbox = /^\s*(?:\[[ xX]\]\s+)?/.exec(lead)?.[0].length ?? 0;
  const from = Math.min(indent.length + marker.length + checkbox, Math.max(0, source.length - 1));
  const stretch = openStretch(source, from);
  const start = claim.start + stretch.start;
  const end = claim.start + stretch.end;
  return {
    kind: 'memory',
    memoryVersionId: claim.memoryVersionId,
    path: claim.path,
    start,
    end,
    quote: content.slice(start, end),
    origin: claim.origin,
    at: claim.at,
  };
}

/** The longest stretch without a secret and without a number that points at one person: a line may be masked, its quote must not undo that. */
function openStretch(source: string, from: number): { start: number; end: number } {
  let best = { start: from, end: from };
  let start = from;
  const take = (end: number): void => {
    const trimmed = trimStretch(source, start, end);
    if (trimmed.end - trimmed.start > best.end - best.start) best = trimmed;
  };
  const closed = [...findSecrets(source), ...findPersonalIdentifiers(source)].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const secret of closed) {
    if (secret.start > start) take(secret.start);
    start = Math.max(start, secret.end);
  }
  take(source.length);
  return best;
}

function trimStretch(source: string, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(source[start] ?? '')) start++;
  if (end - start > longestQuote) {
    const cut = source.lastIndexOf(' ', start + longestQuote);
    end = cut > start + longestQuote / 2 ? cut : start + longestQuote;
    if (/[\ud800-\udbff]/.test(source[end - 1] ?? '')) end--;
  }
  while (end > start && /\s/.test(source[end - 1] ?? '')) end--;
  return { start, end };
}

/** What backs an unchanged line: what a dream recorded for it, else the line itself. */
export function standingEvidence(claim: Claim, content: string): Evidence[] {
  return claim.evidence.length > 0 ? claim.evidence : [memoryEvidence(claim, content)];
}

export function distinctEvidence(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter((item) => {
    const key =
      item.kind === 'event'
        ? [item.sessionId, item.eventId, item.block, item.start, item.end].join('\u0000')
        : [item.memoryVersionId, item.path, item.start, item.end].join('\u0000');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
