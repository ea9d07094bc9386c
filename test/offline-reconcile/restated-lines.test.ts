import { describe, expect, it } from 'vitest';
import { statedWithin } from '../../engines/offline/reconcile/stated-within.ts';
import { statementOfClaim } from '../../engines/offline/reconcile/statement.ts';
import { claim, ofKind, only, reconcile } from './builders.ts';

const plan = 'The plan for the choir tour holds three parts: booking the halls in Graz, printing the programmes and hiring a bus';

describe('a line that another one restates more fully', () => {
  it('goes into the fuller one, whose words stand', () => {
    const first = claim(`${plan}.`);
    const fuller = claim(
      'The plan for the summer choir tour holds three approved parts: booking the two halls in Graz, printing the programmes and hiring a bus with a trailer for the instruments.',
    );
    const proposal = only(reconcile([first, fuller], []), 'merge');
    expect([...proposal.claimIds].sort()).toEqual([first.id, fuller.id].sort());
    expect(proposal.statement).toBe(fuller.text);
  });

  it.each([
    [
      'denies a part of it',
      'The plan for the choir tour holds three parts: booking the halls in Graz, not printing the programmes and hiring a bus at Easter.',
    ],
    [
      'lacks a part of it',
      'The plan for the choir tour of next summer holds three parts: booking the halls in Graz and in Leoben, hiring a bus.',
    ],
    [
      'has them in another order',
      'Hiring a bus, printing the programmes and booking the halls in Graz: the three parts that the plan for the choir tour holds today.',
    ],
  ])('stays when the other %s', (_how, other) => {
    expect(statedWithin(statementOfClaim(claim(`${plan}.`)), statementOfClaim(claim(other)))).toBe(false);
  });

  it('stays when it was written later: something was cut since', () => {
    const later = statementOfClaim(claim(`${plan}.`, { at: '2026-02-02T00:00:00Z' }));
    const fuller = (at: string): ReturnType<typeof statementOfClaim> =>
      statementOfClaim(claim(plan.replace('three parts', 'three approved parts'), { at }));
    expect(statedWithin(later, fuller('2026-02-05T00:00:00Z'))).toBe(true);
    expect(statedWithin(later, fuller('2026-01-05T00:00:00Z'))).toBe(false);
  });

  it('goes with others that only the fuller one has in common', () => {
    const halls = claim('For the choir tour the halls in Graz are booked by telephone through Petra.');
    const buses = claim('For the choir tour the buses are hired from Sulm Reisen on account.');
    const both = claim(
      'For the choir tour the halls in Graz are booked by telephone through Petra. For the choir tour the buses are hired from Sulm Reisen on account. Nothing else is settled.',
    );
    const proposal = only(reconcile([halls, buses, both], []), 'merge');
    expect([...proposal.claimIds].sort()).toEqual([halls.id, buses.id, both.id].sort());
    expect(proposal.statement).toBe(both.text);
  });
});

describe('a line whose relative date is written out', () => {
  it('is merged with its copy all the same', () => {
    const dated = { at: '2026-03-04T00:00:00Z' };
    const one = claim('The inspector of the boiler comes tomorrow at nine with a new valve.', dated);
    const other = claim('The inspector of the boiler comes on 5 March 2026 at nine with a new valve.', dated);
    const proposals = reconcile([one, other], []);
    expect(only(proposals, 'merge').statement).toBe('The inspector of the boiler comes on 5 March 2026 at nine with a new valve.');
    expect(ofKind(proposals, 'rewrite')).toEqual([]);
  });
});
