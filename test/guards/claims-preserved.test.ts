import { describe, expect, it } from 'vitest';
import { claimsPreserved } from '../../domain/guards/claims-preserved.ts';
import { blamed, goodInput, withChange, withDraft } from './good-draft.ts';

describe('claims-preserved', () => {
  it('passes where every claim stands or is named', () => {
    expect(claimsPreserved.check(goodInput())).toEqual({ checked: 8, findings: [] });
  });

  it('finds a claim that vanished silently, in which no change can be left out', () => {
    const claims = goodInput().draft.claims.filter((claim) => claim.id !== 'c6');
    expect(claimsPreserved.check(withDraft({ claims })).findings).toEqual([
      { changeId: null, path: '/people.md', message: '/people.md lost 1 claim that no change names.' },
    ]);
  });

  it('finds a claim whose words were altered without a change', () => {
    const claims = goodInput().draft.claims.map((claim) =>
      claim.id === 'c5' ? { ...claim, text: 'Ada owned the deploy scripts.' } : claim,
    );
    expect(blamed(claimsPreserved, withDraft({ claims }))).toEqual([null]);
  });

  it('finds the loss of one of two equal claims', () => {
    const input = goodInput();
    const twin = { ...input.input.claims.find((claim) => claim.id === 'c5')!, id: 'c5b' };
    expect(blamed(claimsPreserved, { ...input, input: { ...input.input, claims: [...input.input.claims, twin] } })).toEqual([null]);
  });

  it('finds a claim gone because its change forgot to name it', () => {
    expect(blamed(claimsPreserved, withChange('chg_retire', { removed: [] }))).toEqual([null]);
  });

  it('blames the change whose claim points to nothing or to a file that is not there', () => {
    const { claims } = goodInput().draft;
    expect(
      blamed(
        claimsPreserved,
        withDraft({ claims: claims.map((claim) => (claim.id === 'd3' ? { ...claim, start: 90_000, end: 90_010 } : claim)) }),
      ),
    ).toEqual(['chg_add']);
    expect(
      blamed(claimsPreserved, withDraft({ claims: claims.map((claim) => (claim.id === 'd3' ? { ...claim, path: '/gone.md' } : claim)) })),
    ).toEqual(['chg_add']);
  });
});
