import { describe, expect, it } from 'vitest';
import type { Change } from '../../domain/change.ts';
import type { LeftOutWhy } from '../../domain/operation.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { findLayout, restageDraft, type RestageInput } from '../../domain/staging/restage-draft.ts';
import { stageDraft, type StageInput } from '../../domain/staging/stage-draft.ts';
import { add, claimsOf, dreamId, fact, memoriesOf, merge, retire, supersede } from './build-store.ts';

type Propose = (claim: (text: string) => string) => Proposal[];

/** Stages a store, leaves out the changes that `isOut` picks, and shows both drafts. */
function restage(
  store: Record<string, string>,
  propose: Propose,
  isOut: (change: Change) => boolean,
  more: Partial<RestageInput> = {},
  why: LeftOutWhy = 'reviewer',
) {
  const memories = memoriesOf(store);
  const claims = claimsOf(memories);
  const input: StageInput = {
    dreamId,
    round: 1,
    memories,
    claims,
    facts: new Map(),
    proposals: propose((text) => claims.find((claim) => claim.text.includes(text))?.id ?? ''),
    refused: new Set(),
    protect: [],
    retireCap: 1,
    ...more,
  };
  const reviewed = stageDraft(input).draft;
  const out = reviewed.changes.filter(isOut);
  const started = performance.now();
  const { draft, leftOut, report } = restageDraft({
    ...input,
    round: 2,
    layout: findLayout(input, [{ digest: reviewed.digest, leftOut: [] }]),
    reviewed: reviewed.changes,
    leftOut: new Map(out.map(({ id }) => [id, why])),
    conflicts: new Set(),
    ...more,
  });
  const took = performance.now() - started;
  const said = (id: string): string => {
    const change = reviewed.changes.find((each) => each.id === id);
    return change?.before ?? change?.after ?? id;
  };
  return {
    reviewed,
    draft,
    report,
    took,
    leftOut: Object.fromEntries([...leftOut].map(([id, because]) => [said(id), because])),
    contents: Object.fromEntries(draft.files.map((file) => [file.path, file.content])),
  };
}

describe('a change that was left out', () => {
  it('leaves its line as it stood and the others as they were reviewed', () => {
    const { contents, draft, leftOut } = restage(
      { '/ports.md': '# Ports\r\n\r\n* api: 3000\r\n* db:  5432 \r\n\r\nlast' },
      (claim) => [supersede([claim('api')], 'api: 4000'), supersede([claim('db')], 'db: 5433')],
      (change) => change.before === 'api: 3000',
    );
    expect(contents['/ports.md']).toBe('# Ports\r\n\r\n* api: 3000\r\n* db: 5433\r\n\r\nlast');
    expect(draft.changes.map((change) => change.after)).toEqual(['db: 5433']);
    expect(leftOut).toEqual({ 'api: 3000': 'reviewer' });
  });

  it('frees its claims for nobody: what it kept others from doing is not done unseen', () => {
    const propose: Propose = (claim) => [
      supersede([claim('npm')], 'Use pnpm.'),
      merge([claim('yarn'), claim('npm')], 'Use npm or yarn.'),
      add('use npm', { topic: 'Build' }),
    ];
    const store = { '/build.md': '# Build\n\n- use npm\n- yarn too\n' };
    const { contents, draft, reviewed } = restage(store, propose, (change) => change.kind === 'supersede');
    expect(reviewed.changes.map((change) => change.kind).toSorted()).toEqual(['add', 'merge', 'supersede']);
    expect(contents['/build.md']).toBe('# Build\n\n- use npm\n- Use npm or yarn.\n- use npm\n');
    expect(draft.changes.find((change) => change.kind === 'merge')?.removed.map((removed) => removed.text)).toEqual(['yarn too']);
  });

  it('brings a deleted file, its heading and its place in the index back', () => {
    const store = { '/a.md': '# A\n\n- one\n', '/b.md': '# B\n\n- two\n- three\n' };
    const { contents, draft, reviewed } = restage(
      store,
      (claim) => [retire([claim('one')]), retire([claim('two')])],
      (change) => change.before === 'one',
    );
    expect(reviewed.deleted).toEqual(['/a.md']);
    expect(draft.deleted).toEqual([]);
    expect(contents['/a.md']).toBe(store['/a.md']);
    expect(contents['/b.md']).toBe('# B\n\n- three\n');
    expect(contents['/_index.md']).toContain('/a.md');
  });

  it('takes the file with it that was made for it alone, and leaves the others where they were seen', () => {
    const many = ['one', 'two', 'three'].map((word) => add(`tests: ${word}`, { topic: 'Testing' }));
    const kept = restage(
      {},
      () => many,
      (change) => change.after !== 'tests: two',
    );
    // Alone it would have gone to /facts.md: that is not what was looked at.
    expect(kept.contents['/testing.md']).toBe('# Testing\n\n- tests: two\n');
    const none = restage(
      {},
      () => many,
      () => true,
    );
    expect(none.contents).toEqual({ '/_index.md': '# Index\n' });
  });

  it('backs no line any more', () => {
    const facts = new Map([['fact_1', fact('fact_1', 'npm, as ever')]]);
    const { draft, contents } = restage(
      { '/a.md': '- Use npm\n- npm it is\n' },
      (claim) => [merge([claim('Use npm'), claim('npm it is')], 'Use npm', { factIds: ['fact_1'] })],
      () => true,
      { facts },
    );
    expect(contents['/a.md']).toBe('- Use npm\n- npm it is\n');
    expect(draft.claims.map(({ changeId, evidence }) => [changeId, evidence.map((item) => item.quote)])).toEqual([
      [null, ['Use npm']],
      [null, ['npm it is']],
    ]);
  });

  it('is counted neither in the report nor in the digest', () => {
    const propose: Propose = (claim) => [retire([claim('one')]), retire([claim('two')])];
    const { report, draft, reviewed } = restage({ '/a.md': '- one\n- two\n- three\n' }, propose, (change) => change.before === 'one');
    expect(report).toMatchObject({ counts: { retire: 1 }, claims: { before: 3, after: 2 } });
    expect(draft.digest).not.toBe(reviewed.digest);
  });
});

describe('a drawer of which some stays', () => {
  const drawer =
    '# memory\n\nrunning notes, sort this some day\n\n- deploy with fly\n- [ ] tests run in vitest\n- deploy only on Tuesday\n  - never on Friday\n- tests need fake timers\n- tests must not sleep\n';
  const topicOf = (claim: { text: string }): string | null =>
    claim.text.includes('deploy') ? 'Deployment' : claim.text.includes('tests') ? 'Testing' : null;

  it('keeps a unit whole, and the line that introduces what is left', () => {
    const { contents, leftOut } = restage(
      { '/MEMORY.md': drawer },
      () => [],
      (change) => change.before === 'never on Friday',
      { topicOf },
    );
    expect(contents['/MEMORY.md']).toBe('# memory\n\nrunning notes, sort this some day\n\n- deploy only on Tuesday\n  - never on Friday\n');
    expect(contents['/deployment.md']).toBe('# Deployment\n\n- deploy with fly\n');
    expect(leftOut).toEqual({
      'never on Friday': 'reviewer',
      'deploy only on Tuesday': 'reviewer',
      'running notes, sort this some day': 'reviewer',
    });
  });

  it('keeps a unit whole of which a line was to be retired', () => {
    const { contents } = restage(
      { '/MEMORY.md': drawer },
      (claim) => [retire([claim('Friday')])],
      (change) => change.before === 'never on Friday',
      { topicOf },
    );
    expect(contents['/MEMORY.md']).toContain('- deploy only on Tuesday\n  - never on Friday\n');
  });

  it('holds an approved line at its old place when what stands below it stays', () => {
    const { contents, draft, reviewed } = restage(
      { '/MEMORY.md': drawer },
      (claim) => [supersede([claim('Tuesday')], 'deploy only on Wednesday', { topic: 'Deployment' })],
      (change) => change.before === 'never on Friday',
      { topicOf },
    );
    const pathOf = (changes: Change[]) => changes.find((change) => change.kind === 'supersede')?.path;
    expect([pathOf(reviewed.changes), pathOf(draft.changes)]).toEqual(['/deployment.md', '/MEMORY.md']);
    expect(contents['/MEMORY.md']).toContain('- deploy only on Wednesday\n  - never on Friday\n');
  });
});

describe('paths that somebody else touched', () => {
  it('are touched by no change, not even by one that comes to stand there because another was left out', () => {
    const store = {
      '/MEMORY.md': '# memory\n\n- deploy with fly\n- tests run in vitest\n- tests need fake timers\n- tests must not sleep\n',
      '/ci.md': '# CI\n\n- use vitest for the tests\n- green before merge\n',
    };
    const topicOf = (claim: { text: string }): string | null => (claim.text.includes('tests') ? 'Testing' : 'Deployment');
    const propose: Propose = (claim) => [
      merge([claim('tests run in vitest'), claim('use vitest')], 'tests run in vitest', { topic: 'Testing' }),
      retire([claim('green')]),
    ];
    const { draft, leftOut, contents } = restage(store, propose, () => false, { topicOf, conflicts: new Set(['/MEMORY.md']) });
    expect(contents['/MEMORY.md']).toBe(store['/MEMORY.md']);
    expect(draft.changes.map((change) => change.before)).toEqual(['green before merge']);
    expect(new Set(Object.values(leftOut))).toEqual(new Set(['conflict']));
    expect(contents['/ci.md']).toBe('# CI\n\n- use vitest for the tests\n');
  });
});

describe('what nobody has seen', () => {
  it('is left out, and what was seen and does not come up any more is said to be missing', () => {
    const store = { '/a.md': '- one\n- two\n- three\n' };
    const propose: Propose = (claim) => [retire([claim('one')]), retire([claim('two')])];
    const { reviewed } = restage(store, propose, () => false);
    const seen = reviewed.changes.filter((change) => change.before === 'one');
    const gone = { ...(seen[0] as Change), id: 'chg_of_an_older_version' };
    const { contents, leftOut } = restage(store, propose, () => false, { reviewed: [...seen, gone] });
    expect(contents['/a.md']).toBe('- two\n- three\n');
    expect(leftOut).toEqual({ two: 'unapproved', chg_of_an_older_version: 'unapproved' });
  });

  it('is left out too when the change is known and would take another claim than was seen', () => {
    const store = { '/a.md': '- one\n- two\n- three\n' };
    const propose: Propose = (claim) => [retire([claim('one'), claim('two')])];
    const { reviewed } = restage(store, propose, () => false);
    const narrower = reviewed.changes.map((change) => ({ ...change, removed: change.removed.slice(0, 1) }));
    const { contents, leftOut } = restage(store, propose, () => false, { reviewed: narrower });
    expect(contents['/a.md']).toBe(store['/a.md']);
    expect(Object.values(leftOut)).toEqual(['unapproved']);
  });
});

describe('500 changes', () => {
  it('are staged again in well under two seconds', () => {
    const words = ['deploy', 'tests', 'cache', 'review', 'billing', 'login', 'search', 'mail', 'queue', 'report'];
    const store = Object.fromEntries(
      words.map((word) => [
        `/${word}.md`,
        `# ${word}\n\n${Array.from({ length: 100 }, (_, n) => `- ${word} rule ${n} says value ${n * 7}\n`).join('')}`,
      ]),
    );
    const propose: Propose = (claim) =>
      words.flatMap((word) =>
        Array.from({ length: 50 }, (_, n): Proposal => {
          const id = claim(`${word} rule ${n} `);
          if (n % 3 === 0) return retire([id]);
          return n % 3 === 1
            ? supersede([id], `${word} rule ${n} says value ${n * 11}`)
            : add(`${word} fact ${n} is new and says ${n}`, { topic: word });
        }),
      );
    const { reviewed, draft, took } = restage(store, propose, (change) => change.kind === 'retire');
    expect(took).toBeLessThan(2_000);
    expect(reviewed.changes).toHaveLength(500);
    expect(draft.changes).toHaveLength(330);
  });
});
