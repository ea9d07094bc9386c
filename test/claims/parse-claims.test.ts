import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClaims } from '../../sources/markdown/parse-claims.ts';

function parse(content: string, path = '/notes.md') {
  return parseClaims({ memoryId: 'mem_1', memoryVersionId: 'memver_1', path, content, dreamId: 'drm_1', protected: false });
}
const texts = (content: string): string[] => parse(content).map((claim) => claim.text);

describe('a memory read into claims', () => {
  it('has one claim for each list item, nested ones on their own', () => {
    const content = '# Build\n\n- use npm\n  - never yarn\n- [x] Node 20\n1. first\n* [ ] second\n';
    const claims = parse(content);
    expect(claims.map(({ kind, text, headings }) => [kind, text, headings])).toEqual([
      ['item', 'use npm', ['Build']],
      ['item', 'never yarn', ['Build']],
      ['item', 'Node 20', ['Build']],
      ['item', 'first', ['Build']],
      ['item', 'second', ['Build']],
    ]);
    expect(claims.map(({ start, end }) => content.slice(start, end))).toEqual([
      '- use npm',
      '  - never yarn',
      '- [x] Node 20',
      '1. first',
      '* [ ] second',
    ]);
  });

  it('joins wrapped lines of an item and keeps Markdown inside', () => {
    expect(texts('- Run `npm ci`\n  after each **pull**\n- b\n')).toEqual(['Run `npm ci` after each **pull**', 'b']);
  });

  it('takes an item that introduces others as their heading', () => {
    expect(parse('- Databases:\n  - dev: 5432\n').map(({ text, headings }) => [text, headings])).toEqual([['dev: 5432', ['Databases']]]);
  });

  it('takes a wrapped paragraph as one claim and notes of a line each as many', () => {
    const prose =
      'We lost orders in March when the warehouse was down during the checkout of a\ncustomer, and since then nothing calls it inside the request.\n';
    expect(texts(prose)).toHaveLength(1);
    expect(texts('db port 5432\nuse npm, not yarn\nAsk Dov before touching infra\n')).toEqual([
      'db port 5432',
      'use npm, not yarn',
      'Ask Dov before touching infra',
    ]);
  });

  it('reads table rows, quotes and code, and no table head, heading, rule, comment or front matter', () => {
    const content =
      '---\nname: x\n---\n# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n```sh\nnpm ci\nnpm test\n```\n\n---\n<!-- c -->\nTitle\n=====\n';
    expect(parse(content).map(({ kind, text }) => [kind, text])).toEqual([
      ['row', '1 | 2'],
      ['paragraph', 'quoted'],
      ['code', 'npm ci\nnpm test'],
    ]);
  });

  it('does not take a long note above a rule for a heading', () => {
    expect(texts('Never deploy on Fridays.\n---\nnext\n')).toEqual(['Never deploy on Fridays.', 'next']);
  });

  it.each([
    ['- [2025-04-18] port is 5432', '2025-04-18'],
    ['- port is 5432 -- as of 2025-11-24', '2025-11-24'],
    ['- port is 5432 (2025-12-17)', '2025-12-17'],
    ['- 19 Sep 2025: port is 5432', '2025-09-19'],
    ['- port (Mara, 2026-07-30): 5432', '2026-07-30'],
    ['- port is 5432 (updated Sep 3, 2025)', '2025-09-03'],
    ['- on 2026-08-20 scale to 0', null],
    ['- port 5432 [2025-02-30]', null],
    ['## 2025-10-01\n- port 5432', '2025-10-01'],
    ['---\nupdated: 2025-01-02\n---\n- a', '2025-01-02'],
  ])('dates %j', (content, at) => {
    expect(parse(content)[0]?.at).toBe(at);
  });

  it('takes what an earlier dream recorded for the line', () => {
    const recorded = [{ start: 0, end: 3, text: 'a', origin: 'user' as const, evidence: [], at: '2026-01-01T00:00:00Z' }];
    const [claim] = parseClaims({
      memoryId: 'm',
      memoryVersionId: 'v',
      path: '/a.md',
      content: '- a\n',
      dreamId: 'd',
      recorded,
      protected: true,
    });
    expect(claim).toMatchObject({ origin: 'user', at: '2026-01-01T00:00:00Z', protected: true });
  });

  it('finds no claims in an index', () => {
    expect(parse('- [/a.md](/a.md): a\n', '/_index.md')).toEqual([]);
    expect(parse('- [/a.md](/a.md): a\n', '/deep/_index-2.md')).toEqual([]);
  });

  it('gives the same ids for the same memory and others for another version', () => {
    const ids = parse('- a\n- b\n').map((claim) => claim.id);
    expect(parse('- a\n- b\n').map((claim) => claim.id)).toEqual(ids);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^clm_01/);
  });

  it('keeps offsets in UTF-16 and whatever line breaks there are', () => {
    const content = '\uFEFF# T\r\n\r\n- 😀 one\r\n- two\rthree\n';
    expect(parse(content).map(({ start, end }) => content.slice(start, end))).toEqual(['- 😀 one', '- two\rthree']);
  });
});

const mark = fc.constantFrom(
  '- ',
  '  - ',
  '\t- ',
  '> ',
  '# ',
  '```',
  '~~~',
  '|',
  '---',
  '===',
  '\n',
  '\r\n',
  '\r',
  '  ',
  '\t',
  '1. ',
  '[ ] ',
  '**a:**',
  '<!--',
  '-->',
  ':',
  'word ',
  '2025-01-01',
  '\u0000',
  '😀',
  '\ud800',
);
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(mark, { maxLength: 60 }).map((marks) => marks.join('')),
);

describe('any text', () => {
  it('gives claims in order, apart from each other, of whole lines', () => {
    fc.assert(
      fc.property(anything, (content) => {
        let last = -1;
        for (const claim of parse(content)) {
          expect(claim.start).toBeGreaterThan(last);
          expect(claim.end).toBeGreaterThan(claim.start);
          expect(claim.end).toBeLessThanOrEqual(content.length);
          const from = content.charCodeAt(0) === 0xfeff ? 1 : 0;
          expect(claim.start === from || /[\r\n]/.test(content[claim.start - 1] ?? '') || claim.start === 0).toBe(true);
          expect(claim.end === content.length || /[\r\n]/.test(content[claim.end] ?? '')).toBe(true);
          expect(claim.text).toMatch(/[\p{L}\p{N}]/u);
          last = claim.end;
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps every word outside headings and structure in some claim', () => {
    const plain = fc.array(
      fc.constantFrom('- alpha', 'beta gamma', '  - delta', '> epsilon', '| zeta | eta |', '', '1. theta', '    iota'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(plain, (lines) => {
        const found =
          texts(lines.join('\n'))
            .join(' ')
            .match(/[a-z]+/g) ?? [];
        expect(found.toSorted()).toEqual((lines.join(' ').match(/[a-z]+/g) ?? []).toSorted());
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['a long list', '- item with some words in it\n'.repeat(170_000)],
    ['one line', 'word '.repeat(1_000_000)],
    ['deep quotes', `${'> '.repeat(100_000)}a\n`.repeat(5)],
    ['deep lists', Array.from({ length: 1_500 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join('')],
    ['markers', `${'- '.repeat(500_000)}\n`],
    ['brackets', '['.repeat(1_000_000)],
    ['fences', '```\n'.repeat(200_000)],
    ['comments', '<!--\n'.repeat(100_000)],
    ['pipes', '|'.repeat(1_000_000)],
    ['rules', '- - -\n'.repeat(200_000)],
    ['dates', '2025-01-01 as of ('.repeat(50_000)],
    ['one paragraph', 'a note of its own\n'.repeat(200_000)],
    ['blank', ' \n'.repeat(1_000_000)],
    ['spaces', `- a${' '.repeat(2_000_000)}b\n`],
    ['lead-ins', '- a:\n  - b:\n    - c\n'.repeat(20_000)],
  ])(
    'takes seconds at most for %s',
    (_, content) => {
      const started = performance.now();
      parse(content);
      expect(performance.now() - started).toBeLessThan(8_000);
    },
    30_000,
  );
});
