import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followLines, splitLines } from '../../domain/follow-lines.ts';

const follow = (before: string, after: string) => followLines(before.split(' '), after.split(' '));

it.each([
  ['a b c', 'a b c', [0, 1, 2]],
  ['a b c', 'a x c', [0, null, 2]],
  ['a b c', 'b c', [1, 2]],
  ['a b', 'a n b', [0, null, 1]],
  // Moved within the text: it keeps where it comes from.
  ['a b c d', 'd a b c', [3, 0, 1, 2]],
  // The same words more than once: in order, and none is given twice.
  ['a a b', 'a a a b', [0, 1, null, 2]],
  ['x a y a z', 'y a z x a', [2, 3, 4, 0, 1]],
  ['a b', 'c d', [null, null]],
])('from %j to %j', (before, after, expected) => {
  expect(follow(before, after)).toEqual(expected);
});

it('keeps the order of lines that repeat, and takes the nearest of those that moved', () => {
  expect(followLines(['a', '', 'a'], ['b', 'a', '', ''])).toEqual([null, 0, 1, null]);
  expect(follow('p q p q', 'q p q p')).toEqual([1, 2, 3, 0]);
  expect(follow('x m y m z', 'x y z m')).toEqual([0, 2, 4, 3]);
});

it('never gives a line of other words, nor one line twice, and keeps a text that stands as it is', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const found = followLines(before, after);
      expect(found).toHaveLength(after.length);
      const given = found.flatMap((from) => from ?? []);
      expect(new Set(given).size).toBe(given.length);
      found.forEach((from, to) => {
        if (from !== null) expect(before[from]).toBe(after[to]);
      });
      // What has words is found as often as both sides have it.
      for (const word of ['a', 'b', 'c', 'd']) {
        const count = (lines: string[]) => lines.filter((line) => line === word).length;
        expect(found.filter((from) => from !== null && before[from] === word)).toHaveLength(Math.min(count(before), count(after)));
      }
      expect(followLines(before, before)).toEqual(before.map((_, index) => index));
    }),
  );
});

it('follows 5,000 lines that were shuffled and edited in a moment', () => {
  const before = Array.from({ length: 5_000 }, (_, index) => `line ${String(index % 3_000)}`);
  const after = before.toReversed().map((line, index) => (index % 7 === 0 ? `${line} edited` : line));
  const start = performance.now();
  followLines(before, after);
  expect(performance.now() - start).toBeLessThan(1_000);
});

it('splits by line feeds, as lines are numbered, with their offsets', () => {
  expect(splitLines('')).toEqual([]);
  expect(splitLines('\n')).toEqual([{ start: 0, end: 0, text: '' }]);
  expect(splitLines('a\r\nbc')).toEqual([
    { start: 0, end: 2, text: 'a\r' },
    { start: 3, end: 5, text: 'bc' },
  ]);
});
