// Builders for staging tests: a store from texts, proposals with the fields that a test cares about.
import type { Claim } from '../../domain/claim.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { stageDraft, type StagedDraft, type StageInput, type StageMemory } from '../../domain/staging/stage-draft.ts';
import { parseClaims } from '../../sources/markdown/parse-claims.ts';

export const dreamId = 'drm_01test';

export function memoriesOf(store: Record<string, string>): StageMemory[] {
  return Object.entries(store).map(([path, content]) => ({ memoryId: `mem_${path}`, memoryVersionId: `memver_${path}`, path, content }));
}

export function claimsOf(memories: readonly StageMemory[]): Claim[] {
  return memories.flatMap((memory) => parseClaims({ ...memory, dreamId, protected: false }));
}

export function stageStore(
  store: Record<string, string>,
  propose: (claim: (text: string) => string) => Proposal[] = () => [],
  more: Partial<StageInput> = {},
): StagedDraft & { contents: Record<string, string> } {
  const memories = memoriesOf(store);
  const claims = claimsOf(memories);
  const idOf = (text: string): string => {
    const found = claims.find((claim) => claim.text.includes(text));
    if (found === undefined) throw new Error(`no claim holds "${text}"`);
    return found.id;
  };
  const staged = stageDraft({
    dreamId,
    round: 1,
    memories,
    claims,
    facts: new Map(),
    proposals: propose(idOf),
    refused: new Set(),
    protect: [],
    retireCap: 1,
    ...more,
  });
  return { ...staged, contents: Object.fromEntries(staged.draft.files.map((file) => [file.path, file.content])) };
}

const base = {
  reasonCode: 'new_fact' as const,
  reason: 'Because.',
  claimIds: [] as string[],
  factIds: [] as string[],
  topic: 'Testing',
  weight: 1,
};

export function add(statement: string, more: Partial<Extract<Proposal, { kind: 'add' }>> = {}): Proposal {
  return { ...base, kind: 'add', statement, ...more };
}
export function merge(claimIds: string[], statement: string, more: Partial<Extract<Proposal, { kind: 'merge' }>> = {}): Proposal {
  return { ...base, reasonCode: 'duplicate', kind: 'merge', claimIds, statement, ...more };
}
export function supersede(claimIds: string[], statement: string, more: Partial<Extract<Proposal, { kind: 'supersede' }>> = {}): Proposal {
  return { ...base, reasonCode: 'newer_value', kind: 'supersede', claimIds, statement, oldValue: null, newValue: null, ...more };
}
export function retire(claimIds: string[], more: Partial<Extract<Proposal, { kind: 'retire' }>> = {}): Proposal {
  return { reasonCode: 'stale', reason: 'Because.', factIds: [], kind: 'retire', claimIds, ...more };
}

export function fact(id: string, statement: string): CandidateFact {
  return {
    id,
    windowOrdinal: 0,
    sessionId: 'sesn_1',
    statement,
    subject: '',
    attribute: '',
    value: null,
    polarity: 'affirmed',
    force: 'asserted',
    durability: 'standing',
    origin: 'user',
    at: '2026-01-01T00:00:00Z',
    eventNumber: 1,
    evidence: [
      {
        kind: 'event',
        sessionId: 'sesn_1',
        eventId: `sevt_${id}`,
        block: 0,
        start: 0,
        end: statement.length,
        quote: statement,
        origin: 'user',
        at: '2026-01-01T00:00:00Z',
      },
    ],
  };
}
