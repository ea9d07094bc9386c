import { describe, expect, it } from 'vitest';
import { extract, statements } from './build-window.ts';

describe('a talk without tools', () => {
  it.each([
    ['We closed the second round at 4M with Halden Partners.', 'closed the second round'],
    ['I expanded the course to 12 villages.', '12 villages'],
    ['Thomas Arden was born in the city of Brannock.', 'Brannock'],
    ['Thomas Arden died in the city of Quarry.', 'Quarry'],
    ['Blue Canal was performed by Ines Marquez.', 'Ines Marquez'],
    ['We are opening the second shop in Brannock.', 'second shop'],
  ])('keeps what came about and still holds: %s', (user, kept) => {
    expect(statements([{ user }]).join(' ')).toContain(kept);
  });

  it.each(['I had soup with 3 kinds of beans at Marlow Street.', 'Had soup with 3 kinds of beans.', 'We saw 4 herons at Marlow Lake.'])(
    'takes what only happened for an episode: %s',
    (user) => {
      expect(extract([{ user }]).map(({ durability }) => durability)).toEqual(['episode']);
    },
  );

  it('joins a value without a verb to the sentence that it completes', () => {
    expect(statements([{ user: 'We closed Series A! $12M from Halden Partners.' }])).toEqual([
      'The team closed Series A. $12M from Halden Partners.',
    ]);
  });

  it('does not take a numeral for the speaker', () => {
    expect(statements([{ user: 'The mill was founded by Otto I of Brannock.' }])).toEqual(['The mill was founded by Otto I of Brannock.']);
  });

  it('still takes what died at work for a failure', () => {
    const turns = [{ use: { command: 'ls' } }, { tool: 'ok' }, { user: 'The worker died in Staging.' }];
    expect(statements(turns)).toEqual([]);
  });
});
