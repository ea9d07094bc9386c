import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../domain/printable-text.ts';

describe('printable', () => {
  it('leaves ordinary text as it is', () => {
    for (const text of ['', 'a\tb\nc', 'Grüße, 日本, العربية, 👍', '❤\ufe0f — “quotes” …']) expect(printable(text)).toBe(text);
  });

  it('shows what a terminal would obey', () => {
    expect(printable('\u001b[31mred\u001b[0m')).toBe('␛[31mred␛[0m');
    expect(printable('\u001b]8;;http://x.test\u0007link\u001b]8;;\u0007')).toBe('␛]8;;http://x.test␇link␛]8;;␇');
    expect(printable('good\rbad\b\u007f')).toBe('good␍bad␈␡');
    expect(printable('\u009b2J\u0085')).toBe('\\u{9b}2J\\u{85}');
    expect(printable('a\u0000b')).toBe('a␀b');
  });

  it('shows what a terminal would hide', () => {
    expect(printable('abc\u202edcba\u2066x')).toBe('abc\\u{202e}dcba\\u{2066}x');
    expect(printable('pass\u200bword\ufeff')).toBe('pass\\u{200b}word\\u{feff}');
    expect(printable('\u{e0041}\u{e0020}')).toBe('\\u{e0041}\\u{e0020}');
    expect(printable('a\u2028b\u3164')).toBe('a\\u{2028}b\\u{3164}');
    expect(printable('cut \ud83d here')).toBe('cut \\u{d83d} here');
  });

  it('reads a Windows line end as a line end', () => {
    expect(printable('a\r\nb')).toBe('a\nb');
  });

  it('never lets a forbidden character through, and changes nothing the second time', () => {
    const wild = fc.string({
      unit: fc.oneof(
        fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
        fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
      ),
    });
    fc.assert(
      fc.property(wild, (text) => {
        const shown = printable(text);
        for (const character of shown) {
          const code = character.codePointAt(0) ?? 0;
          const isControl = (code < 0x20 && code !== 0x0a && code !== 0x09) || (code >= 0x7f && code < 0xa0);
          expect(isControl || /\p{Cf}|\p{Cs}|[\u2028\u2029]/u.test(character)).toBe(false);
        }
        expect(printable(shown)).toBe(shown);
      }),
      { numRuns: 2_000 },
    );
  });
});
