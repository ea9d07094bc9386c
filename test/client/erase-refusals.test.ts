import { expect, inject, it, vi } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { storedTables } from '../../db/workspace-rows.ts';
import postgres from 'postgres';
import { databaseForTest } from '../support/fresh-database.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { quoted, recordDream } from './erase-record.ts';
import { searchDatabase } from './erase-support.ts';
import { facade, facadeWithWorker } from './support.ts';

const by = 'nina';
const words = 'The walrus badge opens the north gate.';

it('refuses while an open dream reads the session, names it, and changes nothing', async () => {
  const { client, database, adminUrl } = await facade();
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- One.\n' });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [user(words)]);
  const open = await client.createDream({ storeId, sessionIds: [a], model: 'offline' });
  const other = await client.createDream({ storeId, sessionIds: [a], model: 'offline' });
  await client.cancelDream(other.dream.id, by);
  const before = await searchDatabase(adminUrl, [words, a]);
  await expect(client.eraseSession(a, { by })).rejects.toMatchObject({
    code: 'session_in_use',
    message: `The dream ${open.dream.id} is open and reads the session ${a}; nothing was erased.`,
    hint: expect.stringContaining(`dreams cancel ${open.dream.id}`) as string,
  });
  expect(await searchDatabase(adminUrl, [words, a])).toEqual(before);

  const erased = await client.eraseSession(a, { by, now: true });
  expect(erased).toMatchObject({ report: { failedDreams: [open.dream.id], events: 1 }, untold: [] });
  expect(await client.getDream(open.dream.id)).toMatchObject({
    status: 'failed',
    error: { type: 'input_session_unavailable', message: `The session ${a} was erased while the dream read it.` },
    open_dreams: { outcome: 'failed' },
  });
  expect(await searchDatabase(adminUrl, [words])).toEqual([]);
});

it('ends a dream that waits for a decision, and its run', async () => {
  const { client, database, adminUrl } = await facadeWithWorker();
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- One.\n' });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [user(`From now on remember this: ${words}`)]);
  const { dream } = await client.createDream({ storeId, sessionIds: [a], model: 'offline', options: { review: 'required' } });
  await vi.waitFor(
    async () =>
      expect(await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dream.id))).toMatchObject({ stage: 'awaitReview' }),
    60_000,
  );
  await expect(client.eraseSession(a, { by })).rejects.toMatchObject({ code: 'session_in_use' });
  const erased = await client.eraseSession(a, { by, now: true });
  expect(erased).toMatchObject({ report: { failedDreams: [dream.id] }, untold: [] });
  await vi.waitFor(async () => {
    const shown = await client.showSession((await client.getDream(dream.id)).session_id ?? '');
    expect(shown.status).toBe('terminated');
  }, 60_000);
  expect(await client.getDream(dream.id)).toMatchObject({ status: 'failed', error: { type: 'input_session_unavailable' } });
  expect((await client.diffDream(dream.id)).changes).toMatchObject([{ after: `[erased with ${a}]` }]);
  expect(await searchDatabase(adminUrl, [words])).toEqual([]);
});

it('counts a dream that reads memories which came from the session as one in its way', async () => {
  const { client, database } = await facade({ address: null });
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- One.\n' });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [user(words)]);
  const b = await seedSession(database, '2026-10-02T09:00:00Z', [user('Another day, another gate altogether.')]);
  const files = { '/a.md': `# A\n\n- One.\n- ${words}\n` };
  const lines = [{ path: '/a.md', text: `- ${words}`, evidence: [await quoted(database, a, words)] }];
  const { output } = await recordDream(database, { storeId, sessionIds: [a], files, lines });
  const open = await recordDream(database, {
    storeId: output,
    sessionIds: [b],
    files: { '/b.md': '# B\n\n- Two.\n' },
    lines: [],
    open: true,
  });
  // A dream over another store is not concerned.
  const stranger = await seedDream(database, { storeId, sessionIds: [b] });
  await expect(client.eraseSession(a, { by })).rejects.toMatchObject({
    code: 'session_in_use',
    message: `The dream ${open.dreamId} is open and reads the session ${a}, or memories that came from it; nothing was erased.`,
  });
  const erased = await client.eraseSession(a, { by, now: true });
  expect(erased.report.failedDreams).toEqual([open.dreamId]);
  // Without a Temporal server nobody can be told, and the rows have decided all the same.
  expect(erased.untold).toEqual([open.dreamId]);
  expect(await client.getDream(open.dreamId)).toMatchObject({ status: 'failed', error: { type: 'input_memory_store_unavailable' } });
  expect(await client.getDream(stranger)).toMatchObject({ status: 'pending' });
});

it('erases once, and only what is a transcript', async () => {
  const { client, database } = await facadeWithWorker();
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- One.\n' });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [user('Good morning.')]);
  await expect(client.eraseSession('sesn_1', { by })).rejects.toMatchObject({ code: 'session_not_found' });
  const { dream } = await client.createDream({ storeId, sessionIds: [a], model: 'offline' });
  let live: string | null = null;
  for await (const item of client.watchDream(dream.id)) if (item.kind === 'end') live = item.dream.session_id;
  await expect(client.eraseSession(live ?? '', { by })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining(`live session of the dream ${dream.id}`) as string,
  });
  await client.eraseSession(a, { by });
  await expect(client.eraseSession(a, { by: 'somebody else' })).rejects.toMatchObject({
    code: 'session_not_found',
    message: expect.stringMatching(/was erased already, on \d{4}-\d\d-\d\d by nina\./) as string,
  });
  await expect(client.eraseSession(a, { by: '' })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await client.showDream(dream.id)).toMatchObject({ inputs: [{}, { session_ids: [a] }] });
});

it('lets one of an erasure and a dream win, never both', async () => {
  const { client, database } = await facade();
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- One.\n' });
  for (let round = 0; round < 4; round++) {
    const a = await seedSession(database, `2026-10-0${String(round + 1)}T09:00:00Z`, [user(words)]);
    const [erased, created] = await Promise.allSettled([
      client.eraseSession(a, { by }),
      client.createDream({ storeId, sessionIds: [a], model: 'offline' }),
    ]);
    expect([erased.status, created.status].sort()).toEqual(['fulfilled', 'rejected']);
    if (erased.status === 'rejected') expect(erased.reason).toMatchObject({ code: 'session_in_use' });
    if (created.status === 'rejected') expect(created.reason).toMatchObject({ code: 'session_not_found' });
  }
});

it('searches every column of every table that can hold words', async () => {
  const { adminUrl } = await databaseForTest();
  const admin = postgres(adminUrl, { max: 1 });
  const columns = await admin<{ place: string }[]>`
    select table_name || '.' || column_name as place from information_schema.columns
    where table_schema = 'public' and data_type not in ('integer', 'bigint', 'boolean', 'timestamp with time zone')`;
  const keys = await admin<{ place: string }[]>`
    select c.relname || '.' || a.attname as place from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indisprimary`;
  await admin.end();
  const known = storedTables();
  expect(known.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`)).sort()).toEqual(
    columns.map((column) => column.place).sort(),
  );
  expect(known.flatMap((table) => table.key.map((name) => `${table.name}.${name}`)).sort()).toEqual(keys.map((key) => key.place).sort());
  expect(inject('databaseUrl')).not.toBe('');
});
