import { expect, test } from 'vitest';
import { readSources } from '../../sources/detect.ts';
import { caseFile, fileOf, gzipped, said } from './build.ts';

const session = (id: string, ...texts: string[]): unknown => ({
  id,
  title: 'Gardening',
  created_at: '2026-02-01T08:00:00',
  events: texts.map((text, index) => ({ id: `e${index}`, role: 'user', time: '2026-02-01T08:00:00', text })),
});

test('a case gives its store, sessions and instructions; times without a zone are UTC', () => {
  const imported = readSources([
    caseFile('plants.json', {
      name: 'plants',
      instructions: 'Keep names.',
      memory_store: [
        { path: 'notes/a.md', content: '- ferns\n' },
        { path: '/b.md', content: '' },
      ],
      sessions: [
        {
          id: 's1',
          title: 'Watering',
          created_at: '2026-02-01T08:00:00',
          events: [
            { id: 'e0', role: 'user', time: '2026-02-01T08:00:00', text: 'Water on Mondays.' },
            { id: 'e1', role: 'assistant', time: '2026-02-01T10:00:00+02:00', text: 'Noted.' },
            { id: 2, role: 'tool', time: 'yesterday', text: 'pump on' },
            { role: 'system', text: 'be brief' },
          ],
        },
      ],
    }),
  ]);
  expect(imported.problems).toEqual([]);
  expect(imported.instructions).toBe('Keep names.');
  expect(imported.stores).toEqual([
    {
      name: 'plants',
      memories: [
        { path: '/notes/a.md', content: '- ferns\n' },
        { path: '/b.md', content: '' },
      ],
    },
  ]);
  expect(imported.sessions).toMatchObject([
    {
      sourceKind: 'neutral',
      sourceId: 's1',
      title: 'Watering',
      createdAt: '2026-02-01T08:00:00.000Z',
      metadata: { file: 'plants.json' },
      events: [
        {
          sourceEventId: 'e0',
          type: 'user.message',
          processedAt: '2026-02-01T08:00:00.000Z',
          payload: { content: [said('Water on Mondays.')] },
        },
        { sourceEventId: 'e1', type: 'agent.message', processedAt: '2026-02-01T08:00:00.000Z' },
        { sourceEventId: '2', type: 'agent.tool_result', processedAt: null },
        { sourceEventId: null, type: 'system.message', processedAt: null },
      ],
    },
  ]);
});

test('gold and questions are never looked at', () => {
  const secret = 'the answer nobody may see';
  const plain = { name: 'x', memory_store: [], sessions: [session('s', 'hello')] };
  const full = { ...plain, questions: [{ q: secret }], gold: { facts: [secret] }, pairs: secret };
  expect(readSources([caseFile('x.json', full)])).toEqual(readSources([caseFile('x.json', plain)]));
  expect(JSON.stringify(readSources([caseFile('x.json', full)]))).not.toContain(secret);
});

test('a packed case reads as the plain one', () => {
  const plain = caseFile('x.json', { name: 'x', sessions: [session('s', 'hello')] });
  expect(readSources([gzipped(plain)]).sessions[0]?.events).toEqual(readSources([plain]).sessions[0]?.events);
});

test('a case without a store gets an empty one named after it, or after its file', () => {
  expect(readSources([caseFile('a.json', { name: 'plants', sessions: [] })]).stores).toEqual([{ name: 'plants', memories: [] }]);
  expect(readSources([caseFile('folder/b.json', { sessions: [] })]).stores).toEqual([{ name: 'b', memories: [] }]);
});

test('equal sessions of two cases are one; equal ids with other contents are two; the longer copy wins', () => {
  const imported = readSources([
    caseFile('a.json', { sessions: [session('s1', 'hello'), session('s2', 'start')] }),
    caseFile('b.json', { sessions: [session('s1', 'hello', 'more'), session('s2', 'another start')] }),
  ]);
  expect(imported.sessions.map((one) => [one.sourceId, one.events.length])).toEqual([
    ['s1', 2],
    ['s2', 1],
    ['s2', 1],
  ]);
  expect(imported.problems).toEqual([]);
});

test('copies that differ in the middle: the first stays and a sentence says where they part', () => {
  const imported = readSources([
    caseFile('a.json', { sessions: [session('s1', 'hello', 'x')] }),
    caseFile('b.json', { sessions: [session('s1', 'hello', 'y')] }),
  ]);
  expect(imported.sessions).toHaveLength(1);
  expect(imported.problems).toMatchObject([{ path: 'b.json', code: 'diverged_copies', fatal: false }]);
  expect(imported.problems[0]?.message).toContain('from event 2 on');
});

test('broken sessions and events are left out with a sentence each, the others come in', () => {
  const imported = readSources([
    caseFile('a.json', {
      sessions: [
        7,
        { title: 'no id', events: [] },
        { id: 'x' },
        { id: 'empty', events: [] },
        {
          id: 'y',
          events: [
            { role: 'wizard', text: 'a' },
            { role: 'user', text: 5 },
            { role: 'user', text: 'kept' },
          ],
        },
      ],
    }),
  ]);
  expect(imported.sessions.map((one) => [one.sourceId, one.events.length])).toEqual([['y', 1]]);
  expect(imported.problems.map(({ code, fatal }) => [code, fatal])).toEqual([
    ['invalid_session', false],
    ['invalid_session', false],
    ['invalid_session', false],
    ['empty_transcript', false],
    ['invalid_event', false],
  ]);
  expect(imported.problems[4]?.message).toContain('2 events of session "y" (the first is event 1)');
});

test('JSON that breaks names line and column and never quotes the text', () => {
  const imported = readSources([fileOf('a.json', '{"name": "x",\n "sessions": [ private words ]}')]);
  expect(imported.problems).toEqual([
    {
      path: 'a.json',
      line: 2,
      code: 'invalid_json',
      fatal: true,
      message: 'a.json is not JSON: it breaks at line 2, column 16. Correct it there and import again.',
    },
  ]);
  expect(readSources([fileOf('b.json', '')]).problems[0]).toMatchObject({ code: 'invalid_json', fatal: true });
  expect(readSources([caseFile('c.json', [1])]).problems[0]).toMatchObject({ code: 'unknown_format', fatal: true });
  expect(readSources([fileOf('d.json.gz', new Uint8Array([0x1f, 0x8b, 1]))]).problems[0]).toMatchObject({
    code: 'invalid_gzip',
    fatal: true,
  });
  expect(readSources([fileOf('e.json', `{"sessions":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)]).problems[0]).toMatchObject({
    code: 'invalid_json',
    fatal: true,
  });
});

test('a lone surrogate in a transcript is replaced and counted, in a memory it refuses the case', () => {
  const sessions = '"sessions":[{"id":"s","events":[{"role":"user","text":"half \\ud800 \\u0000 there"}]}]';
  const inSession = readSources([fileOf('a.json', `{${sessions}}`)]);
  expect(inSession.sessions[0]?.events[0]?.payload).toEqual({ content: [said('half \uFFFD \u0000 there')] });
  expect(inSession.problems).toMatchObject([{ code: 'lone_surrogates', fatal: false }]);
  const inMemory = readSources([fileOf('a.json', `{"memory_store":[{"path":"a.md","content":"x \\ud800"}],${sessions}}`)]);
  expect([inMemory.stores, inMemory.sessions]).toEqual([[], []]);
  expect(inMemory.problems).toMatchObject([{ code: 'invalid_memory', fatal: true }]);
});

test('the sessions of a case stay out with its refused store, and the sentence says so', () => {
  const session = (id: string) => ({ id, events: [{ role: 'user', text: 'hello' }] });
  const refused = readSources([
    caseFile('a.json', {
      instructions: 'be brief',
      memory_store: [{ path: '../b.md', content: '' }, { path: '/' }],
      sessions: [session('s'), session('t')],
    }),
    caseFile('b.json', { memory_store: [], sessions: [session('u')] }),
  ]);
  expect(refused.stores.map((store) => store.name)).toEqual(['b']);
  expect(refused.sessions.map((one) => one.sourceId)).toEqual(['u']);
  expect(refused.problems).toHaveLength(1);
  expect(refused.problems[0]).toMatchObject({
    path: 'a.json',
    fatal: true,
    message: expect.stringMatching(/ The 2 sessions of the same file stayed out with the store\.$/) as string,
  });
  expect(refused.instructions).toBeUndefined();
});

test('invalid UTF-8 is replaced in a transcript and refuses the store when it lies in a memory', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  const inSession = readSources([
    fileOf('a.json', bytes('{"memory_store":[],"sessions":[{"id":"s","events":[{"role":"user","text":"caf\xe9"}]}]}')),
  ]);
  expect(inSession.sessions[0]?.events[0]?.payload).toEqual({ content: [said('caf\uFFFD')] });
  expect(inSession.stores).toHaveLength(1);
  expect(inSession.problems).toMatchObject([{ code: 'invalid_utf8', fatal: false }]);
  const inMemory = readSources([fileOf('a.json', bytes('{"memory_store":[{"path":"a.md","content":"caf\xe9"}]}'))]);
  expect(inMemory.stores).toEqual([]);
  expect(inMemory.problems[0]).toMatchObject({ code: 'invalid_utf8', fatal: true });
});

test('a store that breaks a rule is refused whole, with path, value and remedy', () => {
  const refused = (memories: unknown[]): string[] => {
    const imported = readSources([caseFile('a.json', { memory_store: memories })]);
    expect(imported.stores).toEqual([]);
    expect(imported.problems.every((problem) => problem.fatal)).toBe(true);
    return imported.problems.map((problem) => problem.message);
  };
  expect(
    refused([
      { path: 'a/../b.md', content: '' },
      { path: 'fine.md', content: '' },
    ])[0],
  ).toContain('"/a/../b.md"');
  expect(refused([{ path: 'big.md', content: 'é'.repeat(51_201) }])).toEqual([
    'The memory "/big.md" has 102,402 bytes, at most 102,400 are allowed. Split it into several files and import again.',
  ]);
  expect(
    refused([
      { path: 'a.md', content: '' },
      { path: '/a.md', content: '' },
    ]),
  ).toEqual(['The memory path "/a.md" occurs twice. Keep one of the two and import again.']);
  expect(
    refused([
      { path: 'a', content: '' },
      { path: 'a/b', content: '' },
    ])[0],
  ).toContain('"/a" is a memory and cannot also be the folder of "/a/b"');
  expect(refused([{ path: 'x\u0007.md', content: '' }])[0]).toContain('"/x\\u0007.md"');
  expect(refused([{ path: 5 }])[0]).toContain('Memory 1');
  expect(refused(Array.from({ length: 10_001 }, (_, index) => ({ path: `${index}.md`, content: '' })))).toEqual([
    'a.json holds 10,001 memory files, a store holds at most 10,000. Import parts of it as stores of their own.',
  ]);
  expect(refused(Array.from({ length: 30 }, (_, index) => ({ path: `/./${index}`, content: '' })))).toHaveLength(21);
});

test('an event given twice under one id counts once, equal words under two ids count twice', () => {
  const event = { id: 'e1', role: 'user', text: 'ok' };
  const imported = readSources([
    caseFile('a.json', {
      sessions: [{ id: 's', events: [event, event, { ...event, id: 'e2' }, { ...event, id: null }, { ...event, id: null }] }],
    }),
  ]);
  expect(imported.sessions[0]?.events.map((one) => one.sourceEventId)).toEqual(['e1', 'e2', null, null]);
});

test('instructions that differ between cases are named, those of the first taken', () => {
  const imported = readSources([
    caseFile('a.json', { sessions: [], instructions: 'A' }),
    caseFile('b.json', { sessions: [], instructions: 'B' }),
  ]);
  expect(imported.instructions).toBe('A');
  expect(imported.problems).toMatchObject([{ path: 'a.json', code: 'several_instructions', fatal: false }]);
});
