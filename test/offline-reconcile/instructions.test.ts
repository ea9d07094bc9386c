import { describe, expect, it } from 'vitest';
import { isDropped, isRaised, parseInstructions } from '../../engines/offline/instructions.ts';
import { terms } from '../../engines/offline/words.ts';

const about = (text: string): string[] => terms(text);

describe('instructions', () => {
  it.each([
    'Focus on deployment. Leave out anything about meetings.',
    'Deployment first, nothing about meetings please.',
    'Prioritise deployment; meetings must not be stored.',
    'Do not keep notes on meetings, deployment matters most.',
    'Pay attention to deployment and ignore meetings.',
  ])('reads both sides of "%s"', (text) => {
    const steering = parseInstructions(text);
    expect(isRaised(steering, about('Deploys go to eu-west-1'))).toBe(true);
    expect(isRaised(steering, about('The weekly meeting is on Monday'))).toBe(false);
    expect(isDropped(steering, about('The weekly meeting is on Monday'))).not.toBeNull();
    expect(isDropped(steering, about('Deploys go to eu-west-1'))).toBeNull();
  });

  it('drops every topic of a list', () => {
    const steering = parseInstructions('Leave out people, dates and testing.');
    for (const text of ['Nadia owns the parser', 'The deadline is 2026-05-01', 'Tests run with `make check`'])
      expect(isDropped(steering, about(text)), text).not.toBeNull();
  });

  it.each([
    ['Keep birthdays, gym hours and anything about the garden out of it.', [], ['birthdays', 'gym hours', 'garden']],
    ['Leave travel out, but keep the test commands.', ['test commands'], ['travel']],
    ['Keep what is about testing, leave the rest out.', ['testing'], []],
    ['We care about databases; everything on lunch can go.', ['databases'], ['lunch']],
    ['Put invoices first.', ['invoices'], []],
  ])('reads a verb in two halves, and what comes first or may go: %s', (text, raised, dropped) => {
    const steering = parseInstructions(text);
    expect([steering.raised.map(({ said }) => said), steering.dropped.map(({ said }) => said)]).toEqual([raised, dropped]);
  });

  it('drops by the last word of a name where nothing technical is said, and takes the office building for no build', () => {
    const steering = parseInstructions('Leave out shift swaps and the office building.');
    const dropped = (text: string) => isDropped(steering, terms(text))?.said ?? null;
    expect(dropped('Ada and Bo swap Fridays')).toBe('shift swaps');
    expect(dropped('Bo gets a new desk')).toBe('office building');
    expect(dropped('The build runs with esbuild')).toBeNull();
    expect(dropped('The swap partition on db_02 is 4 GB')).toBeNull();
  });

  it('asks for nothing when there are none', () => {
    expect(parseInstructions(null)).toEqual({ raised: [], dropped: [] });
  });

  it('takes a sentence without a wish for none', () => {
    expect(parseInstructions('This store belongs to the billing team.').dropped).toEqual([]);
  });

  it('keeps a list in brackets with its topic and drops no technical line for one everyday word', () => {
    const steering = parseInstructions('Leave out anything about office logistics (lunch, rooms, desks, keys, moves).');
    expect(steering.dropped.map(({ said }) => said)).toEqual(['office logistics (lunch, rooms, desks, keys, moves)']);
    const dropped = (text: string): boolean => isDropped(steering, terms(text)) !== null;
    expect(dropped('lunch is ordered before eleven')).toBe(true);
    expect(dropped('the spare keys hang beside the front desk')).toBe(true);
    expect(dropped('a colon separates the parts of a Redis key')).toBe(false);
    expect(dropped('the runner moves 5 jobs at a time')).toBe(false);
  });
});
