import { describe, expect, it } from 'vitest';
import { retireCap } from '../../domain/guards/retire-cap.ts';
import { blamed, changeOf, goodInput } from './good-draft.ts';
import type { ReasonCode } from '../../domain/proposal.ts';

const second = (reasonCode: ReasonCode) => {
  const input = goodInput();
  const change = changeOf({
    id: 'chg_second',
    kind: 'retire',
    path: '/people.md',
    removed: [{ claimId: 'c6', path: '/people.md', text: 'Grace reviews database changes.' }],
    reasonCode,
  });
  return { ...input, draft: { ...input.draft, changes: [...input.draft.changes, change] } };
};

describe('retire-cap', () => {
  it('passes at one of eight claims with a cap of a fifth', () => {
    expect(retireCap.check(goodInput())).toEqual({ checked: 1, findings: [] });
  });

  it('blames what goes beyond the cap, not what came before it', () => {
    expect(blamed(retireCap, second('stale'))).toEqual(['chg_second']);
  });

  it.each(['momentary', 'duplicate'] as const)('does not count %s notes', (reasonCode) => {
    expect(blamed(retireCap, second(reasonCode))).toEqual([]);
  });

  it('lets more go under review and under a higher cap', () => {
    expect(blamed(retireCap, { ...second('stale'), reviewRequired: true })).toEqual([]);
    expect(blamed(retireCap, { ...second('stale'), retireCap: 0.25 })).toEqual([]);
  });

  it('retires nothing where the cap is nothing', () => {
    expect(blamed(retireCap, { ...goodInput(), retireCap: 0 })).toEqual(['chg_retire']);
  });
});
