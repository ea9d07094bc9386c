import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupItems } from '../../domain/grouping.ts';
import type { GroupingItem } from '../../domain/grouping.ts';
import { claimItem, factItem } from '../../engines/offline/grouping-item.ts';
import { claim, fact } from './builders.ts';

const item = (id: string, terms: string, key = '', kind: 'claim' | 'fact' = 'claim'): GroupingItem => ({
  id,
  kind,
  terms: terms.split(' '),
  key,
});
const membersOf = (items: GroupingItem[]): string[][] => groupItems(items).map((group) => [...group.claimIds, ...group.factIds]);

describe('grouping', () => {
  it('puts statements with rare words in common together and leaves others alone', () => {
    const filler = Array.from({ length: 30 }, (_, i) => item(`z${i}`, `topic${i} word${i} thing${i}`));
    const groups = membersOf([
      item('a', 'quota geocod request'),
      item('b', 'geocod quota daili', '', 'fact'),
      item('c', 'lunch menu friday'),
      ...filler,
    ]);
    expect(groups.find((members) => members.includes('a'))).toEqual(['a', 'b']);
    expect(groups.find((members) => members.includes('c'))).toEqual(['c']);
  });

  it('joins statements of the same slot that share no other word', () => {
    expect(membersOf([item('a', 'alpha beta', 'api | port'), item('b', 'gamma delta', 'api | port')])).toEqual([['a', 'b']]);
  });

  it('does not let a word that is everywhere glue everything together', () => {
    const items = Array.from({ length: 500 }, (_, i) => item(`i${String(i).padStart(3, '0')}`, `hub own${i} mine${i} self${i}`));
    expect(Math.max(...membersOf(items).map((members) => members.length))).toBe(1);
  });

  it('keeps groups bounded where one statement leads to the next', () => {
    const items = Array.from({ length: 400 }, (_, i) => item(`i${String(i).padStart(3, '0')}`, `step${i} step${i + 1}`));
    expect(Math.max(...membersOf(items).map((members) => members.length))).toBeLessThanOrEqual(60);
  });

  it('gives every item exactly one group, whatever the ids are', () => {
    const word = fc.constantFrom('port', 'deploy', 'api', 'login', 'token', 'test', 'friday', 'owner', 'cache', 'region');
    const anyItem = fc.record({
      terms: fc.array(word, { maxLength: 6 }),
      key: fc.constantFrom('', 'api | port', 'test | command'),
      kind: fc.constantFrom<'claim' | 'fact'>('claim', 'fact'),
    });
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (parts, numbers) => {
        const items = parts.map((part, i) => ({ id: `i${String(i).padStart(2, '0')}`, ...part }));
        const renamed = items.map((item) => ({ ...item, id: `${String(numbers.next().value)} ${item.id}` }));
        const groups = groupItems(items);
        const plain = (id: string) => id.replace(/^\d+ /, '');
        const regrouped = groupItems(renamed).map((group) => ({
          ...group,
          claimIds: group.claimIds.map(plain),
          factIds: group.factIds.map(plain),
        }));
        expect(regrouped).toEqual(groups);
        expect(groups.flatMap((group) => [...group.claimIds, ...group.factIds]).sort()).toEqual(items.map(({ id }) => id).sort());
      }),
    );
  });

  it('groups 10,000 statements within seconds', () => {
    const items = Array.from({ length: 10_000 }, (_, i) =>
      item(`i${String(i).padStart(5, '0')}`, `common${i % 7} often${i % 90} pair${i >> 1} own${i} other${(i * 7919) % 3000}`),
    );
    const start = performance.now();
    const groups = groupItems(items);
    expect(performance.now() - start).toBeLessThan(8_000);
    expect(groups.length).toBeGreaterThan(1_000);
  });

  it('lets a note and a sentence about the same property of the same thing meet', () => {
    const noise = [
      'Lunch is at noon.',
      'The intern starts in May.',
      'Invoices are exported nightly.',
      'The map tiles come from a vendor.',
    ].map((text) => factItem(fact(text)));
    const groups = groupItems([claimItem(claim('geocoder => :6860')), factItem(fact('The geocoder service listens on 8295.')), ...noise]);
    expect(groups.find((group) => group.claimIds.length === 1)?.factIds).toHaveLength(1);
  });

  it('leaves facts that held for one task alone', () => {
    const momentary = factItem(fact('Rename the helper in the parser.', { durability: 'momentary' }));
    expect(momentary.terms).toEqual([]);
  });
});
