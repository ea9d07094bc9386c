import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { expect, inject, it, onTestFinished } from 'vitest';
import { openDreamsClient } from '../../client/dreams-client.ts';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import { dumpSchema } from '../../db/dump-schema.ts';
import { addWorkspace, migrateDatabase, migrationsFolder } from '../../db/migrate.ts';
import { readOperations } from '../../db/operations.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { noUsage } from '../../domain/usage.ts';

const committed = readFileSync(fileURLToPath(new URL('../../db/schema.sql', import.meta.url)), 'utf8');

interface Journal {
  entries: { idx: number; tag: string }[];
}

/** The migrations folder as it was when this one was the newest. */
function folderUpTo(newest: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dreams-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta', '_journal.json'), 'utf8')) as Journal;
  const entries = journal.entries.filter(({ tag }) => tag <= newest);
  mkdirSync(join(folder, 'meta'));
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries) copyFileSync(join(migrationsFolder, `${tag}.sql`), join(folder, `${tag}.sql`));
  return folder;
}

function urlOf(base: string, database: string, role?: { name: string; password: string }): string {
  const url = new URL(base);
  url.pathname = `/${database}`;
  if (role !== undefined) [url.username, url.password] = [role.name, role.password];
  return url.href;
}

/** A database of version 0.1 that a role without any privilege but its own owns: under FORCE it sees none of its rows. */
async function oldDatabase(): Promise<{ ownerUrl: string; url: string; admin: postgres.Sql }> {
  const name = `old_${String(process.pid)}`;
  const owner = { name: `${name}_owner`, password: 'secret' };
  const server = postgres(urlOf(inject('databaseAdminUrl'), 'postgres'), { max: 1, onnotice: () => undefined });
  // The roles of the application belong to the server, and a superuser made them there already.
  await server.unsafe(`create role ${owner.name} login nosuperuser nobypassrls createrole password '${owner.password}'`);
  await server.unsafe(`grant open_dreams_app, open_dreams_definer to ${owner.name} with admin option`);
  await server.unsafe(`create database ${name} owner ${owner.name} template template0`);
  const admin = postgres(urlOf(inject('databaseAdminUrl'), name), { max: 1, onnotice: () => undefined });
  onTestFinished(async () => {
    await admin.end();
    await server.unsafe(`drop database ${name} with (force)`);
    await server.unsafe(`drop role ${owner.name}`);
    await server.end();
  });
  const ownerUrl = urlOf(inject('databaseAdminUrl'), name, owner);
  const client = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  await migrate(drizzle(client), { migrationsFolder: folderUpTo('0001_foundation') });
  await client.end();
  return { ownerUrl, url: urlOf(inject('databaseUrl'), name), admin };
}

const text = 'Deploys go out on Tuesdays.';
const sha256 = sha256Hex(text);

/** What an import and a dream of version 0.1 left behind, and a store with more operations than that version ever wrote. */
async function fillOld(admin: postgres.Sql, workspace: string): Promise<void> {
  await admin`insert into contents (workspace_id, sha256, bytes, size) values (${workspace}, ${sha256}, ${Buffer.from(text)}, ${text.length})`;
  for (const [store, revision] of [
    ['memstore_in', 3],
    ['memstore_out', 1],
  ] as const) {
    await admin`insert into memory_stores (workspace_id, id, name, revision) values (${workspace}, ${store}, 'notes', ${revision})`;
    await admin`insert into memory_versions (workspace_id, id, store_id, memory_id, operation, path, sha256, size)
      values (${workspace}, ${`memver_${store}`}, ${store}, ${`mem_${store}`}, 'created', '/a.md', ${sha256}, ${text.length})`;
    await admin`insert into memories (workspace_id, id, store_id, path, version_id)
      values (${workspace}, ${`mem_${store}`}, ${store}, '/a.md', ${`memver_${store}`})`;
  }
  const options = { review: 'none', protect: [], retireCap: 0.2, tolerance: 0, minPatternSessions: 2 };
  await admin`insert into dreams (workspace_id, id, workflow_id, status, outcome, stage, trigger, input_store_id, output_store_id, base_revision, model, options, usage, draft_id, ended_at)
    values (${workspace}, 'drm_1', 'drm_1', 'completed', 'committed', 'commitDream', 'manual', 'memstore_in', 'memstore_out', 3, 'offline',
      ${admin.json(options)}, ${admin.json({ ...noUsage })}, 'drft_1', now())`;
  await admin`insert into drafts (workspace_id, id, dream_id, round, digest, deleted, report)
    values (${workspace}, 'drft_1', 'drm_1', 1, ${sha256}, '{}', '{}')`;
  const operation = async (id: string, store: string, parent: string | null, at: string, kind = 'import') => {
    const made = kind === 'dream' ? ['drm_1', 'drft_1'] : [null, null];
    await admin`insert into operations (workspace_id, id, store_id, parent_id, kind, by, dream_id, draft_id, counts, created_at)
      values (${workspace}, ${id}, ${store}, ${parent}, ${kind}, 'ada', ${made[0] ?? null}, ${made[1] ?? null}, '{}', ${at})`;
    await admin`insert into operation_memories (workspace_id, operation_id, memory_id, path, after_version_id)
      values (${workspace}, ${id}, ${`mem_${store}`}, '/a.md', ${`memver_${store}`})`;
  };
  // By age, not by id; two of the same moment by id.
  await operation('op_z', 'memstore_in', null, '2026-01-01T00:00:00Z');
  await operation('op_a', 'memstore_in', 'op_z', '2026-01-02T00:00:00Z');
  await operation('op_b', 'memstore_in', 'op_a', '2026-01-02T00:00:00Z');
  await operation('op_c', 'memstore_out', null, '2026-01-03T00:00:00Z', 'dream');
}

it('brings a database of version 0.1 with rows in it to this version, by an owner who sees none of them', async () => {
  const { ownerUrl, url, admin } = await oldDatabase();
  await addWorkspace(ownerUrl, 'team');
  for (const workspace of ['default', 'team']) await fillOld(admin, workspace);
  await migrateDatabase(ownerUrl);
  expect(await dumpSchema(urlOf(ownerUrl, new URL(ownerUrl).pathname.slice(1)))).toBe(committed);

  const database = openDatabase(url);
  for (const workspace of ['default', 'team']) {
    const numbered = async (store: string) =>
      (await withWorkspace(database, workspace, (tx) => readOperations(tx, store))).map(({ id, revision }) => [id, revision]);
    expect(await numbered('memstore_in')).toEqual([
      ['op_b', 3],
      ['op_a', 2],
      ['op_z', 1],
    ]);
    expect(await numbered('memstore_out')).toEqual([['op_c', 1]]);
  }
  await database.close();

  const [seen] = await admin`select relforcerowsecurity as forced from pg_class where relname = 'operations'`;
  expect(seen).toEqual({ forced: true });
});

it('reads and continues what version 0.1 wrote', async () => {
  const { ownerUrl, url, admin } = await oldDatabase();
  await fillOld(admin, 'default');
  await migrateDatabase(ownerUrl);
  const client = await openDreamsClient({ databaseUrl: url, workspaceId: 'default', taskQueue: 'nobody-works-here' });
  onTestFinished(() => client.close());
  expect(await client.showStore('memstore_in')).toMatchObject({
    archived_at: null,
    memories: [{ path: '/a.md' }],
    last_operation: { id: 'op_b', kind: 'import' },
  });
  expect(await client.getDream('drm_1')).toMatchObject({ status: 'completed', outputs: [{ memory_store_id: 'memstore_out' }] });
  const edited = await client.editStore('memstore_in', [{ kind: 'write', path: '/a.md', content: 'On Fridays.' }], { by: 'ada' });
  const [row] = await admin`select revision, parent_id from operations where id = ${edited.operation_id}`;
  expect(row).toEqual({ revision: 4, parent_id: 'op_b' });
  await client.setAlias('prod', 'memstore_in', { by: 'ada' });
  expect(await client.promote('drm_1', 'prod', { by: 'ada' })).toMatchObject({ before: 'memstore_in', memory_store_id: 'memstore_out' });
});
