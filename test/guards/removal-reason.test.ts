import { describe, expect, it } from 'vitest';
import { removalReason } from '../../domain/guards/removal-reason.ts';
import { blamed, goodInput, withChange } from './good-draft.ts';

const removed = { claimId: 'c4', path: '/build.md', text: 'Look at the failing job first.' };

describe('removal-reason', () => {
  it('passes where each removal has a reason and evidence or a successor', () => {
    expect(removalReason.check(goodInput())).toEqual({ checked: 4, findings: [] });
  });

  it('accepts a successor in place of evidence', () => {
    expect(blamed(removalReason, withChange('chg_supersede', { evidence: [] }))).toEqual([]);
  });

  it('blames a removal without a reason', () => {
    expect(blamed(removalReason, withChange('chg_retire', { reason: ' ' }))).toEqual(['chg_retire']);
  });

  it('blames a removal without successor and evidence, also when the successor is not in the draft', () => {
    expect(blamed(removalReason, withChange('chg_retire', { evidence: [] }))).toEqual(['chg_retire']);
    expect(blamed(removalReason, withChange('chg_supersede', { evidence: [], claimId: 'd_unknown' }))).toEqual(['chg_supersede']);
  });

  it('blames the second of two changes that take the same claim', () => {
    expect(blamed(removalReason, withChange('chg_add', { removed: [removed] }))).toEqual(['chg_add']);
  });

  it('blames a change that takes what the input does not hold, or from another file', () => {
    expect(blamed(removalReason, withChange('chg_retire', { removed: [{ ...removed, claimId: 'c99' }] }))).toEqual(['chg_retire']);
    expect(blamed(removalReason, withChange('chg_retire', { removed: [{ ...removed, path: '/people.md' }] }))).toEqual(['chg_retire']);
  });
});
