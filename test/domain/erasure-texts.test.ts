import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLines, statesNothing } from '../../domain/erasure/cut-lines.ts';
import { editText } from '../../domain/erasure/edit-text.ts';
import { changeTexts, isToken, sentencesOf, textsIn } from '../../domain/erasure/sentences.ts';
import { WordFinder } from '../../domain/erasure/word-finder.ts';
import { changeIndexLines, indexLineOf } from '../../domain/erasure/index-lines.ts';
import { buildIndex } from '../../domain/index-file.ts';
import { readBlocks } from '../../domain/markdown/read-blocks.ts';

describe('editText', () => {
  const edited = fc
    .tuple(
      fc.array(fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }), { maxLength: 12 }),
      fc.infiniteStream(fc.option(fc.string({ maxLength: 6 }))),
    )
    .map(([pieces, changes]) => {
      let at = 0;
      const parts = pieces.map((piece) => {
        const next = changes.next().value ?? null;
        const part = { start: at, end: at + piece.length, text: next };
        at += piece.length;
        return part;
      });
      return { content: pieces.join(''), parts };
    });

  it('keeps the words of every range that no edit touches, wherever they stand then', () => {
    fc.assert(
      fc.property(edited, ({ content, parts }) => {
        const edits = parts.flatMap(({ start, end, text }) => (text === null ? [] : [{ start, end, text }]));
        const result = editText(content, edits.toReversed());
        expect(result.content).toBe(parts.map(({ start, end, text }) => text ?? content.slice(start, end)).join(''));
        for (const [from, first] of parts.entries())
          for (const last of parts.slice(from)) {
            const over = parts.filter((part) => part.start >= first.start && part.end <= last.end);
            const range = result.place({ start: first.start, end: last.end });
            const words = over.map(({ start, end, text }) => text ?? content.slice(start, end)).join('');
            expect(range === null ? '' : result.content.slice(range.start, range.end)).toBe(words);
          }
        // A part of what stays keeps its words too.
        for (const { start, end, text } of parts)
          if (text === null)
            for (let at = start; at < end; at++) {
              const range = result.place({ start: at, end });
              expect(result.content.slice(range?.start, range?.end)).toBe(content.slice(at, end));
            }
      }),
    );
  });

  it('means the whole replacement where a range ends inside it, and nothing where it was cut', () => {
    const { place, content } = editText('- old words\n- gone\n', [
      { start: 0, end: 11, text: '- new' },
      { start: 12, end: 19, text: '' },
    ]);
    expect(content).toBe('- new\n');
    expect(place({ start: 2, end: 11 })).toEqual({ start: 0, end: 5 });
    expect(place({ start: 2, end: 5 })).toEqual({ start: 0, end: 5 });
    expect(place({ start: 14, end: 18 })).toBeNull();
    expect(() =>
      editText('abc', [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ]),
    ).toThrow('overlap');
  });
});

function cut(content: string, gone: string[], reworded: Record<string, string> = {}): string {
  const cuts = readBlocks(content).blocks.flatMap((block): { start: number; end: number; statement: string | null }[] => {
    if (block.kind === 'heading') return [];
    if (gone.includes(block.text)) return [{ start: block.start, end: block.end, statement: null }];
    const statement = reworded[block.text];
    return statement === undefined ? [] : [{ start: block.start, end: block.end, statement }];
  });
  return editText(content, cutLines(content, cuts)).content;
}

describe('cutLines', () => {
  it('takes a statement with its continuation lines and leaves the rest byte for byte', () => {
    expect(cut('# T\r\n\r\n- one\r\n  more of one\r\n- two\r\n', ['one more of one'])).toBe('# T\r\n\r\n- two\r\n');
    expect(cut('# T\n\n- one\n- two', ['two'])).toBe('# T\n\n- one\n');
  });

  it('takes a heading away with all that stood under it, and keeps one that still has something', () => {
    expect(cut('# T\n\n## A\n\n- one\n\n## B\n\n- two\n- three\n', ['one', 'two'])).toBe('# T\n\n## B\n\n- three\n');
    expect(cut('# T\n\n## A\n\n- one\n', ['one'])).toBe('');
    expect(cut('# T\n\n## Empty\n\n## A\n\n- one\n- two\n', ['one'])).toBe('# T\n\n## Empty\n\n## A\n\n- two\n');
  });

  it('puts what is nested below a statement that goes in its place', () => {
    expect(cut('- a\n  - b\n    - c\n- d\n', ['a'])).toBe('- b\n  - c\n- d\n');
    expect(cut('- a\n  - b\n    - c\n- d\n', ['a', 'b'])).toBe('- c\n- d\n');
  });

  it('keeps two paragraphs apart that a cut brings together', () => {
    expect(cut('One.\n\nTwo.\n\nThree.\n', ['Two.'])).toBe('One.\n\nThree.\n');
    expect(
      readBlocks(cut('First note stands here.\n- item\nSecond note\n', ['item Second note'])).blocks.map((block) => block.text),
    ).toEqual(['First note stands here.']);
    const rest = cut('Alpha is fine.\nBeta: is fine.\nGamma is fine.\n', ['Beta: is fine.']);
    expect(readBlocks(rest).blocks.map((block) => block.text)).toEqual(['Alpha is fine.', 'Gamma is fine.']);
  });

  it('words a line anew and keeps its marker', () => {
    expect(cut('# T\n\n1. old\n2. two\n', [], { old: 'new words' })).toBe('# T\n\n1. new words\n2. two\n');
    expect(cut('| a | b |\n|---|---|\n| x | y |\n', [], { 'x — y': 'new' })).toContain('|---|---|');
    expect(cut('- a\n  - old\n', ['a'], { old: 'new' })).toBe('- new\n');
  });

  it('leaves every statement that it does not take, in its order', () => {
    const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'omega');
    const line = fc.tuple(fc.nat({ max: 2 }), fc.array(word, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 14 }), fc.boolean(), (rows, asList) => {
        const content = rows
          .map(([indent, words, , heading], at) =>
            heading
              ? `\n## H${String(at)}\n\n`
              : `${asList ? `${'  '.repeat(indent)}- ` : ''}${words.join(' ')} ${String(at)}.\n${asList ? '' : '\n'}`,
          )
          .join('');
        const statements = readBlocks(content).blocks.filter((block) => block.kind !== 'heading');
        const doomed = statements.filter((_, at) => rows[at % rows.length]?.[2] === true);
        const result = editText(
          content,
          cutLines(
            content,
            doomed.map(({ start, end }) => ({ start, end, statement: null })),
          ),
        );
        const left = readBlocks(result.content).blocks.flatMap((block) => (block.kind === 'heading' ? [] : block.text));
        expect(left).toEqual(statements.filter((block) => !doomed.includes(block)).map((block) => block.text));
        for (const block of statements) {
          const range = result.place(block);
          if (doomed.includes(block)) expect(range).toBeNull();
          else expect(readBlocks(result.content).blocks.some(({ start, end }) => start === range?.start && end === range.end)).toBe(true);
        }
      }),
    );
  });

  it('knows when nothing is stated any more', () => {
    expect([statesNothing('# T\n\n## A\n'), statesNothing(''), statesNothing('# T\n\n- one\n')]).toEqual([true, true, false]);
  });
});

describe('WordFinder', () => {
  it('finds exactly the words that stand in a text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), text, (words, within) => {
        const finder = new WordFinder(words);
        const expected = new Set(words.filter((word) => word.length >= 4 && within.includes(word)));
        expect(finder.found(within)).toEqual(expected);
        expect(finder.has(within)).toBe(expected.size > 0);
      }),
    );
  });
});

describe('sentencesOf', () => {
  it('cuts lines and sentences, without marks around them, and leaves phrases and tokens out', () => {
    expect(
      sentencesOf(
        '- We always deploy on Tuesdays. Never on a Friday afternoon!\nok\n> "The port is 4100 for now"\n==========================',
      ),
    ).toEqual(['We always deploy on Tuesdays', 'Never on a Friday afternoon', 'The port is 4100 for now']);
    expect(sentencesOf('memstore_011ChK5SSBsC27q72RedoxYC\n/home/user/project/src/index.ts')).toEqual([]);
    expect(sentencesOf('デプロイは毎週火曜日に必ず実施することになっています')).toHaveLength(1);
    // Dense scripts say as much in fewer signs.
    expect(sentencesOf('金庫の暗証番号は九九七七です。')).toEqual(['金庫の暗証番号は九九七七です']);
    expect(sentencesOf('はい、そうです。')).toEqual([]);
    // However little is left over, the end of a long sentence is looked for.
    expect(sentencesOf(`${'word '.repeat(45)}its hidden end`).some((piece) => piece.endsWith('its hidden end'))).toBe(true);
    expect(isToken('sha256:abc') && !isToken('two words')).toBe(true);
    expect(sentencesOf('word '.repeat(200)).every((piece) => piece.length <= 200)).toBe(true);
  });

  it('reaches every text of a JSON value and changes only what it must', () => {
    const value = { a: ['x', { b: 'y' }], c: 1, d: null };
    expect([...textsIn(value)]).toEqual(['x', 'y']);
    expect(changeTexts(value, (text) => text)).toBe(value);
    expect(changeTexts(value, (text) => (text === 'y' ? 'z' : text))).toEqual({ a: ['x', { b: 'z' }], c: 1, d: null });
  });
});

it('finds the line of a memory in an index as code writes it', () => {
  const files = [
    { path: '/a b.md', content: '# Port\n\n- one\n- two\n' },
    { path: '/x/plain.md', content: 'Only a note here.\n' },
  ];
  const index = buildIndex(files)[0]?.content ?? '';
  const lines = new Map<string, string | null>([
    [indexLineOf('/a b.md', files[0]?.content ?? ''), indexLineOf('/a b.md', '# Port\n\n- one\n')],
    [indexLineOf('/x/plain.md', files[1]?.content ?? ''), null],
  ]);
  expect(editText(index, changeIndexLines(index, lines)).content).toBe('# Index\n\n- [/a b.md](</a b.md>): Port (1 statement)\n');
});
