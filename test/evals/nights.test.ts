import { describe, expect, it } from 'vitest';
import { nightsCommand } from '../../evals/nights/command.ts';
import { driftOf, linesOf } from '../../evals/nights/drift.ts';
import { driftTable, scoresTable } from '../../evals/nights/nights-table.ts';
import { splitNights } from '../../evals/nights/split-nights.ts';

const session = (id: string, created_at: string) => ({ id, created_at, events: [] });
const bytesOf = (parts: object): Uint8Array => Buffer.from(JSON.stringify(parts));
const read = (bytes: Uint8Array) =>
  JSON.parse(Buffer.from(bytes).toString('utf8')) as { memory_store?: unknown; sessions: { id: string }[] };

describe('a case dealt out over nights', () => {
  const sessions = [session('c', '2026-03-03'), session('a', '2026-03-01'), session('b', '2026-03-02')];

  it('gives each night its share, the oldest first, and the store to the first', () => {
    const nights = splitNights(
      { name: 'n', bytes: bytesOf({ name: 'n', instructions: 'i', memory_store: [{ path: 'a.md' }], sessions }) },
      2,
    );
    expect(nights.map(({ bytes }) => read(bytes).sessions.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
    expect(nights.map(({ bytes }) => 'memory_store' in read(bytes))).toEqual([true, false]);
  });

  it('has no night without a session', () => {
    expect(splitNights({ name: 'n', bytes: bytesOf({ sessions }) }, 10)).toHaveLength(3);
  });
});

describe('the drift between two stores', () => {
  const store = (files: Record<string, string>) => ({
    memories: Object.entries(files).map(([path, content]) => ({ path, content, provenance: [] })),
  });

  it('is what only one says and what stands elsewhere; counts of sessions and the index are none', () => {
    const one = linesOf(store({ 'a.md': '- Ask first (seen in 2 of 9 sessions).\n- Use tabs.\n', '_index.md': '- [a](/a.md)\n' }));
    const other = linesOf(store({ 'b.md': '- Ask first (seen in 3 of 9 sessions).\n- Use spaces.\n' }));
    expect(driftOf(one, other)).toEqual({ one: 2, other: 2, shared: 1, elsewhere: 1 });
  });

  it('stands in a table with its sums, beside cases that failed', () => {
    const drift = { one: 5, other: 6, shared: 4, elsewhere: 2 };
    const result = {
      name: 'x',
      nights: 3,
      drift,
      files: { one: 2, nights: 3 },
      moves: 1,
      again: { one: 0, nights: 0 },
      nothing: { one: 0, nights: 0 },
    };
    const lines = driftTable([result, { name: 'y', reason: 'no reason given' }]).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]?.trim().split(/\s+/)).toEqual(['x', '3', '5', '6', '1', '2', '2', '1', '2', '3', '0', '0', '0', '0']);
    expect(lines[2]).toMatch(/^y +failed: no reason given$/);
  });

  it('is told in the scorer’s measures too', () => {
    expect(scoresTable('mine', { 'facts.recall': 0.5 }, { 'facts.recall': 0.4 })).toMatch(/fact recall\s+0\.5000\s+0\.4000\s+-0\.1000/);
  });
});

describe('the command of nights', () => {
  it('takes the options of the driver of dreams, and ten nights when none are named', async () => {
    const seen: unknown[] = [];
    const command = () => nightsCommand(async (folder, options) => void seen.push(folder, options));
    await command().parseAsync(['/c', '--out', '/o'], { from: 'user' });
    await command().parseAsync(['/c', '--out', '/o', '--nights', '3', '--jobs', '1'], { from: 'user' });
    expect(seen).toMatchObject(['/c', { out: '/o', nights: 10 }, '/c', { nights: 3, jobs: 1 }]);
  });
});
