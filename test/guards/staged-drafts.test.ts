import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../domain/evidence.ts';
import { runGuards } from '../../domain/guards/all-guards.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { stageDraft } from '../../domain/staging/stage-draft.ts';
import { claimsOf, dreamId, fact, memoriesOf } from '../staging/build-store.ts';

const sentence = fc
  .array(fc.constantFrom('deploy', 'tests', 'port', '5432', 'never', 'the', 'cache', 'API', '`npm ci`', 'é', '😀', 'review'), {
    minLength: 1,
    maxLength: 7,
  })
  .map((words) => words.join(' '));
const line = fc.oneof(
  sentence.map((text) => `- ${text}`),
  sentence,
  sentence.map((text) => `1. ${text}`),
  sentence.map((text) => `## ${text}`),
  sentence.map((text) => `| ${text} | x |`),
  fc.constantFrom('', '```', '---', '    indented'),
);
const content = fc
  .tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, lineBreak]) => lines.join(lineBreak) + lineBreak);
const store = fc.dictionary(
  fc.constantFrom(
    '/MEMORY.md',
    '/notes.md',
    '/testing.md',
    '/deploy/prod.md',
    '/old/2026-spring.md',
    '/_index.md',
    '/docs/_index.md',
    '/policies/a.md',
  ),
  content,
  { minKeys: 1, maxKeys: 6 },
);
const seed = fc.record({
  kind: fc.constantFrom('add', 'merge', 'supersede', 'retire', 'rewrite', 'open_conflict'),
  picks: fc.array(fc.nat(40), { maxLength: 3 }),
  statement: sentence,
  topic: fc.constantFrom('Testing', 'Deployment', 'Notes'),
  weight: fc.nat(5),
  reasonCode: fc.constantFrom('stale', 'momentary', 'duplicate'),
  facts: fc.array(fc.nat(2), { minLength: 1, maxLength: 2 }),
});
const facts = new Map([0, 1, 2].map((n) => [`fact_${n}`, fact(`fact_${n}`, `fact number ${n}`)]));
const structural = [
  'removal-reason',
  'claims-preserved',
  'retire-cap',
  'protected-paths',
  'untouched-identical',
  'path-rules',
  'index-complete',
  'evidence-verbatim',
];

describe('the guards over what stageDraft makes', () => {
  it('refuse nothing for the sake of structure', () => {
    fc.assert(
      fc.property(store, fc.array(seed, { maxLength: 8 }), (contents, seeds) => {
        const memories = memoriesOf(contents);
        const claims = claimsOf(memories);
        const proposals = seeds.map(
          ({ picks, facts: picked, ...rest }) =>
            ({
              ...rest,
              reason: 'Because.',
              claimIds: [...new Set(picks.map((pick) => claims[pick % Math.max(1, claims.length)]?.id ?? 'none'))],
              factIds: [...new Set(picked.map((n) => `fact_${n}`))],
              oldValue: null,
              newValue: null,
            }) as unknown as Proposal,
        );
        const protect = ['/policies/'];
        const { draft } = stageDraft({
          dreamId,
          round: 1,
          memories,
          claims,
          facts,
          proposals,
          refused: new Set(),
          protect,
          retireCap: 0.2,
        });
        const versions = new Map(memories.map((memory) => [memory.memoryVersionId, memory.content]));
        const report = runGuards({
          input: { memories: memories.map((memory) => ({ ...memory, sha256: sha256Hex(memory.content) })), claims },
          draft,
          protect,
          retireCap: 0.2,
          reviewRequired: false,
          refusedRewrites: new Set(),
          // Facts of the builder quote nothing real: their place is filled with what they quote.
          resolve: (evidence: Evidence) =>
            evidence.kind === 'memory' ? (versions.get(evidence.memoryVersionId) ?? null) : ' '.repeat(evidence.start) + evidence.quote,
          searchSources: () => true,
        });
        expect(
          report.findings
            .filter((finding) => structural.includes(finding.guard))
            .map(({ guard, path, message }) => ({ guard, path, message })),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
