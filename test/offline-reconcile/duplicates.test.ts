import { describe, expect, it } from 'vitest';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';

describe('duplicates', () => {
  it('merges lines that give one slot the same value in other words, and keeps the place in the lasting file', () => {
    const scratch = claim('DB = Postgres 16', { path: '/scratch/today.md' });
    const lasting = claim('The primary database is Postgres 16.', { path: '/project/setup.md' });
    const proposal = only(reconcile([scratch, lasting], []), 'merge');
    expect(proposal.claimIds).toEqual([lasting.id, scratch.id]);
    expect(proposal.statement).toBe('The primary database is Postgres 16.');
    expect(proposal.reasonCode).toBe('duplicate');
  });

  it('takes a fact that a line already says as its evidence, without changing the words', () => {
    const known = claim('Command to run the tests: `make check`');
    const said = fact('Tests run with `make check`.');
    const proposal = only(reconcile([known], [said]), 'merge');
    expect(proposal).toMatchObject({ claimIds: [known.id], factIds: [said.id], statement: known.text });
  });

  it('adds one statement for what several sessions say, with all of them as evidence', () => {
    const facts = [
      fact('Nadia owns the billing page.', { day: '2026-03-01' }),
      fact('Changes to the billing page need approval from Nadia.', { day: '2026-03-04' }),
    ];
    const proposal = only(reconcile([], facts), 'add');
    expect([...proposal.factIds].sort()).toEqual(facts.map(({ id }) => id).sort());
    expect(proposal.reason).toContain('1 other session');
  });

  it.each([
    [
      'figures differ',
      'The upload limit of the importer is 200 MB for all files.',
      'The export limit of the importer is 500 MB for all files.',
    ],
    ['one is negated', 'The nightly job sends reports to the customers.', 'The nightly job does not send reports to the customers.'],
    ['identifiers differ', 'The flag new_checkout_flow is enabled for everyone.', 'The flag new_search_flow is enabled for everyone.'],
    ['names differ', 'Send the weekly summary to the red team.', 'Send the weekly summary to the blue team.'],
  ])('does not merge near-identical statements where %s', (_why, one, other) => {
    const proposals = reconcile([claim(one), claim(other)], []);
    expect(ofKind(proposals, 'merge')).toEqual([]);
    expect(ofKind(proposals, 'supersede')).toEqual([]);
  });

  it('never merges figures on different bases, nor lets one replace the other', () => {
    const facts = [
      fact('The rate limit of the geocoder is 600 per minute.'),
      fact('The rate limit of the geocoder is 20 per second.', { day: '2026-03-05' }),
    ];
    expect(
      ofKind(reconcile([], facts), 'add')
        .map(({ statement }) => statement)
        .sort(),
    ).toEqual(facts.map(({ statement }) => statement).sort());
  });

  it('leaves a protected line alone and drops what repeats it', () => {
    const fixed = claim('Release day: Tuesday', { protected: true });
    const repeated = fact('Release day is Tuesday.');
    const proposals = reconcile([fixed], [repeated]);
    expect(only(proposals, 'drop')).toMatchObject({ factIds: [repeated.id], reasonCode: 'duplicate' });
    expect(proposals).toHaveLength(1);
  });

  it('answers the same whatever the order of claims and facts', () => {
    const claims = [claim('Hosting: Heroku'), claim('Production runs on Heroku'), claim('api => :8080')];
    const facts = [fact('The api listens on 8443.', { day: '2026-03-02' }), fact('The api listens on 8080.', { day: '2026-02-02' })];
    expect(reconcile([...claims].reverse(), [...facts].reverse())).toEqual(reconcile(claims, facts));
  });
});
