import { describe, expect, it } from 'vitest';
import { notEmpty } from '../../domain/guards/not-empty.ts';
import { blamed, goodInput, inputMemories, withChange, withDraft } from './good-draft.ts';

describe('not-empty', () => {
  it('passes a draft that kept what it should', () => {
    expect(notEmpty.check(goodInput())).toEqual({ checked: 8, findings: [] });
  });

  it('refuses an empty result whatever the reasons', () => {
    const { claims } = inputMemories();
    const removed = claims.map(({ id, path, text }) => ({ claimId: id, path, text }));
    const empty = withChange('chg_retire', { removed });
    expect(blamed(notEmpty, { ...empty, draft: { ...empty.draft, files: [], claims: [] } })).toEqual([null]);
  });

  it('refuses fewer than half of the claims where reasons do not account for the rest', () => {
    const claims = goodInput().draft.claims.slice(0, 3);
    expect(notEmpty.check(withDraft({ claims })).findings.map((finding) => finding.message)).toEqual([
      '3 of 8 claims are left, and 4 of those gone have no listed reason.',
    ]);
  });

  it('passes fewer than half where every loss is listed with its reason', () => {
    const { claims } = inputMemories();
    const removed = claims.slice(1).map(({ id, path, text }) => ({ claimId: id, path, text }));
    const merged = withChange('chg_merge', { removed });
    const draft = { ...merged.draft, claims: merged.draft.claims.filter((claim) => claim.changeId !== null) };
    expect(blamed(notEmpty, { ...merged, draft })).toEqual([]);
  });

  it('gives the line that is left to the copy that no change took away, wherever that one stands', () => {
    const { claims } = inputMemories();
    const copies = claims.map((claim) => ({ ...claim, text: 'Keep release notes in CHANGES.md.' }));
    const removed = copies.slice(0, -1).map(({ id, path, text }) => ({ claimId: id, path, text }));
    const merged = withChange('chg_merge', { removed });
    const left = { ...merged.draft.claims[0], text: 'Keep release notes in CHANGES.md.' } as (typeof merged.draft.claims)[number];
    const input = { ...merged, input: { ...merged.input, claims: copies }, draft: { ...merged.draft, claims: [left] } };
    expect(blamed(notEmpty, input)).toEqual([]);
  });

  it('passes an empty result of an empty store', () => {
    const input = withDraft({ files: [], claims: [], changes: [] });
    expect(blamed(notEmpty, { ...input, input: { memories: [], claims: [] } })).toEqual([]);
  });
});
