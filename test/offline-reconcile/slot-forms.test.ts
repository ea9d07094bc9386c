import { describe, expect, it } from 'vitest';
import { groupItems } from '../../domain/grouping.ts';
import { claimItem, factItem } from '../../engines/offline/grouping-item.ts';
import { relationOf } from '../../engines/offline/reconcile/slots.ts';
import { statementOfClaim, statementOfFact } from '../../engines/offline/reconcile/statement.ts';
import { claim, fact } from './builders.ts';

const relation = (old: string, said: string) =>
  relationOf(statementOfClaim(claim(old)), statementOfFact(fact(said, { day: '2026-04-02' })));

describe('two values of one slot in other words', () => {
  it.each([
    ['The audit trail target date is 4 May 2026', 'The audit trail is due on 2026-06-09.'],
    ['Node version: 18', 'The project is on Node 22.'],
    ['Daily standup: 9:30', 'The team does standup at 11:15 every day.'],
    ['Release day: Tuesday', 'Releases go out every Thursday.'],
    ['Timezone: Lisbon', 'The user works from Toronto.'],
    ['Uploads are capped at 25 MB', 'Uploads can be up to 60 MB now.'],
    ['The porter container exposes 7310', 'The porter service answers on 8420.'],
    ['Test command: `make test`', '`just check` runs the tests.'],
    ['Contact for the tax module: Ines', 'For anything in the tax module talk to Radek.'],
    ["The user's manager is Dolores", "The user's new manager is Wendell."],
    ['Nightly backups run at 02:30', 'Nightly backups start at 04:15 from now on.'],
  ])('%s / %s', (old, said) => {
    expect(relation(old, said)).toBe('rival');
  });

  it.each([
    ['Search is hosted in eu-west-1', 'Billing runs in us-east-2.'],
    ['Carts run on port 7310', 'The mailer answers on 8420.'],
  ])('are none where each speaks of a thing of its own: %s / %s', (old, said) => {
    expect(relation(old, said)).toBe('none');
  });

  it('meet in one group by what they name and the kind of value', () => {
    const old = claim('Parcel tracker due 2026-06-10');
    const said = fact('Parcel tracker slipped: 8 April 2026.');
    const noise = ['Lunch is at noon.', 'Invoices are archived as PDF.', 'The office has two kitchens.'].map((text) => claim(text));
    const groups = groupItems([...[old, ...noise].map(claimItem), factItem(said)]);
    expect(groups.find(({ claimIds }) => claimIds.includes(old.id))?.factIds).toEqual([said.id]);
  });
});
