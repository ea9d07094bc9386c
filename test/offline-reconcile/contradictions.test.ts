import { describe, expect, it } from 'vitest';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';

describe('contradictions', () => {
  it('lets what the user says replace an undated line, with both values and dates for the reviewer', () => {
    const old = claim('The api listens on port 8080');
    const proposal = only(reconcile([old], [fact('The api listens on port 8443.', { day: '2026-03-02' })]), 'supersede');
    expect(proposal).toMatchObject({ claimIds: [old.id], oldValue: '8080', newValue: '8443', reasonCode: 'newer_value' });
    expect(proposal.statement).toContain('8443');
    expect(proposal.statement).not.toContain('8080');
    expect(proposal.reason).toMatch(/8080.*undated.*8443.*2026-03-02/);
  });

  it('writes the present value in the words of the line when a session only told of the change', () => {
    const proposal = only(
      reconcile([claim('tides => :7110')], [fact('tides went from 7110 to 7344 as another app sat there.')]),
      'supersede',
    );
    expect(proposal.statement).toBe('tides => :7344');
  });

  it('ends a chain with its last value', () => {
    const facts = [
      fact('The release channel is #alpha.', { day: '2026-01-05' }),
      fact('The release channel moved from #alpha to #beta.', { day: '2026-02-05' }),
      fact('The release channel moved from #beta to #gamma.', { day: '2026-03-05' }),
    ];
    const proposal = only(reconcile([], facts), 'add');
    expect(proposal.statement).toContain('#gamma');
    expect(proposal.statement).not.toContain('#beta');
    expect(proposal.factIds).toEqual([facts[2]?.id]);
    const dropped = only(reconcile([], facts), 'drop');
    expect(dropped.reasonCode).toBe('newer_value');
    expect([...dropped.factIds].sort()).toEqual([facts[0]?.id, facts[1]?.id]);
  });

  it('ends with the first value where a change was taken back', () => {
    const facts = [
      fact('The quota of the geocoder is 320.', { day: '2026-01-05' }),
      fact('The quota of the geocoder went from 320 to 800.', { day: '2026-02-05' }),
      fact('The quota of the geocoder went from 800 to 320.', { day: '2026-03-05' }),
    ];
    const proposal = only(reconcile([], facts), 'add');
    expect(proposal.statement).toContain('320');
    expect(proposal.statement).not.toContain('800');
  });

  it('does not depend on the order in which sessions come', () => {
    const newer = fact('The api listens on port 8443.', { day: '2026-03-02' });
    const older = fact('The api listens on port 8080.', { day: '2026-01-02' });
    for (const facts of [
      [newer, older],
      [older, newer],
    ])
      expect(only(reconcile([], facts), 'add').factIds).toEqual([newer.id]);
  });

  it("settles what can be looked up by the latest look, also a tool's", () => {
    const said = fact('The team is on Python 3.12.', { day: '2026-01-07' });
    const shown = fact('The runtime is Python 3.10.', { day: '2026-02-26', origin: 'tool' });
    expect(only(reconcile([], [said, shown]), 'add').factIds).toEqual([shown.id]);
  });

  it('does not let the agent overrule the user', () => {
    const user = fact('Hosting: Heroku', { day: '2026-01-07' });
    const agent = fact('Hosting: Vercel', { day: '2026-02-26', origin: 'agent', quote: 'Hosting: Vercel' });
    expect(only(reconcile([], [user, agent]), 'add').factIds).toEqual([user.id]);
  });

  it('lets the later of two dated lines stand', () => {
    const older = claim('Answer format: numbered steps', { at: '2025-07-27' });
    const newer = claim('Answer format: a single paragraph', { at: '2025-11-14', path: '/preferences.md' });
    const proposal = only(reconcile([older, newer], []), 'supersede');
    expect(proposal.claimIds).toEqual([newer.id, older.id]);
    expect(proposal.statement).toBe(newer.text);
  });

  it('lists an open conflict where neither date nor speaker settles it, and leaves both lines', () => {
    const proposals = reconcile(
      [claim('Deploy region: eu-west-1', { path: '/a.md' }), claim('Deploy region: us-east-2', { path: '/b.md' })],
      [],
    );
    const open = only(proposals, 'open_conflict');
    expect(open.statement).toContain('eu-west-1');
    expect(open.statement).toContain('us-east-2');
    expect(open.reasonCode).toBe('unsettled');
    expect(proposals).toHaveLength(1);
  });

  it('takes values listed in one breath for a list', () => {
    const facts = [
      fact('Minimum payment: 75,000 a month.', { eventNumber: 4, sessionId: 's' }),
      fact('Minimum payment: 25,000 a month.', { eventNumber: 4, sessionId: 's' }),
    ];
    expect(ofKind(reconcile([], facts), 'add')).toHaveLength(2);
  });

  it('keeps staging and production apart', () => {
    const proposals = reconcile([claim('Staging database: Postgres 15')], [fact('The production database is Postgres 16.')]);
    expect(ofKind(proposals, 'supersede')).toEqual([]);
  });

  it('lets a one-day exception change nothing', () => {
    const proposals = reconcile(
      [claim('Deploy region: eu-west-1')],
      [fact('Just for today deploy to us-east-2.', { durability: 'momentary' })],
    );
    expect(only(proposals, 'drop').reasonCode).toBe('momentary');
    expect(proposals).toHaveLength(1);
  });

  it('retires a line that the user took back, and says so', () => {
    const flag = claim('new_checkout_flow: enabled in prod');
    const gone = fact('The flag new_checkout_flow was removed.', { force: 'revoked', day: '2026-02-20' });
    const proposal = only(reconcile([flag], [gone]), 'retire');
    expect(proposal).toMatchObject({ claimIds: [flag.id], factIds: [gone.id], reasonCode: 'revoked' });
    expect(proposal.reason).toContain('2026-02-20');
  });

  it('does not retire a rule because the agent says it is over', () => {
    const proposals = reconcile(
      [claim('Never push to main without review')],
      [fact('Review before pushing to main is no longer needed.', { force: 'revoked', origin: 'agent' })],
    );
    expect(ofKind(proposals, 'retire')).toEqual([]);
  });

  it('lets an assertion after the revocation stand', () => {
    const gone = fact('The flag new_checkout_flow was removed.', { force: 'revoked', day: '2026-02-20' });
    const back = fact('The flag new_checkout_flow is on for everyone.', { day: '2026-03-01' });
    expect(only(reconcile([], [gone, back]), 'add').factIds).toEqual([back.id]);
  });
});
