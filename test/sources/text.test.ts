import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, isTooDeep } from '../../sources/canonical-json.ts';
import { firstJsonError, lineAndColumn } from '../../sources/json-position.ts';
import { shown } from '../../sources/shown.ts';
import { decodeText, replaceLoneSurrogatesIn } from '../../sources/text.ts';
import { toUtc } from '../../sources/utc-time.ts';

test('invalid bytes are replaced as the platform’s decoder does, and their count is the number of replacements', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const decoded = decodeText(bytes);
      const reference = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      expect(decoded.text).toBe(reference);
      const genuine = Buffer.from(bytes).toString('latin1').split('\xef\xbf\xbd').length - 1;
      expect(decoded.invalidCount).toBe(reference.split('\uFFFD').length - 1 - genuine);
      expect(decoded.invalidAt >= 0).toBe(decoded.invalidCount > 0);
    }),
    { numRuns: 2_000 },
  );
});

test('the first invalid byte is where it is said to be', () => {
  expect(decodeText(new Uint8Array([0x61, 0xc3, 0xa9, 0xed, 0xa0, 0x80]))).toMatchObject({ invalidCount: 3, invalidAt: 3 });
  expect(decodeText(new TextEncoder().encode('fine \uFFFD'))).toEqual({ text: 'fine \uFFFD', invalidCount: 0, invalidAt: -1 });
});

test('the place where JSON breaks agrees with the parser on what is JSON', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"\\u00e9"',
    '"\\x"',
    '1',
    '-',
    '01',
    '2.5e3',
    'true',
    'nul',
    ' ',
    '\n',
    '"',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
        fc.json(),
        fc.string(),
      ),
      (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(firstJsonError(text) === null).toBe(isJson);
      },
    ),
    { numRuns: 5_000 },
  );
});

test('line and column count characters from 1', () => {
  const text = '{\n "😀": x}';
  const at = firstJsonError(text) ?? -1;
  expect(text[at]).toBe('x');
  expect(lineAndColumn(text, at)).toEqual({ line: 2, column: 7 });
  expect(lineAndColumn('{"a": 1', firstJsonError('{"a": 1') ?? -1)).toEqual({ line: 1, column: 8 });
});

test('times become UTC with milliseconds, what is no time becomes null', () => {
  expect(toUtc('2026-02-01T08:00:00')).toBe('2026-02-01T08:00:00.000Z');
  expect(toUtc('2026-02-01 08:00')).toBe('2026-02-01T08:00:00.000Z');
  expect(toUtc('2026-02-01')).toBe('2026-02-01T00:00:00.000Z');
  expect(toUtc('2026-02-01T00:30:00.123456+05:30')).toBe('2026-01-31T19:00:00.123Z');
  expect(toUtc('2026-02-01T23:30:00-0100')).toBe('2026-02-02T00:30:00.000Z');
  for (const value of ['2026-02-30', '2026-13-01', '2026-02-01T25:00:00', 'yesterday', '', null, 5, '2026-02-01T08:00:00+99:00'])
    expect(toUtc(value)).toBeNull();
});

test('what is shown of a text is short and cannot move a cursor', () => {
  expect(shown('a\u001b[31m\n\u202e')).toBe('a\\u001b[31m\\u000a\\u202e');
  expect(Array.from(shown('😀'.repeat(5_000)))).toHaveLength(80);
  expect(shown('x'.repeat(80))).toBe('x'.repeat(80));
});

test('canonical JSON does not depend on the order of keys and agrees with the value', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
    }),
  );
});

test('values nested without end are recognised without walking to it', () => {
  expect(isTooDeep(JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)))).toBe(true);
  expect(isTooDeep({ a: [{ b: 1 }] })).toBe(false);
});

test('lone surrogates are replaced in values and keys, pairs stay', () => {
  expect(replaceLoneSurrogatesIn({ 'k\ud800': ['😀', 'x\udc00'] })).toEqual({ value: { 'k\uFFFD': ['😀', 'x\uFFFD'] }, count: 2 });
});
