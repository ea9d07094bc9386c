import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventBlocks } from '../../domain/transcript.ts';
import { readSources } from '../../sources/detect.ts';
import { newEvents } from '../../sources/grown.ts';
import type { Imported } from '../../sources/source.ts';
import { fileOf } from './build.ts';

const type = fc.constantFrom('user', 'assistant', 'system', 'attachment', 'summary', 'custom-title', 'x', '__proto__', 7);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('hello', '<system-reminder>x</system-reminder>y', '\ud800', '</', '[Request interrupted by user]', '\u0000'),
);
const block = fc.oneof(
  text.map((value) => ({ type: 'text', text: value })),
  fc.record({
    type: fc.constantFrom('tool_use', 'tool_result', 'thinking', 'image', 'x'),
    id: text,
    tool_use_id: text,
    name: text,
    input: fc.jsonValue(),
    content: fc.oneof(text, fc.jsonValue()),
    thinking: text,
    is_error: fc.boolean(),
  }),
  fc.jsonValue(),
);
const line = fc.record(
  {
    type,
    subtype: text,
    uuid: fc.oneof(text, fc.constant(null)),
    sessionId: fc.constantFrom('a', 'b', '', null, 3, 'x\u0000'),
    agentId: fc.constantFrom('x', undefined),
    isSidechain: fc.boolean(),
    isMeta: fc.boolean(),
    isCompactSummary: fc.boolean(),
    timestamp: fc.oneof(text, fc.constant('2026-01-01T00:00:00Z')),
    origin: fc.jsonValue(),
    message: fc.oneof(fc.record({ id: text, model: text, content: fc.oneof(text, fc.array(block)) }), fc.jsonValue()),
    attachment: fc.oneof(fc.record({ type: fc.constant('queued_command'), prompt: fc.oneof(text, fc.array(block)) }), fc.jsonValue()),
    summary: text,
    leafUuid: text,
    content: text,
    customTitle: text,
    toolUseResult: fc.jsonValue(),
  },
  { requiredKeys: ['type'] },
);
const lines = fc.array(
  fc.oneof({ weight: 5, arbitrary: line.map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: fc.string() }),
  { maxLength: 12 },
);

function hashes(imported: Imported): string[][] {
  return imported.sessions.map((session) => [session.sourceId, session.firstEventSha256, ...session.events.map((event) => event.sha256)]);
}

test('random lines never throw, and what comes in can be stored', () => {
  fc.assert(
    fc.property(lines, (list) => {
      const imported = readSources([fileOf('a.jsonl', list.join('\n'))]);
      for (const session of imported.sessions) {
        expect(session.events.length).toBeGreaterThan(0);
        const written = JSON.stringify(session);
        expect(written).not.toMatch(/\\ud[89a-f]/);
        for (const event of session.events) for (const part of eventBlocks(event)) expect(typeof part.text).toBe('string');
        const ids = session.events.map((event) => event.sourceEventId).filter((id) => id !== null);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of [session.sourceId, session.title ?? '', ...Object.values(session.metadata), ...ids])
          expect(id).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
      }
      for (const problem of imported.problems) expect(problem.message).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 500 },
  );
});

test('importing twice gives the same hashes, also under another name and together with its copy', () => {
  fc.assert(
    fc.property(lines, (list) => {
      const bytes = list.join('\n');
      const once = hashes(readSources([fileOf('a.jsonl', bytes)]));
      expect(hashes(readSources([fileOf('other.jsonl', bytes)]))).toEqual(once);
      expect(hashes(readSources([fileOf('b.jsonl', bytes), fileOf('a.jsonl', bytes)]))).toEqual(once);
    }),
    { numRuns: 300 },
  );
});

test('a file that is written on only ever appends to its sessions', () => {
  const main = line.map((value) => ({ ...value, sessionId: 'a', isSidechain: false }));
  fc.assert(
    fc.property(fc.array(main, { maxLength: 8 }), fc.array(main, { maxLength: 4 }), (before, after) => {
      const read = (values: unknown[]): Imported =>
        readSources([fileOf('a.jsonl', values.map((value) => JSON.stringify(value)).join('\n'))]);
      const old = read(before).sessions[0]?.events ?? [];
      const grown = read([...before, ...after]).sessions[0]?.events ?? [];
      expect(newEvents(old, grown).kind).not.toBe('diverged');
      expect(grown.slice(0, old.length)).toEqual(old);
    }),
    { numRuns: 300 },
  );
});

test('random bytes of every kind of file never throw', () => {
  const path = fc.constantFrom('a.jsonl', 'a.json', 'a.json.gz', 'a.md', 'x/b.md', 'a.txt', 'provenance.json');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json().map((json) => new TextEncoder().encode(json)),
    fc
      .jsonValue()
      .map((value) => new TextEncoder().encode(JSON.stringify({ sessions: [value], memory_store: [value], instructions: value }))),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ path, bytes }), { maxLength: 4 }), (files) => {
      const imported = readSources(files);
      expect(Array.isArray(imported.problems)).toBe(true);
      expect(readSources([...files].reverse()).problems.length).toBe(imported.problems.length);
    }),
    { numRuns: 500 },
  );
});
