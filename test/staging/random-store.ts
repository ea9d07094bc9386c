// Random stores with random proposals, for properties that hold of any draft.
import fc from 'fast-check';
import type { Claim } from '../../domain/claim.ts';
import type { Proposal } from '../../domain/proposal.ts';
import type { StageInput } from '../../domain/staging/stage-draft.ts';
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

export function inputOf(contents: Record<string, string>, seeds: Parameters<typeof proposalsFrom>[0]): StageInput {
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

export const cases = fc.tuple(store, fc.array(seedProposal, { maxLength: 12 }));

export type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
