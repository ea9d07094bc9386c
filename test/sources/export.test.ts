import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSources } from '../../sources/detect.ts';
import { exportStore, type StoreExport } from '../../sources/export/markdown-export.ts';
import { exportNeutral } from '../../sources/export/neutral-export.ts';
import type { Evidence } from '../../domain/evidence.ts';

const heard: Evidence = {
  kind: 'event',
  sessionId: 'sesn_1',
  eventId: 'sevt_7',
  block: 0,
  start: 0,
  end: 11,
  quote: 'port is 81',
  origin: 'user',
  at: '2026-03-02T09:00:00.000Z',
};
const noted: Evidence = {
  kind: 'memory',
  memoryVersionId: 'memver_1',
  path: '/old/ports.md',
  start: 2,
  end: 12,
  quote: 'port is 80',
  origin: 'memory',
  at: null,
};

/** The claim on the line of `content` that holds `mark`. */
function claimOn(
  content: string,
  mark: string,
  evidence: Evidence[],
  changeId: string | null = null,
  path = '/a.md',
): StoreExport['claims'][number] {
  const start = content.lastIndexOf('\n', content.indexOf(mark)) + 1;
  const newline = content.indexOf('\n', start);
  const end = newline < 0 ? content.length : newline;
  return { path, text: mark, start, end, changeId, evidence };
}

function parse(files: { path: string; bytes: Uint8Array }[], path: string): Record<string, unknown> {
  const file = files.find((one) => one.path === path);
  return JSON.parse(new TextDecoder().decode(file?.bytes)) as Record<string, unknown>;
}

test('a store becomes a folder of Markdown with the provenance of each line beside it', () => {
  const content = '# Ports\n\n- The port is 81.\n- Unchanged line.\n';
  const { files, problems } = exportStore({
    store: { id: 'memstore_1', name: 'shop' },
    dreamId: 'drm_1',
    memories: [
      { path: '/notes/b.md', content: 'b\r\n' },
      { path: '/a.md', content },
    ],
    claims: [claimOn(content, 'Unchanged line.', []), claimOn(content, 'The port is 81.', [heard, noted], 'chg_1')],
    changes: [{ id: 'chg_1', kind: 'supersede', reason: 'A newer value.', before: 'The port is 80.', after: 'The port is 81.' }],
  });
  expect(problems).toEqual([]);
  expect(files.map((file) => file.path)).toEqual(['a.md', 'notes/b.md', 'provenance.json']);
  expect(new TextDecoder().decode(files[1]?.bytes)).toBe('b\r\n');
  expect(parse(files, 'provenance.json')).toEqual({
    store: { id: 'memstore_1', name: 'shop' },
    dream: 'drm_1',
    lines: [
      {
        path: 'a.md',
        line: 3,
        text: 'The port is 81.',
        change: { id: 'chg_1', kind: 'supersede', reason: 'A newer value.' },
        evidence: [
          { session: 'sesn_1', event: 'sevt_7', quote: 'port is 81', origin: 'user', at: '2026-03-02T09:00:00.000Z' },
          { memory: '/old/ports.md', version: 'memver_1', quote: 'port is 80', origin: 'memory', at: null },
        ],
      },
      { path: 'a.md', line: 4, text: 'Unchanged line.', change: null, evidence: [] },
    ],
    changes: [{ id: 'chg_1', kind: 'supersede', reason: 'A newer value.', before: 'The port is 80.', after: 'The port is 81.' }],
  });
});

test('an exported folder comes in again with the same paths and bytes', () => {
  const segment = fc.stringMatching(/^[a-z0-9äß][a-z0-9 äß.-]{0,8}$/).map((name) => name.normalize('NFC'));
  const memory = fc.record({
    path: fc.tuple(segment, segment).map(([folder, name]) => `/f-${folder}/${name}.md`),
    content: fc.string({ unit: 'grapheme' }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(memory, { selector: (one) => one.path, maxLength: 6 }), (memories) => {
      const { files } = exportStore({ store: { id: 'memstore_1', name: 'x' }, dreamId: null, memories, claims: [], changes: [] });
      const { stores, problems } = readSources(files, { folderName: 'x' });
      const sorted = memories.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      if (memories.length > 0) expect([stores, problems]).toEqual([[{ name: 'x', memories: sorted }], []]);
    }),
  );
});

test('no path leads out of the folder', () => {
  for (const path of ['/../up.md', '/a/../../up.md', 'relative.md', '//double.md', '/a\u0000.md']) {
    expect(() =>
      exportStore({ store: { id: 'm', name: 'x' }, dreamId: null, memories: [{ path, content: '' }], claims: [], changes: [] }),
    ).toThrow(/cannot be exported/);
  }
});

test('names that other systems would not keep apart or refuse are reported and written all the same', () => {
  const { files, problems } = exportStore({
    store: { id: 'm', name: 'x' },
    dreamId: null,
    claims: [],
    changes: [],
    memories: ['/Notes/a.md', '/notes/b.md', '/con.md', '/what?.md', '/dot.', '/provenance.json', '/fine.md', `/${'é'.repeat(200)}.md`].map(
      (path) => ({ path, content: '' }),
    ),
  });
  expect(files).toHaveLength(9);
  expect(problems.map((problem) => problem.path)).toEqual(['con.md', 'dot.', 'notes/b.md', 'what?.md', `${'é'.repeat(200)}.md`]);
  expect(problems[2]?.message).toContain('"notes" and "Notes" differ in case only');
  expect(files.at(-1)?.path).toBe('provenance.open-dreams.json');
});

test('the neutral form names the sources by their own ids and anchors each to its line', () => {
  const content = '# Ports\n\n- [ ] The **port** is 81,\n  since March.\n  - nested\n| a | b |\n|---|---|\n| db | `5432` |\n';
  const item = claimOn(content, 'The **port**', [heard, heard, noted], 'chg_1');
  const wrapped = { ...item, end: content.indexOf('nested') + 'nested'.length };
  const store = exportNeutral({
    memories: [{ path: '/a.md', content }],
    claims: [claimOn(content, '5432', [{ ...heard, eventId: 'sevt_unknown' }], 'chg_2'), wrapped],
    sources: new Map([['sevt_7', { session: 's1', event: 'e4' }]]),
  });
  expect(store).toEqual({
    memories: [
      {
        path: 'a.md',
        content,
        provenance: [
          { session: 's1', event: 'e4', quote: 'port is 81', anchor: 'The **port** is 81, since March.' },
          { memory: 'old/ports.md', quote: 'port is 80', anchor: 'The **port** is 81, since March.' },
          { session: 'sesn_1', event: 'sevt_unknown', quote: 'port is 81', anchor: 'db `5432`' },
        ],
      },
    ],
  });
});

test('a long paragraph is anchored by the sentence that the quote speaks of', () => {
  const content = `The shop opens at nine. ${'Nothing else matters here. '.repeat(20)}The port is 81 now.`;
  const store = exportNeutral({
    memories: [{ path: '/a.md', content }],
    claims: [claimOn(content, 'The port', [heard], 'chg_1')],
    sources: new Map(),
  });
  expect(store.memories[0]?.provenance.map((source) => source.anchor)).toEqual(['The port is 81 now.']);
});

test('where no sentence speaks of the quote, the first one is the anchor', () => {
  const content = `One thing first. ${'Filler between them. '.repeat(25)}Last thing.`;
  const store = exportNeutral({
    memories: [{ path: '/a.md', content }],
    claims: [claimOn(content, 'Last', [heard], 'chg_1')],
    sources: new Map(),
  });
  expect(store.memories[0]?.provenance[0]?.anchor).toBe('One thing first.');
});

test('every sentence of a long paragraph that stands as it stood comes from the input’s file', () => {
  const content = `${'The shop opens at nine. '.repeat(20)}The port is 81 now.`;
  const store = exportNeutral({ memories: [{ path: '/a.md', content }], claims: [claimOn(content, 'The port', [])], sources: new Map() });
  expect(store.memories[0]?.provenance).toEqual(
    ['The shop opens at nine.', 'The port is 81 now.'].map((anchor) => ({ memory: 'a.md', quote: anchor, anchor })),
  );
});

test('a line that stands as it stood comes from the input’s file; a changed one without evidence has no source', () => {
  const content = '1. keep me\n2. new\n```\ncode\n```\n';
  const code = { path: '/a.md', text: 'code', start: content.indexOf('```'), end: content.length - 1, changeId: null, evidence: [] };
  const store = exportNeutral({
    memories: [{ path: '/a.md', content }],
    claims: [claimOn(content, 'keep', []), claimOn(content, 'new', [], 'chg_9'), code],
    sources: new Map(),
  });
  expect(store.memories[0]?.provenance).toEqual([
    { memory: 'a.md', quote: '1. keep me', anchor: 'keep me' },
    { memory: 'a.md', quote: '```\ncode\n```', anchor: 'code' },
  ]);
});
