import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { assertDatabaseFits, assertWorkspace } from '../../db/fitness.ts';
import { addWorkspace as addOwnWorkspace } from '../../db/migrate.ts';
import { insertDream } from '../../db/dreams.ts';
import { openDatabase } from '../../db/database.ts';
import { memoryVersions, sessionEvents } from '../../db/schema/index.ts';
import { workspacesWithRuns } from '../../db/histories.ts';
import { dreamsUnderWay } from '../../db/under-way.ts';
import { defaultDreamOptions } from '../../domain/dream.ts';
import { noUsage } from '../../domain/usage.ts';
import { sql } from 'drizzle-orm';
import { addWorkspace, fillWorkspace } from '../support/filled-workspace.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';

describe('two workspaces in one database', () => {
  let fresh: FreshDatabase;
  let admin: postgres.Sql;
  let tables: string[];

  beforeAll(async () => {
    fresh = await freshDatabase();
    admin = postgres(fresh.adminUrl, { max: 1 });
    for (const id of ['one', 'two']) await addWorkspace(fresh.adminUrl, id);
    await fillWorkspace(fresh.database, 'one');
    const rows = await admin<
      { name: string }[]
    >`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
    tables = rows.map((row) => row.name);
  });
  afterAll(async () => {
    await admin.end();
    await fresh.drop();
  });

  const countIn = async (workspaceId: string, table: string) =>
    await withWorkspace(fresh.database, workspaceId, async (tx) => {
      const [row] = await tx.execute(sql`select count(*)::int as count from ${sql.identifier(table)}`);
      return row?.['count'];
    });

  it('lets each see its own rows of every table and none of the other', async () => {
    expect(tables.length).toBeGreaterThanOrEqual(20);
    for (const table of tables) {
      expect([table, await countIn('one', table)]).toEqual([table, 1]);
      // Its own row of `workspaces` is all that the empty one has.
      expect([table, await countIn('two', table)]).toEqual([table, table === 'workspaces' ? 1 : 0]);
    }
  });

  it('shows nothing at all where no workspace is set, before and after a transaction that set one', async () => {
    for (const table of tables) {
      const [row] = await fresh.database.drizzle.execute(sql`select count(*)::int as count from ${sql.identifier(table)}`);
      expect([table, row?.['count']]).toEqual([table, 0]);
    }
  });

  it('has row-level security enabled and forced on every table', async () => {
    const open =
      await admin`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`;
    expect(open).toEqual([]);
  });

  it('has no foreign key that could accept a row of another workspace', async () => {
    const keys = await admin<{ name: string; own: string; foreign: string; size: number }[]>`
      select conname as name, cardinality(conkey) as size,
        (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as own,
        (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) as foreign
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
    expect(keys.length).toBeGreaterThan(30);
    for (const key of keys)
      expect([key.name, key.own, key.foreign]).toEqual([key.name, 'workspace_id', key.size === 1 ? 'id' : 'workspace_id']);
  });

  it('refuses a reference to a row that only the other workspace has', async () => {
    const intrusion = withWorkspace(fresh.database, 'two', (tx) =>
      tx
        .insert(sessionEvents)
        .values({ workspaceId: 'two', id: 'sevt_2', sessionId: 'sesn_1', number: 2, type: 'user.message', payload: {}, sha256: 'x' }),
    );
    await expect(intrusion).rejects.toMatchObject({ cause: { constraint_name: 'an_event_belongs_to_a_session' } });
  });

  it('refuses a row that names the other workspace', async () => {
    const intrusion = withWorkspace(fresh.database, 'two', (tx) =>
      tx.execute(sql`insert into memory_stores (workspace_id, id, name) values ('one', 'memstore_9', 'x')`),
    );
    await expect(intrusion).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') } });
  });

  it('lets the same ids stand in both', async () => {
    await fillWorkspace(fresh.database, 'two');
    for (const table of tables) expect([table, await countIn('two', table)]).toEqual([table, 1]);
  });

  it('does not let the application change what is immutable', async () => {
    const rewrite = withWorkspace(fresh.database, 'one', (tx) => tx.update(memoryVersions).set({ path: '/b.md' }));
    await expect(rewrite).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  it('tells the sweep the ids of dreams under way in all workspaces and nothing else', async () => {
    await withWorkspace(fresh.database, 'two', (tx) =>
      insertDream(
        tx,
        {
          workspaceId: 'two',
          id: 'drm_2',
          workflowId: 'drm_2',
          trigger: 'test',
          inputStoreId: 'memstore_1',
          model: 'offline',
          options: defaultDreamOptions,
          usage: noUsage,
          createdAt: new Date(Date.now() - 60_000),
        },
        [],
      ),
    );
    const all = { olderThanSeconds: 30, after: null, atMost: 10 } as const;
    const pending = await dreamsUnderWay(fresh.database, { ...all, which: 'pending' });
    expect(pending).toEqual([
      { workspaceId: 'two', id: 'drm_2', workflowId: 'drm_2', key: expect.stringMatching(/^\d{20} two drm_2$/) as string },
    ]);
    expect(await dreamsUnderWay(fresh.database, { ...all, which: 'pending', after: pending[0]?.key ?? '' })).toEqual([]);
    expect(await dreamsUnderWay(fresh.database, { ...all, which: 'others' })).toEqual([]);
    expect(await workspacesWithRuns(fresh.database)).toContain('two');
  });

  it("accepts the application's role and refuses a superuser with a sentence", async () => {
    await assertDatabaseFits(fresh.database);
    const asSuperuser = openDatabase(fresh.adminUrl);
    await expect(assertDatabaseFits(asSuperuser)).rejects.toThrow(/"postgres" is a superuser or bypasses row-level security/);
    await asSuperuser.close();
  });
});

describe("a workspace of one's own", () => {
  it('is made by an administrator, once, and missed with a sentence until then', async () => {
    const fresh = await freshDatabase();
    await expect(assertWorkspace(fresh.database, 'team')).rejects.toThrow('There is no workspace "team" in this database.');
    await addOwnWorkspace(fresh.adminUrl, 'team');
    await addOwnWorkspace(fresh.adminUrl, 'team');
    await assertWorkspace(fresh.database, 'team');
    await fillWorkspace(fresh.database, 'team');
    await fresh.drop();
  });

  it("cannot be made by the application's role", async () => {
    const fresh = await freshDatabase();
    await expect(addOwnWorkspace(fresh.url, 'team')).rejects.toMatchObject({ code: '42501' });
    await fresh.drop();
  });
});
