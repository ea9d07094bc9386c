import { describe, expect, it } from 'vitest';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';
import { groupItems } from '../../domain/grouping.ts';
import { claimItem, factItem } from '../../engines/offline/grouping-item.ts';

const text =
  'Session of 1 March 2026: The user wants to restore the harpsichord of the parish hall. Agreed: Restoration plan: New jacks, Quills from Ravenna.';
const note = (statement: string): ReturnType<typeof fact> => fact(statement, { durability: 'episode', signal: 'progress' });

describe('notes of sessions', () => {
  it('are added under a heading of their own, the older first', () => {
    const older = only(reconcile([], [note(text)]), 'add');
    const newer = only(
      reconcile([], [fact(text.replace('1 March', '9 March'), { day: '2026-03-09', durability: 'episode', signal: 'progress' })]),
      'add',
    );
    expect(older).toMatchObject({ statement: text, topic: 'Session notes', reasonCode: 'new_fact' });
    expect(older.weight).toBeGreaterThan(newer.weight);
  });

  it('are not written twice', () => {
    expect(reconcile([claim(text)], [note(text)])).toMatchObject([{ kind: 'drop', reasonCode: 'duplicate' }]);
  });

  it('are replaced when the session went on', () => {
    const before = claim(text);
    const after = note(`${text} The user found a tuner in Modena.`);
    expect(only(reconcile([before], [after]), 'supersede')).toMatchObject({ claimIds: [before.id], statement: after.statement });
  });

  it('of one day are of two sessions where they tell of two things', () => {
    const other = note('Session of 1 March 2026: The user booked the ferry to Gozo. Chose to rent bicycles in Victoria.');
    expect(only(reconcile([claim(text)], [other]), 'add').statement).toBe(other.statement);
  });

  it('contradict nothing and are contradicted by nothing', () => {
    const line = claim('The rate limit of Mailfox is 400 a minute.');
    const said = note('Session of 2 March 2026: The rate limit of Mailfox is 900 a minute.');
    expect(ofKind(reconcile([line], [said]), 'supersede')).toEqual([]);
    expect(ofKind(reconcile([claim(said.statement)], [fact('The rate limit of Mailfox is 800 a minute.')]), 'supersede')).toEqual([]);
  });

  it('go where the instructions leave their topic out', () => {
    expect(reconcile([], [note(text)], 'Ignore anything about the harpsichord.')).toMatchObject([
      { kind: 'drop', reasonCode: 'instructions' },
    ]);
  });

  it('meet the notes of their day and nothing else', () => {
    const known = claim(text);
    const again = note(text);
    const related = fact('The harpsichord of the parish hall needs quills from Ravenna.');
    const groups = groupItems([claimItem(known), factItem(again), factItem(related)]);
    expect(groups.map(({ claimIds, factIds }) => [...claimIds, ...factIds])).toEqual([[known.id, again.id], [related.id]]);
  });
});
