import { eq, sql } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { endDream, updateDream } from '../../db/dreams.ts';
import { aliasMoves, dreams } from '../../db/schema/index.ts';
import { markArchived } from '../../db/store-archive.ts';
import { lockStore } from '../../db/stores.ts';
import type { DreamOutcome } from '../../domain/dream.ts';
import { freshId, seedDream, seedStore, workspaceId } from '../support/seeds.ts';
import { facade } from './support.ts';

const by = 'ada';
const none = { address: null };

/** A dream that ended this way and wrote a store of its own. */
async function seedEnded(database: Database, outcome: DreamOutcome): Promise<{ dream: string; output: string }> {
  const dream = await seedDream(database, { storeId: await seedStore(database, {}), sessionIds: [] });
  const output = await seedStore(database, { '/a.md': 'dreamt' });
  await withWorkspace(database, workspaceId, async (tx) => {
    await updateDream(tx, dream, { outputStoreId: output });
    const status = outcome === 'canceled' ? 'canceled' : 'completed';
    await endDream(tx, dream, { status, outcome, error: null });
  });
  return { dream, output };
}

it('points a name at a store, forward over a dream and back, and tells every move', async () => {
  const { client, database } = await facade(none);
  const first = await seedStore(database, { '/a.md': 'A' });
  const { dream, output } = await seedEnded(database, 'committed');
  expect(await client.setAlias('prod-agent', first, { by, note: 'begin' })).toEqual({
    name: 'prod-agent',
    memory_store_id: first,
    before: null,
    moved: true,
    dream_id: null,
  });
  expect(await client.resolveStore('prod-agent')).toBe(first);
  expect(await client.promote(dream, 'prod-agent', { by: 'bob' })).toEqual({
    name: 'prod-agent',
    memory_store_id: output,
    before: first,
    moved: true,
    dream_id: dream,
  });
  expect(await client.resolveStore('prod-agent')).toBe(output);
  expect(await client.showAlias('prod-agent')).toMatchObject({ memory_store_id: output, rollback_to: first });
  expect(await client.rollback('prod-agent', { by, note: 'worse' })).toMatchObject({ memory_store_id: first, before: output, moved: true });
  expect(await client.resolveStore('prod-agent')).toBe(first);
  const shown = await client.showAlias('prod-agent');
  expect(shown).toMatchObject({ type: 'alias', name: 'prod-agent', memory_store_id: first, rollback_to: null });
  expect(shown.moves).toEqual([
    { kind: 'rollback', memory_store_id: first, by, note: 'worse', dream_id: null, at: expect.any(String) as string },
    { kind: 'promote', memory_store_id: output, by: 'bob', note: null, dream_id: dream, at: expect.any(String) as string },
    { kind: 'set', memory_store_id: first, by, note: 'begin', dream_id: null, at: expect.any(String) as string },
  ]);
  expect(Date.parse(shown.updated_at)).toBeGreaterThan(Date.parse(shown.created_at));
  // Forward again, and two steps back after another one.
  await client.promote(output, 'prod-agent', { by });
  const third = await seedStore(database, {});
  await client.setAlias('prod-agent', third, { by });
  expect((await client.rollback('prod-agent', { by })).memory_store_id).toBe(output);
  expect((await client.rollback('prod-agent', { by })).memory_store_id).toBe(first);
});

it('changes nothing where the alias points there already', async () => {
  const { client, database } = await facade(none);
  const store = await seedStore(database, {});
  await client.setAlias('prod', store, { by });
  const before = await client.showAlias('prod');
  expect(await client.setAlias('prod', store, { by })).toMatchObject({ moved: false, before: store });
  expect(await client.promote(store, 'prod', { by })).toMatchObject({ moved: false, before: store });
  expect(await client.showAlias('prod')).toEqual(before);
});

it('lists aliases by name, of this workspace', async () => {
  const { client, database } = await facade(none);
  expect(await client.listAliases()).toEqual([]);
  const store = await seedStore(database, {});
  for (const name of ['b', 'a.2', 'a_1']) await client.setAlias(name, store, { by });
  expect((await client.listAliases()).map((alias) => [alias.name, alias.memory_store_id])).toEqual([
    ['a.2', store],
    ['a_1', store],
    ['b', store],
  ]);
});

it('refuses names that are none and names that look like ids', async () => {
  const { client, database } = await facade(none);
  const store = await seedStore(database, {});
  for (const name of ['', 'Prod', 'über', '-x', 'a b', 'x'.repeat(64), 'memstore_x', 'drm_1', 'mem_1'])
    await expect(client.setAlias(name, store, { by })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(JSON.stringify(name)) as string,
      hint: expect.any(String) as string,
    });
  await client.setAlias('x'.repeat(63), store, { by });
  expect(await client.listAliases()).toHaveLength(1);
});

it('refuses stores, dreams and aliases that are not there or not fit, and leaves everything as it was', async () => {
  const { client, database } = await facade(none);
  const store = await seedStore(database, {});
  await client.setAlias('prod', store, { by });
  const before = await client.showAlias('prod');
  const open = await seedDream(database, { storeId: store, sessionIds: [] });
  const { dream: rejected } = await seedEnded(database, 'rejected');
  const { dream: canceled } = await seedEnded(database, 'canceled');
  const archived = await seedStore(database, {});
  await client.archiveStore(archived);
  const author = { by };
  await expect(client.setAlias('new', 'memstore_none', author)).rejects.toMatchObject({ code: 'store_not_found' });
  await expect(client.setAlias('new', archived, author)).rejects.toMatchObject({
    code: 'store_archived',
    message: expect.stringMatching(
      new RegExp(`${archived} was archived on \\d{4}-\\d\\d-\\d\\d, so the alias new cannot point at it`),
    ) as string,
  });
  await expect(client.promote(archived, 'prod', author)).rejects.toMatchObject({ code: 'store_archived' });
  await expect(client.promote('memstore_none', 'prod', author)).rejects.toMatchObject({ code: 'store_not_found' });
  await expect(client.promote('drm_none', 'prod', author)).rejects.toMatchObject({ code: 'dream_not_found' });
  await expect(client.promote(open, 'prod', author)).rejects.toThrow(`The dream ${open} has not ended (pending), so it has no result`);
  await expect(client.promote(rejected, 'prod', author)).rejects.toThrow(`The dream ${rejected} ended as rejected, so it has no result`);
  await expect(client.promote(canceled, 'prod', author)).rejects.toThrow(`ended as canceled`);
  await expect(client.promote(store, 'other', author)).rejects.toMatchObject({ code: 'alias_not_found' });
  await expect(client.rollback('other', author)).rejects.toMatchObject({ code: 'alias_not_found' });
  await expect(client.showAlias('other')).rejects.toMatchObject({ code: 'alias_not_found' });
  await expect(client.resolveStore('other')).rejects.toMatchObject({ code: 'alias_not_found' });
  await expect(client.resolveStore('No Name')).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(client.rollback('prod', author)).rejects.toThrow(`The alias prod points at ${store}, and there is no store before it`);
  expect(await client.listAliases()).toHaveLength(1);
  expect(await client.showAlias('prod')).toEqual(before);
});

it('does not roll back onto a store that was archived meanwhile', async () => {
  const { client, database } = await facade(none);
  const [old, now] = [await seedStore(database, {}), await seedStore(database, {})];
  await client.setAlias('prod', old, { by });
  await client.promote(now, 'prod', { by });
  await client.archiveStore(old);
  await expect(client.rollback('prod', { by })).rejects.toMatchObject({
    code: 'store_archived',
    hint: expect.stringContaining('--alias prod') as string,
  });
  expect(await client.showAlias('prod')).toMatchObject({ memory_store_id: now, rollback_to: old });
});

it('serialises moves at once, also those that make the alias', async () => {
  const { client, database } = await facade(none);
  const stores = [];
  for (let index = 0; index < 6; index++) stores.push(await seedStore(database, {}));
  const made = await Promise.all(stores.map((store) => client.setAlias('prod', store, { by })));
  expect(made.filter((move) => move.before === null)).toHaveLength(1);
  const { moves, memory_store_id: last } = await client.showAlias('prod');
  // Each move began where the one before had ended.
  const path = moves.toReversed().map((move) => move.memory_store_id);
  expect([...path].toSorted()).toEqual(stores.toSorted());
  expect(path.at(-1)).toBe(last);
  for (const [index, store] of path.entries())
    expect(made.find((move) => move.memory_store_id === store)?.before).toBe(path[index - 1] ?? null);
  // Six rollbacks at once lead back step by step: five arrive, one has nothing left.
  const back = await Promise.allSettled(stores.map(() => client.rollback('prod', { by })));
  expect(back.filter((result) => result.status === 'rejected')).toHaveLength(1);
  expect(await client.showAlias('prod')).toMatchObject({ memory_store_id: path[0], rollback_to: null });
});

it('archives a store once, and none that an alias names or an open dream will write to', async () => {
  const { client, database } = await facade(none);
  const store = await seedStore(database, { '/a.md': 'A' });
  await client.setAlias('prod', store, { by });
  await expect(client.archiveStore(store)).rejects.toMatchObject({
    code: 'store_held',
    message: `The alias prod points at the memory store ${store}, so it was not archived.`,
  });
  await client.setAlias('test', store, { by });
  await expect(client.archiveStore(store)).rejects.toThrow('The aliases prod, test point at');
  const other = await seedStore(database, {});
  for (const name of ['prod', 'test']) await client.setAlias(name, other, { by });
  const dream = await seedDream(database, { storeId: store, sessionIds: [] });
  await withWorkspace(database, workspaceId, (tx) =>
    tx.update(dreams).set({ outputBehavior: 'update_existing' }).where(eq(dreams.id, dream)),
  );
  await expect(client.archiveStore(store)).rejects.toMatchObject({ code: 'store_held', message: expect.stringContaining(dream) as string });
  expect((await client.showStore(store)).archived_at).toBeNull();
  await client.cancelDream(dream, by);
  const archived = await client.archiveStore(store);
  expect(archived).toMatchObject({ archived: true, store: { id: store, archived_at: expect.any(String) as string } });
  expect(await client.archiveStore(store)).toEqual({ archived: false, store: archived.store });
  expect((await client.showStore(store)).memories).toHaveLength(1);
  await expect(client.editStore(store, [{ kind: 'delete', path: '/a.md' }], { by })).rejects.toMatchObject({ code: 'store_archived' });
  await expect(client.archiveStore(freshId('memstore'))).rejects.toMatchObject({ code: 'store_not_found' });
});

it("does not let the application's role rewrite or remove a move", async () => {
  const { client, database } = await facade(none);
  await client.setAlias('prod', await seedStore(database, {}), { by });
  const denied = { cause: { code: '42501' } };
  await expect(withWorkspace(database, workspaceId, (tx) => tx.update(aliasMoves).set({ by: 'eve' }))).rejects.toMatchObject(denied);
  await expect(withWorkspace(database, workspaceId, (tx) => tx.delete(aliasMoves))).rejects.toMatchObject(denied);
});

it('points many names at one store at once', async () => {
  const { client, database } = await facade(none);
  const store = await seedStore(database, {});
  const names = Array.from({ length: 20 }, (_, index) => `name-${String(index)}`);
  await Promise.all(names.map((name) => client.setAlias(name, store, { by })));
  expect(await client.listAliases()).toHaveLength(20);
});

it('does not move an alias onto a store that is being archived at that moment', async () => {
  const { client, database } = await facade(none);
  const [now, next] = [await seedStore(database, {}), await seedStore(database, {})];
  await client.setAlias('prod', now, { by });
  let moving: Promise<unknown> = Promise.resolve();
  await withWorkspace(database, workspaceId, async (tx) => {
    await lockStore(tx, next);
    moving = client.promote(next, 'prod', { by }).catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(await database.drizzle.execute(waiting)).toHaveLength(1);
    });
    await markArchived(tx, next);
  });
  expect(await moving).toMatchObject({ code: 'store_archived' });
  expect(await client.resolveStore('prod')).toBe(now);
});

it('does not archive a store that an alias is being pointed at', async () => {
  const { client, database } = await facade(none);
  for (let round = 0; round < 10; round++) {
    const store = await seedStore(database, {});
    const results = await Promise.allSettled([client.setAlias(`a${String(round)}`, store, { by }), client.archiveStore(store)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  }
});
