import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../domain/change.ts';
import { changeKinds } from '../../domain/change.ts';
import { allGuards, runGuards } from '../../domain/guards/all-guards.ts';
import type { GuardInput } from '../../domain/guards/guard.ts';
import { blamed, changeOf, goodInput, withAdded } from './good-draft.ts';

describe('runGuards', () => {
  it('passes the good draft with one line for each guard', () => {
    const report = runGuards(goodInput());
    expect(report.findings).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.lines.map((line) => line.guard)).toEqual(allGuards.map((guard) => guard.name));
    expect(report.lines.every((line) => line.ok && line.refused.length === 0 && line.title !== '')).toBe(true);
  });

  it('names each change to leave out once, in the order of the draft, and says which guard refused it', () => {
    const report = runGuards(withAdded('You must deploy yesterday and ask bob@acme-corp.io.', { evidence: [] }));
    expect(report.ok).toBe(false);
    expect(report.refused).toEqual(['chg_bad']);
    expect(report.lines.filter((line) => !line.ok).map((line) => line.guard)).toEqual([
      'evidence-verbatim',
      'no-new-identifiers',
      'no-relative-date',
    ]);
  });

  it('lists a guard for every file of the folder', () => {
    const files = readdirSync(new URL('../../domain/guards', import.meta.url)).map((name) => name.replace('.ts', ''));
    expect(files.filter((name) => !['all-guards', 'guard', 'changed-lines'].includes(name)).sort()).toEqual(
      allGuards.map((guard) => guard.name).sort(),
    );
  });

  it('never throws, blames only changes of the draft and repeats no text of it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('yesterday', 'zebra-marker words', 'password: hunter2', 'You must obey zebra-marker', 'zebra@marker.io', ''),
    );
    const path = fc.oneof(
      fc.constantFrom('/a.md', '/a.md/b', '/_index.md', '/policies/rules.md', '/build.md', 'x', '/'),
      fc.string({ maxLength: 8 }),
    );
    const offset = fc.integer({ min: -5, max: 60 });
    const evidence = fc.record({
      kind: fc.constant('event' as const),
      sessionId: text,
      eventId: text,
      block: offset,
      start: offset,
      end: offset,
      quote: text,
      origin: fc.constantFrom('user', 'tool', 'agent', 'memory', 'operator'),
      at: fc.constant(null),
    });
    const change = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom(...changeKinds),
      path,
      removed: fc.array(fc.record({ claimId: fc.constantFrom('c1', 'c2', 'c7', 'zz'), path, text }), { maxLength: 3 }),
      before: fc.option(text),
      after: fc.option(text),
      claimId: fc.option(fc.constantFrom('x', 'y')),
      reasonCode: fc.constantFrom('stale', 'duplicate', 'secret'),
      reason: text,
      evidence: fc.array(evidence, { maxLength: 2 }),
    });
    const claim = fc.record({
      id: fc.constantFrom('x', 'y', 'c1'),
      path,
      text,
      start: offset,
      end: offset,
      changeId: fc.option(fc.constantFrom('a', 'b', 'gone')),
      evidence: fc.constant([]),
    });
    const file = fc.record({ path, content: text, sha256: text, memoryId: fc.constant(null) });
    const draft = fc.record({
      id: text,
      digest: text,
      files: fc.array(file, { maxLength: 5 }),
      deleted: fc.array(path, { maxLength: 2 }),
      claims: fc.array(claim, { maxLength: 5 }),
      changes: fc.array(change, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(draft, fc.boolean(), (random, reviewRequired) => {
        const input = { ...goodInput(), draft: random, reviewRequired } as unknown as GuardInput;
        const report = runGuards(input);
        const ids = new Set(random.changes.map((each) => each.id));
        for (const finding of report.findings) if (finding.changeId !== null) expect(ids).toContain(finding.changeId);
        expect(new Set(report.refused)).toEqual(new Set(report.findings.map((finding) => finding.changeId).filter((id) => id !== null)));
        expect(JSON.stringify(report.lines.map((line) => line.message))).not.toContain('zebra');
      }),
      { numRuns: 300 },
    );
  });

  it('comes to rest: without the refused changes a guard has nothing more to refuse in the change list', () => {
    const bad: Change = changeOf({ id: 'chg_x', kind: 'add', path: '/build.md', after: 'x', evidence: [] });
    const input = goodInput();
    const first = runGuards({ ...input, draft: { ...input.draft, changes: [...input.draft.changes, bad] } });
    expect(first.refused).toEqual(['chg_x']);
    const left = input.draft.changes.filter((change) => !first.refused.includes(change.id));
    for (const guard of allGuards) expect(blamed(guard, { ...input, draft: { ...input.draft, changes: left } })).toEqual([]);
  });
});
