import { describe, expect, it } from 'vitest';
import { evidenceVerbatim } from '../../domain/guards/evidence-verbatim.ts';
import { blamed, eventEvidence, goodInput, withChange } from './good-draft.ts';

describe('evidence-verbatim', () => {
  it('passes where every quote stands in its source, and counts the quotes', () => {
    expect(evidenceVerbatim.check(goodInput())).toEqual({ checked: 4, findings: [] });
  });

  it('blames the change whose quote was altered by one letter', () => {
    const evidence = { ...eventEvidence('The linter is oxlint.'), quote: 'The linter is Oxlint.' };
    expect(blamed(evidenceVerbatim, withChange('chg_add', { evidence: [evidence] }))).toEqual(['chg_add']);
  });

  it('blames a quote at the wrong place, an empty one, and one of an unknown event', () => {
    const good = eventEvidence('The linter is oxlint.');
    for (const bad of [
      { ...good, start: good.start + 1, end: good.end + 1 },
      { ...good, end: good.start, quote: '' },
      { ...good, start: -1 },
      { ...good, eventId: 'sevt_unknown' },
    ]) {
      expect(blamed(evidenceVerbatim, withChange('chg_supersede', { evidence: [bad] }))).toEqual(['chg_supersede']);
    }
  });

  it.each(['chg_add', 'chg_merge', 'chg_supersede'])('blames %s when it has no evidence', (id) => {
    expect(blamed(evidenceVerbatim, withChange(id, { evidence: [] }))).toEqual([id]);
  });

  it('trusts what an earlier dream recorded when its session is gone, and only that', () => {
    const old = { ...eventEvidence('The linter is oxlint.'), eventId: 'sevt_erased' };
    const input = withChange('chg_merge', { evidence: [old] });
    expect(blamed(evidenceVerbatim, input)).toEqual(['chg_merge']);
    const claims = input.input.claims.map((claim) => (claim.id === 'c2' ? { ...claim, evidence: [old] } : claim));
    expect(blamed(evidenceVerbatim, { ...input, input: { ...input.input, claims } })).toEqual([]);
  });

  it('says nothing of the quote in its message', () => {
    const [finding] = evidenceVerbatim.check(
      withChange('chg_add', { evidence: [{ ...eventEvidence('The linter'), quote: 'Invented words' }] }),
    ).findings;
    expect(finding?.message).toBe('1 of 1 quotes of a change in /build.md are not in their source.');
  });
});
