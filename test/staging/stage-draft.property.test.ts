import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Claim } from '../../domain/claim.ts';
import { allGuards, runGuards } from '../../domain/guards/all-guards.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { isIndexPath, readIndexLink } from '../../domain/index-file.ts';
import { maxMemoryBytes } from '../../domain/limits.ts';
import { checkMemoryPath, conflictingPath } from '../../domain/memory-path.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { stageDraft, type StageInput } from '../../domain/staging/stage-draft.ts';
import { sameText } from '../../domain/staging/statement.ts';
import { parseClaims } from '../../sources/markdown/parse-claims.ts';
import { claimsOf, dreamId, fact, memoriesOf } from './build-store.ts';

const words = fc.constantFrom(
  'deploy',
  'tests',
  'port',
  '5432',
  'Postgres',
  'never',
  'the',
  'user',
  'on',
  'Tuesday',
  'review',
  'cache',
  'API',
  'commit',
  '`npm ci`',
  'staging',
  'é',
  '😀',
);
const sentence = fc.array(words, { minLength: 1, maxLength: 9 }).map((list) => list.join(' '));
const line = fc.oneof(
  { weight: 6, arbitrary: sentence.map((text) => `- ${text}`) },
  { weight: 2, arbitrary: sentence.map((text) => `  - ${text}`) },
  { weight: 1, arbitrary: sentence.map((text) => `- ${text}:`) },
  { weight: 3, arbitrary: sentence },
  { weight: 2, arbitrary: sentence.map((text) => `* [ ] ${text}`) },
  { weight: 2, arbitrary: sentence.map((text) => `1. ${text}`) },
  { weight: 2, arbitrary: sentence.map((text) => `## ${text}`) },
  { weight: 1, arbitrary: sentence.map((text) => `| ${text} | x |`) },
  { weight: 1, arbitrary: fc.constantFrom('```', '---', '| a | b |\n|---|---|', '<!-- note -->', '> quoted text', '===', '    indented') },
  { weight: 4, arbitrary: fc.constant('') },
);
const content = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, eol, closed]) => lines.join('\n').replaceAll('\n', eol) + (closed ? eol : ''));
const path = fc.constantFrom(
  '/MEMORY.md',
  '/notes.md',
  '/testing.md',
  '/deploy/prod.md',
  '/old/2026-spring.md',
  '/preferences.md',
  '/todo.md',
  '/_index.md',
  '/policies/a.md',
);
const store = fc.dictionary(path, content, { minKeys: 1, maxKeys: 6 });
const topic = fc.constantFrom('Testing', 'Deployment', 'Notes', 'People');
const seedProposal = fc.record({
  kind: fc.constantFrom('add', 'merge', 'supersede', 'retire', 'rewrite', 'open_conflict', 'pattern', 'drop' as const),
  picks: fc.array(fc.nat(60), { maxLength: 4 }),
  statement: sentence,
  topic,
  weight: fc.nat(5),
  reasonCode: fc.constantFrom('stale', 'momentary', 'duplicate', 'noise' as const),
  facts: fc.array(fc.nat(3), { maxLength: 2 }),
});

function proposalsFrom(
  seeds: { kind: string; picks: number[]; statement: string; topic: string; weight: number; reasonCode: string; facts: number[] }[],
  claims: Claim[],
): Proposal[] {
  return seeds.map(
    ({ kind, picks, facts, ...rest }) =>
      ({
        ...rest,
        kind,
        reason: 'Because.',
        claimIds: [...new Set(picks.map((pick) => claims[pick % Math.max(1, claims.length)]?.id ?? 'clm_none'))],
        factIds: facts.map((n) => `fact_${n}`),
        oldValue: null,
        newValue: null,
        seenIn: 2,
        outOf: 3,
        evidence: [],
      }) as unknown as Proposal,
  );
}

const topicOf = (claim: Claim): string | null =>
  /deploy|staging/i.test(claim.text)
    ? 'Deployment'
    : /test/i.test(claim.text)
      ? 'Testing'
      : /user|review/i.test(claim.text)
        ? 'People'
        : null;
const facts = new Map([0, 1, 2, 3].map((n) => [`fact_${n}`, fact(`fact_${n}`, `fact number ${n}`)]));

function inputOf(contents: Record<string, string>, seeds: Parameters<typeof proposalsFrom>[0]): StageInput {
  const memories = memoriesOf(contents);
  const claims = claimsOf(memories);
  return {
    dreamId,
    round: 1,
    memories,
    claims,
    facts,
    proposals: proposalsFrom(seeds, claims),
    refused: new Set(),
    protect: ['/policies/'],
    retireCap: 0.3,
    topicOf,
  };
}

const cases = fc.tuple(store, fc.array(seedProposal, { maxLength: 12 }));
const runs = { numRuns: 200 };
vi.setConfig({ testTimeout: 60_000 });

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
          expect(claim).toMatchObject({ path: change.path, text: change.after, changeId: change.id });
        }
      }),
      runs,
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
