import { expect, it } from 'vitest';
import { fakeDream } from '../client/fake-dream.ts';
import { facade } from '../client/support.ts';
import { seedSession, seedStore, user } from '../support/seeds.ts';
import { dreams, useEnvironment } from './calls.ts';

it('shows the origin of each line in columns, named once for lines that share it', async () => {
  const { client, database, url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const store = await seedStore(database, { '/dev.md': '# Dev\n\n- Orders are kept in cents.\n' });
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('Use pnpm, please.')]);
  const dream = await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: (files) => ({ '/dev.md': `${files['/dev.md'] ?? ''}- Use pnpm.\n` }),
    changes: [{ kind: 'add', path: '/dev.md', after: 'Use pnpm.', session }],
  });
  const edited = await client.editStore(
    store,
    [{ kind: 'write', path: '/dev.md', content: '# Dev\n\n- Orders are kept in cents.\n- Use pnpm.\n- By hand \u001b[31m.\r\n- Too.\n' }],
    { by: 'ada' },
  );
  await client.setAlias('prod', store, { by: 'ada' });
  const lines = await client.blame(store, '/dev.md');
  const today = lines.map((line) => line.at.slice(0, 10));
  const id = (text: string) => text.padEnd(Math.max(dream.dreamId.length, (edited.operation_id ?? '').length));
  const shown = await dreams('blame', 'prod', '/dev.md');
  expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
  expect(shown.stdout.split('\n')).toEqual([
    `${id('-')}  ${today[0] ?? ''}  imported             1  # Dev`,
    `${id('')}                                   2`,
    `${id('')}                                   3  - Orders are kept in cents.`,
    `${id(dream.dreamId)}  ${today[3] ?? ''}  add       A session  4  - Use pnpm.`,
    `${id(edited.operation_id ?? '')}  ${today[4] ?? ''}  edited    ada        5  - By hand ␛[31m.`,
    `${id('')}                                   6  - Too.`,
    '',
  ]);
  expect(shown.stdout).not.toContain('\u001b');

  const json = JSON.parse((await dreams('blame', store, '/dev.md', '--json')).stdout) as unknown[];
  expect(json).toHaveLength(6);
  expect(json[3]).toEqual({
    line: 4,
    text: '- Use pnpm.',
    origin: 'change',
    operation: dream.operationId,
    dream: dream.dreamId,
    at: lines[3]?.at,
    by: `dream ${dream.dreamId}`,
    change: { id: dream.changes[0]?.id, kind: 'add' },
    sessions: [{ id: session, title: 'A session' }],
  });
  expect(await dreams('show', store, '--line', '/dev.md:5')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining(`by ada (${edited.operation_id ?? ''})`) as string,
  });
});

it('says so of an empty memory and refuses what is not there', async () => {
  const { database, url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const store = await seedStore(database, { '/empty.md': '' });
  expect((await dreams('blame', store, '/empty.md')).stdout).toBe('The memory is empty.\n');
  expect(await dreams('blame', store, '/none.md')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining(`The store ${store} has no memory "/none.md".`) as string,
  });
  expect((await dreams('blame', store)).exitCode).toBe(2);
});
