import { describe, expect, it } from 'vitest';
import { claim, fact, reconcile } from './builders.ts';

describe('what a later sentence gives up by name', () => {
  it('is replaced in a line that says more, also where the sentence is of the moment', () => {
    const line = claim('Design reviews, mood boards and the icon archive are kept in Penpot.');
    const said = fact('The team is moving from Penpot to Lunacy.', { durability: 'momentary' });
    const proposal = reconcile([line], [said]).find(({ kind }) => kind === 'supersede');
    expect(proposal).toMatchObject({
      claimIds: [line.id],
      factIds: [said.id],
      statement: 'Design reviews, mood boards and the icon archive are kept in Lunacy.',
      newValue: 'Lunacy',
    });
  });

  it('takes the line with it when nothing takes its place', () => {
    const line = claim('Alarms go to #pager-west.');
    const said = fact('#pager-west is archived.', { durability: 'momentary' });
    expect(reconcile([line], [said])).toContainEqual(
      expect.objectContaining({ kind: 'retire', claimIds: [line.id], factIds: [said.id], reasonCode: 'revoked' }),
    );
  });

  it.each([
    ['a question', 'Is #pager-west archived?'],
    ['a thought', 'What if #pager-west is archived?'],
  ])('stays after %s', (_, text) => {
    const line = claim('Alarms go to #pager-west.');
    const proposals = reconcile([line], [fact(text, { durability: 'momentary' })]);
    expect(proposals.filter(({ claimIds }) => claimIds.includes(line.id))).toEqual([]);
  });

  it('stays for a thing that the sentence does not speak of', () => {
    const line = claim('Invoices are printed from SQLite.');
    const said = fact('The session store moved from SQLite to Redis.', { durability: 'momentary' });
    const proposals = reconcile([line], [said]);
    expect(proposals.filter(({ claimIds }) => claimIds.includes(line.id))).toEqual([]);
  });
});
