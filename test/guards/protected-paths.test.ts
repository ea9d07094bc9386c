import { describe, expect, it } from 'vitest';
import { protectedPaths } from '../../domain/guards/protected-paths.ts';
import { blamed, changeOf, goodInput, withAdded, withChange, withContent, withDraft } from './good-draft.ts';

const rule = { claimId: 'c7', path: '/policies/rules.md', text: 'Never deploy on Fridays.' };

describe('protected-paths', () => {
  it('passes where nothing under a protected path is touched', () => {
    expect(protectedPaths.check(goodInput())).toEqual({ checked: 1, findings: [] });
  });

  it('blames a change that takes a protected claim', () => {
    expect(blamed(protectedPaths, withChange('chg_retire', { removed: [rule] }))).toEqual(['chg_retire']);
  });

  it('blames a change that adds a line or a file', () => {
    const added = withContent('/policies/rules.md', (content) => `${content}- One more.\n`);
    const change = changeOf({ id: 'chg_rule', kind: 'add', path: '/policies/rules.md', after: 'One more.' });
    expect(blamed(protectedPaths, { ...added, draft: { ...added.draft, changes: [...added.draft.changes, change] } })).toEqual([
      'chg_rule',
    ]);
    const { files, changes } = goodInput().draft;
    const file = { path: '/policies/more.md', content: 'x', sha256: '', memoryId: null };
    expect(
      blamed(protectedPaths, withDraft({ files: [...files, file], changes: [...changes, { ...change, path: '/policies/more.md' }] })),
    ).toEqual(['chg_rule']);
  });

  it('finds a protected file that is gone or altered though no change names it', () => {
    expect(
      blamed(
        protectedPaths,
        withContent('/policies/rules.md', (content) => content.trim()),
      ),
    ).toEqual([null]);
    expect(
      blamed(protectedPaths, withDraft({ files: goodInput().draft.files.filter((file) => file.path !== '/policies/rules.md') })),
    ).toEqual([null]);
  });

  it('lets duplicates elsewhere be merged into a protected line that stays', () => {
    expect(blamed(protectedPaths, withChange('chg_merge', { path: '/policies/rules.md', claimId: 'c7' }))).toEqual([]);
  });

  it('protects single claims too', () => {
    const input = goodInput();
    const claims = input.input.claims.map((claim) => (claim.id === 'c4' ? { ...claim, protected: true } : claim));
    expect(blamed(protectedPaths, { ...input, input: { ...input.input, claims } })).toEqual(['chg_retire']);
  });

  it('protects a single file, and not those whose names begin alike', () => {
    expect(blamed(protectedPaths, { ...withAdded('The formatter is oxfmt.'), protect: ['/build.md'] })).toContain('chg_bad');
    expect(blamed(protectedPaths, { ...withAdded('The formatter is oxfmt.'), protect: ['/build'] })).toEqual([]);
  });
});
