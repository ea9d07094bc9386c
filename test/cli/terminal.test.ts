import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeJson } from '../../client/cli/safe-json.ts';
import { foreign, style, Terminal } from '../../client/cli/terminal.ts';
import { excerpt } from '../../client/cli/render/words.ts';

function written(isTTY: boolean, act: (terminal: Terminal) => void): string {
  let text = '';
  const stream = {
    write: (part: string) => {
      text += part;
    },
    isTTY,
  };
  act(new Terminal({ stdout: stream, stderr: stream }));
  return text;
}

const attack = 'title \u001b]0;owned\u0007 \u001b[2J \u009b31m \u202e drow \u0007\r hidden';

it('lets no escape sequence, bell, carriage return or override of a transcript through', () => {
  for (const isTTY of [true, false]) {
    const text = written(isTTY, (terminal) => terminal.result(attack));
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('title');
  }
});

it('escapes in JSON what a terminal obeys, and the value stays the same', () => {
  const value = { attack, tag: '\u{e0041}', del: '\u007f', lone: '\ud800', nested: [attack] };
  const text = safeJson(value);
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Surrogate}]/u);
  expect(JSON.parse(text)).toEqual(value);
});

it('keeps any value whole in JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(safeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('writes colours to a terminal only', () => {
  expect(written(true, (terminal) => terminal.progress(style('red', 'error:')))).toBe('\u001b[31merror:\u001b[39m\n');
  expect(written(false, (terminal) => terminal.progress(style('red', 'error:')))).toBe('error:\n');
});

it('does not let a transcript use the marks of our own colours', () => {
  const forged = `${style('red', 'looks like an error')}`;
  expect(foreign(forged)).toBe('looks like an error');
  expect(excerpt(forged, 50)).toBe('looks like an error');
});

it('cuts long foreign text to one line of so many characters', () => {
  expect(excerpt('one\n two   three', 50)).toBe('one two three');
  expect(Array.from(excerpt('🙂'.repeat(100), 10))).toHaveLength(10);
});
