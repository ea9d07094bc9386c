import { asc } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { insertRows } from '../../db/insert-rows.ts';
import { groups, sessionEvents } from '../../db/schema/index.ts';
import { fillWorkspace } from '../support/filled-workspace.ts';
import { databaseForTest } from '../support/fresh-database.ts';

const workspaceId = 'default';

it('stores what a statement with a parameter for each cell stores: odd signs, lists, times, nothing, defaults', async () => {
  const { database } = await databaseForTest();
  await fillWorkspace(database, workspaceId);
  const odd = `"quoted", back\\slash, {braces}, NULL, ${String.fromCodePoint(0)}, new\nline, ü, 🜁`;
  const processedAt = new Date('2026-03-01T12:30:00.123Z');
  const rows = [2, 3].map((number) => ({
    workspaceId,
    id: `sevt_${String(number)}`,
    sessionId: 'sesn_1',
    number,
    type: 'user.message',
    payload: { content: odd, deep: [null, { odd }] },
    sha256: String(number),
    processedAt: number === 2 ? processedAt : null,
    sourceEventId: number === 2 ? 'NULL' : null,
  }));
  await withWorkspace(database, workspaceId, async (tx) => {
    await insertRows(tx, sessionEvents, rows);
    const stored = (await tx.select().from(sessionEvents).orderBy(asc(sessionEvents.number))).slice(-2);
    expect(stored.map(({ createdAt: _createdAt, ...row }) => row)).toEqual(rows);
    expect(stored[0]?.createdAt.getTime()).toBeGreaterThan(Date.UTC(2026));

    const group = { workspaceId, dreamId: 'drm_1', ordinal: 7, pack: 0, claimIds: ['clm_"1"', 'clm_\\2', 'a,b'], factIds: [] };
    await insertRows(tx, groups, [group]);
    await insertRows(tx, groups, [{ ...group, pack: 5 }], { keepStanding: true });
    expect((await tx.select().from(groups)).filter((row) => row.ordinal === 7)).toEqual([group]);
  });
});

it('takes more rows than a statement may have parameters', async () => {
  const { database } = await databaseForTest();
  await fillWorkspace(database, workspaceId);
  const rows = Array.from({ length: 12_345 }, (_, ordinal) => ({
    workspaceId,
    dreamId: 'drm_1',
    ordinal: 10 + ordinal,
    pack: 0,
    claimIds: [],
    factIds: [String(ordinal)],
  }));
  await withWorkspace(database, workspaceId, async (tx) => {
    await insertRows(tx, groups, rows);
    const stored = (await tx.select().from(groups).orderBy(asc(groups.ordinal))).filter((row) => row.ordinal >= 10);
    expect(stored.map((row) => row.factIds)).toEqual(rows.map((row) => row.factIds));
  });
});
