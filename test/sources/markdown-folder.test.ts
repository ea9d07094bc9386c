import { expect, test } from 'vitest';
import { readSources } from '../../sources/detect.ts';
import { fileOf } from './build.ts';

test('a folder of Markdown is one store named after it, bytes kept', () => {
  const { stores, problems } = readSources(
    [fileOf('notes/b.md', '\uFEFF# B\r\n- x \u0000'), fileOf('a.markdown', ''), fileOf('.claude/CLAUDE.md', 'hi')],
    { folderName: 'memory' },
  );
  expect(problems).toEqual([]);
  expect(stores).toEqual([
    {
      name: 'memory',
      memories: [
        { path: '/.claude/CLAUDE.md', content: 'hi' },
        { path: '/a.markdown', content: '' },
        { path: '/notes/b.md', content: '\uFEFF# B\r\n- x \u0000' },
      ],
    },
  ]);
});

test('without a folder’s name a leading folder that all files share gives it', () => {
  expect(readSources([fileOf('brain/a.md', ''), fileOf('brain/x/b.md', '')]).stores).toMatchObject([
    { name: 'brain', memories: [{ path: '/a.md' }, { path: '/x/b.md' }] },
  ]);
  expect(readSources([fileOf('x/a.md', ''), fileOf('y/b.md', '')]).stores).toMatchObject([
    { name: 'memory', memories: [{ path: '/x/a.md' }, { path: '/y/b.md' }] },
  ]);
});

test('a single file such as CLAUDE.md or AGENTS.md is a store of one', () => {
  expect(readSources([fileOf('CLAUDE.md', '- use tabs\n')]).stores).toEqual([
    { name: 'CLAUDE', memories: [{ path: '/CLAUDE.md', content: '- use tabs\n' }] },
  ]);
  expect(readSources([fileOf('AGENTS.md', '')]).stores).toMatchObject([{ name: 'AGENTS' }]);
});

test('decomposed letters of a file name become composed ones', () => {
  expect(readSources([fileOf('cafe\u0301.md', '')]).stores[0]?.memories[0]?.path).toBe('/caf\u00e9.md');
});

test('a file that is not UTF-8 refuses the store and says where', () => {
  const { stores, problems } = readSources([
    fileOf('a.md', new Uint8Array([0x61, 0xff, 0xfe])),
    fileOf('b.md', 'fine'),
    fileOf('c.md', new Uint8Array([0xff, 0xfe, 0x61, 0])),
  ]);
  expect(stores).toEqual([]);
  expect(problems).toMatchObject([
    { path: 'a.md', code: 'invalid_utf8', fatal: true },
    { path: 'c.md', code: 'invalid_utf8', fatal: true },
  ]);
  expect(problems[0]?.message).toContain('2 invalid byte sequences, the first at byte 1');
  expect(problems[1]?.message).toContain('UTF-16');
});

test('a file over the limit refuses the store with its size and the remedy', () => {
  const { stores, problems } = readSources([fileOf('a.md', 'x'.repeat(102_401)), fileOf('b.md', 'x'.repeat(102_400))]);
  expect(stores).toEqual([]);
  expect(problems).toEqual([
    {
      path: 'a.md',
      code: 'memory_too_large',
      fatal: true,
      message: 'The memory "/a.md" has 102,401 bytes, at most 102,400 are allowed. Split it into several files and import again.',
    },
  ]);
});

test('files of other kinds get a sentence that says what is accepted; hidden ones are counted', () => {
  const { stores, problems, skipped } = readSources([
    fileOf('a.md', ''),
    fileOf('pic\u001b[2J.png', ''),
    fileOf('.DS_Store', ''),
    fileOf('provenance.json', '{}'),
  ]);
  expect(stores).toHaveLength(1);
  expect(problems).toMatchObject([{ code: 'unknown_format', fatal: true }]);
  expect(problems[0]?.message).toBe(
    'pic\\u001b[2J.png is of no kind that can be imported. Accepted are Claude Code session files (.jsonl), cases in the neutral form (.json, .json.gz) and Markdown (.md) as a memory store.',
  );
  expect(skipped).toEqual([
    { path: 'provenance.json', counts: { 'provenance of an export': 1 } },
    { path: '.DS_Store', counts: { 'hidden file': 1 } },
  ]);
});
