import { expect, it } from 'vitest';
import { countLines, lineOfOffset, rangeOfLine } from '../../client/lines.ts';

it.each([
  ['', 1],
  ['a', 1],
  ['a\n', 1],
  ['a\nb', 2],
  ['a\n\nb\n', 3],
  ['\n', 1],
])('counts the lines of %j', (content, lines) => {
  expect(countLines(content)).toBe(lines);
  expect(rangeOfLine(content, lines)).not.toBeNull();
  expect(rangeOfLine(content, lines + 1)).toBeNull();
});

it('gives a line without its break, and finds it again by any offset in it', () => {
  const content = 'first\nsecond\n\nfourth';
  for (const [line, text] of [
    [1, 'first'],
    [2, 'second'],
    [3, ''],
    [4, 'fourth'],
  ] as const) {
    const range = rangeOfLine(content, line);
    expect(content.slice(range?.start, range?.end)).toBe(text);
    expect(lineOfOffset(content, range?.end ?? -1)).toBe(line);
  }
});
