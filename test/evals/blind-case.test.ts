import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listCases, readBlindCase, withoutMarks } from '../../evals/read-case.ts';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'blind-case-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

function read(name: string, content: unknown) {
  const folder = folderWith({ [`${name}.json`]: JSON.stringify(content) });
  const blind = readBlindCase({ name, path: join(folder, `${name}.json`) });
  return { ...blind, seen: JSON.parse(new TextDecoder().decode(blind.bytes)) as Record<string, unknown> & { sessions: { id?: string }[] } };
}

const session = (id: string, createdAt: string | null) => ({
  id,
  created_at: createdAt,
  events: [{ id: 'e', role: 'user', text: 'hello' }],
});

describe('a case as a dream may see it', () => {
  it('is name, store, sessions and instructions, and nothing else', () => {
    const { seen } = read('one', {
      name: 'n',
      source: 's',
      licence: 'l',
      instructions: 'i',
      memory_store: [],
      sessions: [session('a', null)],
      questions: [1],
      gold: { facts: [] },
      anything: true,
    });
    expect(Object.keys(seen).sort()).toEqual(['instructions', 'memory_store', 'name', 'sessions']);
  });

  it('holds the oldest 100 of more sessions, one without a time before all, and says how many are left', () => {
    const days = Array.from({ length: 102 }, (_, day) => session(`s${String(day)}`, new Date(Date.UTC(2026, 0, 102 - day)).toISOString()));
    const { seen, sessions, left } = read('long', { sessions: [...days, session('undated', null)] });
    expect([sessions, left]).toEqual([100, 3]);
    const ids = seen.sessions.map(({ id }) => id);
    expect(ids[0]).toBe('long/undated');
    for (const newest of ['long/s0', 'long/s1', 'long/s2']) expect(ids).not.toContain(newest);
    expect(ids).toContain('long/s3');
  });

  it('leaves up to 100 sessions in their order', () => {
    const { seen, left } = read('short', { sessions: [session('b', '2026-02-01T00:00:00Z'), session('a', '2026-01-01T00:00:00Z')] });
    expect([seen.sessions.map(({ id }) => id), left]).toEqual([['short/b', 'short/a'], 0]);
  });

  it('gives the sources of the answer the session ids of the case back', () => {
    const source = { event: 'e', quote: 'q', anchor: 'q' };
    const store = {
      memories: [
        {
          path: 'a.md',
          content: 'q',
          provenance: [
            { session: 'one/s1', ...source },
            { session: 'two/s1', ...source },
            { memory: 'one/a.md', quote: 'q', anchor: 'q' },
          ],
        },
      ],
    };
    expect(withoutMarks(store, 'one').memories[0]?.provenance).toEqual([
      { session: 's1', ...source },
      { session: 'two/s1', ...source },
      { memory: 'one/a.md', quote: 'q', anchor: 'q' },
    ]);
  });

  it('tells a file that is no JSON from one that is no gzip, without quoting either', () => {
    const folder = folderWith({ 'a.json': '{"secret": oops', 'b.json.gz': 'secret' });
    expect(() => readBlindCase({ name: 'a', path: join(folder, 'a.json') })).toThrow(/^The file is not JSON\.$/);
    expect(() => readBlindCase({ name: 'b', path: join(folder, 'b.json.gz') })).toThrow(
      /^The file cannot be read or unpacked \(Z_DATA_ERROR\)\.$/,
    );
  });
});

describe('a folder of cases', () => {
  it('is listed by name, gzipped ones too, other files left out', () => {
    const folder = folderWith({ 'b.json': '', 'a.json.gz': '', 'notes.md': '' });
    expect(listCases(folder).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('is refused when two files would write the same answer', () => {
    expect(() => listCases(folderWith({ 'a.json': '', 'a.json.gz': '' }))).toThrow(/called "a"/);
  });
});
