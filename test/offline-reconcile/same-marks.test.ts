import { describe, expect, it } from 'vitest';
import { groupItems } from '../../domain/grouping.ts';
import { claimItem } from '../../engines/offline/grouping-item.ts';
import { claim, only, reconcile } from './builders.ts';

describe('lines that give the same command, name or figure', () => {
  it('are one note, and the one that gives most of them stays', () => {
    const short = claim('snapshot job = 04:40, `relay snap`', { path: '/scratch.md' });
    const full = claim('The snapshot job is started with `relay snap` at 04:40 and needs the bastion.', { path: '/notes/ops.md' });
    const proposal = only(reconcile([short, full], []), 'merge');
    expect([...proposal.claimIds].sort()).toEqual([short.id, full.id].sort());
    expect(proposal.statement).toBe(full.text);
  });

  it('meet in one group though they share few words', () => {
    const lines = [claim('hold time is 17 minutes'), claim('Carts get a hold of 17 minutes, then the seats go back on sale.')];
    const noise = ['Lunch is at noon.', 'The intern starts in May.', 'Invoices are archived as PDF.'].map((text) => claim(text));
    const groups = groupItems([...lines, ...noise].map(claimItem)).map(({ claimIds }) => claimIds);
    expect(groups).toContainEqual(lines.map(({ id }) => id));
  });

  it.each([
    ['Drain with `relayctl drain`', 'Never use `relayctl drain` on the standby.'],
    ['Values self-hosting', 'The end goal is self-hosting in the cloud of the customer.'],
    ['Retry budget is 40 seconds', 'Uploads wait 40 minutes before they are dropped.'],
    ['API port: 4900 (health: /livez)', 'Docs preview: `relay docs` on port 4900'],
  ])('are two where one says something else: %s', (left, right) => {
    const proposals = reconcile([claim(left), claim(right)], []);
    expect(proposals.filter(({ kind }) => kind === 'merge')).toEqual([]);
  });
});
