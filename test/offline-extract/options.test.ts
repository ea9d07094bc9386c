// Which of the offered ways a short reply takes.
import { describe, expect, it } from 'vitest';
import { optionsIn, pickIn } from '../../engines/offline/extract/options.ts';
import { extract } from './build-window.ts';

function picked(offered: string, reply: string): { taken: string; passed: string[] } | null {
  const pick = pickIn(reply, offered, optionsIn(offered));
  const text = ({ start, end }: { start: number; end: number }): string => offered.slice(start, end);
  return pick === null ? null : { taken: text(pick.taken), passed: pick.passed.map(text) };
}

const numbered = 'Three ways to go:\n1. `turbo-table`, a new package\n2. a spreadsheet by mail\n3. the grid we have';
const lettered = 'Which one?\n- **A.** rent a van\n- **B.** borrow the trailer';
const inline = 'I can (a) rebuild the index tonight, (b) drop it, or (c) leave it until the weekend.';
const either = 'I could add `swift-dates`, or format the date with ten lines of our own.';
const list = 'Either mute the alarm, or raise the limit to 70, or go back to 4.2.1.';

describe('options', () => {
  it.each([
    ['by number', numbered, '3', 'the grid we have'],
    ['by letter', lettered, 'B, I think.', 'borrow the trailer'],
    ['by letter in brackets', inline, 'c, obviously', 'leave it until the weekend'],
    ['by order', inline, 'The second.', 'drop it'],
    ['as the last', lettered, 'the latter', 'borrow the trailer'],
    ['by its words', either, 'The ten lines, please.', 'format the date with ten lines of our own'],
    ['by a version', list, 'Back to 4.2.1, they can look in the morning.', 'go back to 4.2.1'],
    ['by what is refused', either, 'No swift-dates.', 'format the date with ten lines of our own'],
  ])('are taken %s', (_, offered, reply, taken) => {
    expect(picked(offered, reply)?.taken).toBe(taken);
  });

  it('names those passed over', () => {
    expect(picked(numbered, '3')?.passed).toEqual(['`turbo-table`, a new package', 'a spreadsheet by mail']);
  });

  it.each([
    ['a question back', numbered, 'which is cheaper?'],
    ['words that two options share', 'Shall I mail the small report, or print the small report?', 'the small report'],
    ['a number that no option has', lettered, '7'],
    ['a long reply', either, `The ten lines ${'and so on '.repeat(20)}`],
    ['the steps of a plan', '1. read the log\n2. restart the pump\n3. write it up', 'the pump is loud'],
  ])('are not taken by %s', (_, offered, reply) => {
    expect(picked(offered, reply)).toBeNull();
  });

  it('makes a fact of the moment, with the reply and every option as evidence', () => {
    const facts = extract([{ agent: numbered }, { user: '3' }]);
    const choice = facts.find((fact) => fact.attribute === 'taken');
    expect(choice).toMatchObject({ signal: 'choice', durability: 'momentary', origin: 'user' });
    expect(choice?.evidence.map(({ quote }) => quote)).toEqual([
      '3',
      'the grid we have',
      '`turbo-table`, a new package',
      'a spreadsheet by mail',
    ]);
  });
});
