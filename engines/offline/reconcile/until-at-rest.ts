// Settles its own result: what a dream writes must be what the next dream, with nothing new to read, leaves as it is.
import { assertionOf } from '../../../domain/assertion.ts';
import type { Claim } from '../../../domain/claim.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import { groupItems } from '../../../domain/grouping.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { cleanStatement } from '../../../domain/staging/statement.ts';
import type { ReconcileQuestion } from '../../engine.ts';
import { claimItem } from '../grouping-item.ts';
import { foldIn } from './fold-in.ts';

/** Proposals of one kind of line seldom lead to others more than once; a chain that goes on is left to the next dream. */
const mostRounds = 3;

export function untilAtRest(question: ReconcileQuestion, settleOnce: (question: ReconcileQuestion) => Proposal[]): Proposal[] {
  const claims = question.groups.flatMap((entry) => entry.claims);
  const facts = new Map(question.groups.flatMap((entry) => entry.facts.map((fact) => [fact.id, fact] as const)));
  let proposals = settleOnce(question);
  for (let round = 0; round < mostRounds; round++) {
    const made = madeLines(proposals, claims, facts);
    // Where nothing will be written, the store is at rest or will be settled with what it waits for.
    if (made.size === 0) break;
    const gone = new Set(proposals.flatMap(({ kind, claimIds }) => (kind === 'open_conflict' || kind === 'drop' ? [] : claimIds)));
    const lines = [...claims.filter((claim) => !gone.has(claim.id)), ...made.keys()];
    const next = settleOnce({ groups: groupsOf(lines), instructions: question.instructions, sessions: [] });
    const byId = new Map([...made].map(([line, proposal]) => [line.id, proposal]));
    // Only what concerns a new line: the others were looked at already, in better company.
    const concerning = next.filter(({ kind, claimIds }) => kind !== 'drop' && claimIds.some((id) => byId.has(id)));
    if (concerning.length === 0) break;
    proposals = foldIn(proposals, concerning, byId);
  }
  return proposals;
}

/** The lines that proposals make, as the next dream will read them. */
function madeLines(
  proposals: readonly Proposal[],
  claims: readonly Claim[],
  facts: ReadonlyMap<string, CandidateFact>,
): Map<Claim, Proposal> {
  const known = new Map(claims.map((claim) => [claim.id, claim]));
  const made = new Map<Claim, Proposal>();
  for (const [index, proposal] of proposals.entries()) {
    if (!('statement' in proposal) || proposal.kind === 'open_conflict' || proposal.kind === 'pattern') continue;
    const named = proposal.claimIds.flatMap((id) => known.get(id) ?? []);
    const said = proposal.factIds.flatMap((id) => facts.get(id)?.evidence ?? []);
    const kept = proposal.kind === 'supersede' && said.length > 0 ? [] : named;
    const voices = [...said, ...kept.flatMap((claim) => claim.evidence)];
    const assertion = assertionOf(voices) ?? { origin: kept[0]?.origin ?? 'memory', at: kept[0]?.at ?? null };
    const host = named[0];
    const text = host?.kind === 'code' ? proposal.statement : cleanStatement(proposal.statement);
    made.set(
      {
        id: `made:${String(index)}`,
        memoryId: host?.memoryId ?? '',
        memoryVersionId: host?.memoryVersionId ?? '',
        path: host?.path ?? '',
        headings: host?.headings ?? ('topic' in proposal ? [proposal.topic] : []),
        kind: host?.kind ?? 'item',
        text,
        start: host?.start ?? index,
        end: (host?.start ?? index) + text.length,
        ...assertion,
        evidence: voices,
        protected: false,
      },
      proposal,
    );
  }
  return made;
}

function groupsOf(lines: readonly Claim[]): ReconcileQuestion['groups'] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return groupItems(lines.map(claimItem)).map((group) => ({
    group,
    claims: group.claimIds.flatMap((id) => byId.get(id) ?? []),
    facts: [],
  }));
}
