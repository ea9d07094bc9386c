import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { allGuards, runGuards } from '../../domain/guards/all-guards.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { isIndexPath, readIndexLink } from '../../domain/index-file.ts';
import { maxMemoryBytes } from '../../domain/limits.ts';
import { checkMemoryPath, conflictingPath } from '../../domain/memory-path.ts';
import { stageDraft } from '../../domain/staging/stage-draft.ts';
import { sameText } from '../../domain/staging/statement.ts';
import { parseClaims } from '../../sources/markdown/parse-claims.ts';
import { dreamId } from './build-store.ts';
import type { Case } from './random-store.ts';
import { cases, inputOf } from './random-store.ts';

const runs = { numRuns: 200 };
vi.setConfig({ testTimeout: 60_000 });

const because: Omit<Case[1][number], 'kind' | 'picks' | 'statement'> = { weight: 0, topic: 'Testing', reasonCode: 'stale', facts: [] };
/** Found by chance, once in some hundred runs. */
const movedAndMerged: Case = [
  { '/MEMORY.md': '* [ ] deploy\n- deploy\n  - deploy\n1. deploy' },
  [
    { kind: 'merge', picks: [5, 0], statement: 'deploy', ...because },
    { kind: 'add', picks: [], statement: 'tests', ...because },
  ],
];

describe('any draft', () => {
  it('loses no claim that no change names', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const input = inputOf(contents, seeds);
        const { draft } = stageDraft(input);
        const named = new Set(draft.changes.flatMap((change) => change.removed.map((entry) => entry.claimId)));
        const left = new Map(draft.claims.map((claim) => [claim.id, claim]));
        for (const claim of input.claims) if (!named.has(claim.id)) expect(left.get(claim.id)?.text).toBe(claim.text);
        for (const change of draft.changes) {
          if (change.after === null) continue;
          const claim = draft.claims.find((entry) => entry.id === change.claimId);
          expect(claim).toMatchObject({ path: change.path, text: change.after });
          // A line that was moved, and that says already what another change would add, is both's; it names the move.
          const moves = draft.changes.filter((other) => other.kind === 'move' && other.claimId === change.claimId);
          expect([change, ...moves].map(({ id }) => id)).toContain(claim?.changeId);
        }
      }),
      { ...runs, examples: [[movedAndMerged]] },
    );
  });

  it('has lines that stand where it says', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const { draft } = stageDraft(inputOf(contents, seeds));
        const files = new Map(draft.files.map((file) => [file.path, file.content]));
        const ids = new Set<string>();
        let last: { path: string; end: number } | null = null;
        for (const claim of draft.claims) {
          const source = files.get(claim.path)?.slice(claim.start, claim.end) ?? '';
          for (const word of claim.text.split(/[\s|]+/)) expect(source).toContain(word);
          expect(ids.has(claim.id)).toBe(false);
          ids.add(claim.id);
          if (last?.path === claim.path) expect(claim.start).toBeGreaterThanOrEqual(last.end);
          last = claim;
        }
      }),
      runs,
    );
  });

  it('reads back as the claims that it lists', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const { draft } = stageDraft(inputOf(contents, seeds));
        for (const file of draft.files) {
          // "Ports:" is a claim or introduces others, by what stands below it after a removal.
          const isWhole = (text: string): boolean => !text.endsWith(':');
          const listed = draft.claims
            .filter((claim) => claim.path === file.path)
            .map((claim) => claim.text)
            .filter(isWhole);
          const read = parseClaims({
            memoryId: 'm',
            memoryVersionId: 'v',
            path: file.path,
            content: file.content,
            dreamId,
            protected: false,
          })
            .map((claim) => claim.text)
            .filter(isWhole);
          expect(read).toEqual(listed);
        }
      }),
      runs,
    );
  });

  it('quotes the input store word for word', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const { draft } = stageDraft(inputOf(contents, seeds));
        for (const evidence of [
          ...draft.changes.flatMap((change) => change.evidence),
          ...draft.claims.flatMap((claim) => claim.evidence),
        ]) {
          if (evidence.kind !== 'memory') continue;
          expect(contents[evidence.path]?.slice(evidence.start, evidence.end)).toBe(evidence.quote);
          expect(evidence.quote.trim()).not.toBe('');
        }
      }),
      runs,
    );
  });

  it('keeps paths and sizes legal and lists every file in the index', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const { draft } = stageDraft(inputOf(contents, seeds));
        const paths = draft.files.map((file) => file.path);
        expect(paths.map(checkMemoryPath).filter((found) => found !== null)).toEqual([]);
        expect(conflictingPath(paths)).toBeNull();
        for (const file of draft.files) expect(new TextEncoder().encode(file.content).length).toBeLessThanOrEqual(maxMemoryBytes);
        const index = draft.files.find((file) => file.path === '/_index.md');
        const links = (index?.content ?? '')
          .split('\n')
          .map(readIndexLink)
          .filter((link) => link !== null);
        expect(links.toSorted()).toEqual(paths.filter((entry) => !isIndexPath(entry)).toSorted());
      }),
      runs,
    );
  });

  it('never touches protected files and keeps untouched files byte for byte', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const { draft } = stageDraft(inputOf(contents, seeds));
        const after = new Map(draft.files.map((file) => [file.path, file.content]));
        const touched = new Set(draft.changes.flatMap((change) => [change.path, ...change.removed.map((entry) => entry.path)]));
        for (const [file, before] of Object.entries(contents)) {
          if (file === '/_index.md') continue;
          if (file.startsWith('/policies/') || !touched.has(file)) expect(after.get(file)).toBe(before);
        }
      }),
      runs,
    );
  });

  it('is the same for the same input in another order', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat(1_000)), ([contents, seeds], numbers) => {
        const input = inputOf(contents, seeds);
        const shuffled = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => ({ item, at: numbers.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other = stageDraft({
          ...input,
          memories: shuffled(input.memories),
          claims: shuffled(input.claims),
          proposals: shuffled(input.proposals),
        });
        expect(other).toEqual(stageDraft(input));
      }),
      runs,
    );
  });

  it('changes nothing when it is staged again without proposals', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const first = stageDraft(inputOf(contents, seeds)).draft;
        const store2 = Object.fromEntries(first.files.map((file) => [file.path, file.content]));
        const second = stageDraft(inputOf(store2, [])).draft;
        expect(second.changes).toEqual([]);
        expect(Object.fromEntries(second.files.map((file) => [file.path, file.content]))).toEqual(store2);
      }),
      runs,
    );
  });

  it('passes the guards on its form', () => {
    fc.assert(
      fc.property(cases, ([contents, seeds]) => {
        const input = inputOf(contents, seeds);
        const { draft } = stageDraft(input);
        const named = [
          'evidence-verbatim',
          'removal-reason',
          'claims-preserved',
          'retire-cap',
          'protected-paths',
          'untouched-identical',
          'path-rules',
          'index-complete',
        ];
        const guards = allGuards.filter((guard) => named.includes(guard.name));
        expect(guards).toHaveLength(named.length);
        const report = runGuards(
          {
            input: { memories: input.memories.map((memory) => ({ ...memory, sha256: sha256Hex(memory.content) })), claims: input.claims },
            draft,
            protect: input.protect,
            retireCap: input.retireCap,
            reviewRequired: false,
            refusedRewrites: new Set(),
            searchSources: () => true,
            resolve: (evidence) => (evidence.kind === 'event' ? evidence.quote : (contents[evidence.path] ?? null)),
          },
          guards,
        );
        // An added fact in these random stores may have no evidence at all; that guard's refusal is right.
        expect(
          report.findings.filter((finding) => finding.guard !== 'evidence-verbatim' || !finding.message.includes('no evidence')),
        ).toEqual([]);
      }),
      runs,
    );
  });

  it('leaves a refused change out and changes nothing else about the others', () => {
    fc.assert(
      fc.property(cases, fc.nat(20), ([contents, seeds], pick) => {
        const input = inputOf(contents, seeds);
        const { draft } = stageDraft(input);
        const victim = draft.changes[pick % Math.max(1, draft.changes.length)];
        if (victim === undefined) return;
        const again = stageDraft({ ...input, round: 2, refused: new Set([victim.id]) }).draft;
        expect(again.changes.map((change) => change.id)).not.toContain(victim.id);
        expect(again.id).not.toBe(draft.id);
      }),
      runs,
    );
  });
});

describe('the same text', () => {
  it('ignores case, spaces and closing marks only', () => {
    expect(sameText('Use  `npm`.')).toBe(sameText('use npm'));
    expect(sameText('Use npm 5')).not.toBe(sameText('Use npm 6'));
  });
});
