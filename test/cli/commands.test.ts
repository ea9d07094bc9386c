import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import type { WireDream } from '../../client/wire/dream.ts';
import { facade, facadeWithWorker } from '../client/support.ts';
import { seedDream, seedSession, seedStore, user } from '../support/seeds.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';

const escape = '\u001b]0;owned\u0007';

/** A folder with a memory and two sessions, one of which would like to write to the terminal. */
function exampleFolder(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'memory'));
  writeFileSync(join(folder, 'memory', 'dev.md'), '# Development\n\n- The API listens on port 3000.\n- Orders are kept in cents.\n');
  const event = (id: string, time: string, text: string) => ({ id, role: 'user', time, text });
  const session = (id: string, title: string, time: string, text: string) => ({
    id,
    title,
    created_at: time,
    events: [event('e1', time, text)],
  });
  writeFileSync(
    join(folder, 'sessions.json'),
    JSON.stringify({
      name: 'sessions',
      memory_store: [],
      sessions: [
        session('s1', 'Moving the port', '2026-10-01T09:00:00Z', 'The API listens on port 4100 now, not 3000. Remember that.'),
        session('s2', `Style ${escape}`, '2026-10-05T09:00:00Z', `From now on always use named exports${escape}, never default exports.`),
      ],
    }),
  );
  return folder;
}

it('goes from an import over a dream to an export, as a script would', async () => {
  const { url, taskQueue } = await facadeWithWorker();
  useEnvironment({ DATABASE_URL: url, TEMPORAL_ADDRESS: inject('temporalAddress'), OPEN_DREAMS_TASK_QUEUE: taskQueue });
  const folder = exampleFolder();

  const imported = JSON.parse((await dreams('import', join(folder, 'memory'), join(folder, 'sessions.json'), '--json')).stdout) as {
    stores: { id: string; name: string }[];
    sessions: { id: string }[];
  };
  expect(imported).toEqual({
    stores: [
      { id: expect.stringMatching(/^memstore_/) as string, name: 'memory', memories: 1 },
      { id: expect.any(String) as string, name: 'sessions', memories: 0 },
    ],
    sessions: [1, 2].map(() => ({
      id: expect.stringMatching(/^sesn_/) as string,
      title: expect.any(String) as string,
      events: 1,
      new_events: 1,
    })),
    problems: [],
  });
  const store = imported.stores[0]?.id ?? '';

  const run = await dreams('dream', '--store', store, '--all', '--instructions', 'Keep it short.', '--json');
  expect(run.exitCode).toBe(0);
  const dream = JSON.parse(run.stdout) as WireDream;
  expect(dream).toMatchObject({
    type: 'dream',
    status: 'completed',
    model: { id: 'offline' },
    instructions: 'Keep it short.',
    open_dreams: { outcome: 'committed' },
  });
  for (const step of ['openDream', 'takeSnapshot', 'planWindows', 'extractFacts', 'commitDream', 'closeDream'])
    expect(run.stderr).toContain(step);

  const shown = JSON.parse((await dreams('show', dream.id, '--json')).stdout) as WireDream & { changes: unknown[] };
  expect(shown.changes.length).toBeGreaterThan(0);
  const watched = await dreams('watch', dream.id, '--json');
  expect([watched.exitCode, (JSON.parse(watched.stdout) as WireDream).id]).toEqual([0, dream.id]);
  expect(await dreams('cancel', dream.id)).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('has ended (completed)') as string,
  });

  const output = dream.outputs[0]?.memory_store_id ?? '';
  const out = join(folder, 'out');
  expect(await dreams('export', output, '--out', out)).toMatchObject({ exitCode: 0 });
  expect(existsSync(join(out, 'provenance.json')) && existsSync(join(out, '_index.md'))).toBe(true);
  expect(await dreams('export', output, '--out', out)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is not empty; nothing was written') as string,
  });

  // For people: nothing that a transcript holds reaches the terminal as it is, in whatever is shown.
  const line =
    readFileSync(join(out, 'dev.md'), 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('4100')) + 1;
  expect(line).toBeGreaterThan(0);
  const pages = [
    await dreams('list'),
    await dreams('show', dream.id),
    await dreams('show', output),
    await dreams('show', output, '--line', `/dev.md:${String(line)}`),
    ...(await Promise.all(imported.sessions.map(({ id }) => dreams('show', id)))),
    await dreams('import', join(folder, 'sessions.json')),
    run,
  ];
  for (const { stdout, stderr } of pages) expect(`${stdout}${stderr}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(pages[3]?.stdout).toContain('from: Moving the port, 2026-10-01, user: “');
}, 180_000);

it('answers at once with --no-wait, and cancels', async () => {
  const { url, database } = await facade();
  useEnvironment({ DATABASE_URL: url, TEMPORAL_ADDRESS: inject('temporalAddress'), OPEN_DREAMS_TASK_QUEUE: 'nobody-works-here' });
  const id = await seedSession(database, '2026-10-01T09:00:00Z', [user('We use pnpm.')]);
  const asked = await dreams('dream', '--session', id, '--no-wait', '--json');
  const dream = JSON.parse(asked.stdout) as WireDream;
  expect([asked.exitCode, dream.status]).toEqual([0, 'pending']);
  const canceled = await dreams('cancel', dream.id, '--json');
  expect(JSON.parse(canceled.stdout)).toMatchObject({ id: dream.id, status: 'canceled', open_dreams: { outcome: 'canceled' } });
  expect(await dreams('watch', dream.id)).toMatchObject({ exitCode: 1 });
});

it('imports what it can, names what it cannot, and ends with exit code 1', async () => {
  const { url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const folder = exampleFolder();
  writeFileSync(join(folder, 'broken.json'), '{"sessions": [');
  const { exitCode, stdout, stderr } = await dreams('import', join(folder, 'broken.json'), join(folder, 'sessions.json'));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/error: .*broken\.json.*/);
  expect(stdout).toContain('Imported 1 store and 2 sessions with 2 events; 1 problem.');
  const again = await dreams('import', folder, '--dry-run');
  expect(again.stdout).toContain('2 sessions known already, without anything new');
});

it('ends with exit code 3 for what is not there', async () => {
  const { url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  for (const args of [
    ['show', 'drm_1'],
    ['show', 'memstore_1'],
    ['show', 'mem_1'],
    ['show', 'sesn_1'],
    ['watch', 'drm_1'],
    ['cancel', 'drm_1'],
    ['export', 'memstore_1', '--out', join(temporaryFolder(), 'x')],
    ['dream', '--all'],
    ['import', '/no/such/file'],
  ]) {
    const { exitCode, stdout, stderr } = await dreams(...args);
    expect([args, exitCode, stdout, stderr.startsWith('error: ') || stderr.includes('\nerror: ')]).toEqual([args, 3, '', true]);
  }
});

it('needs no Temporal to look around and says so when it needs one', async () => {
  const { url, database } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const storeId = await seedStore(database, { '/a.md': 'one\ntwo\n' });
  const id = await seedSession(database, '2026-10-01T09:00:00Z', [user('We use pnpm.')]);
  await seedDream(database, { storeId, sessionIds: [id] });
  expect((await dreams('list')).stdout).toContain(storeId);
  expect(await dreams('show', storeId, '--line', '/a.md:3')).toMatchObject({
    exitCode: 2,
    stderr: 'error: The memory /a.md has 2 lines; there is no line 3.\n',
  });
  expect((await dreams('show', storeId, '--line', '/a.md:2')).stdout).toMatch(/Stands as it came in on \d{4}-\d\d-\d\d\./);
  expect(await dreams('dream', '--session', id)).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining('No Temporal server is known.') as string,
  });
});
