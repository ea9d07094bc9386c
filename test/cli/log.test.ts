import { expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { appendOperation } from '../../db/operations.ts';
import { facade } from '../client/support.ts';
import { seedStore, workspaceId } from '../support/seeds.ts';
import { dreams, useEnvironment } from './calls.ts';

it('shows the history of a store, by its id or by an alias', async () => {
  const { client, database, url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const store = await seedStore(database, { '/a.md': 'one\n' });
  expect(await dreams('log', store)).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `Nothing was ever written to ${store} (notes).\n`,
  });
  expect((await dreams('log', store, '--json')).stdout).toBe('[]\n');

  const edited = await client.editStore(store, [{ kind: 'write', path: '/b.md', content: 'two\n' }], {
    by: 'ada',
    note: 'a \u001b]0;note',
  });
  await client.setAlias('prod', store, { by: 'ada' });
  const [operation] = (await client.readLog(store)).operations;
  const at = (operation?.at ?? '').slice(0, 16).replace('T', ' ');
  const shown = await dreams('log', 'prod');
  expect(shown).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: [
      `edit ${edited.operation_id ?? ''}`,
      `  when   ${at}`,
      '  who    ada',
      '',
      '    a ␛]0;note',
      '',
      '  1 memory created',
      '  created /b.md',
      '',
    ].join('\n'),
  });
  expect(JSON.parse((await dreams('log', 'prod', '--json')).stdout)).toEqual([
    {
      id: edited.operation_id,
      kind: 'edit',
      at: operation?.at,
      by: 'ada',
      dream: null,
      counts: { created: 1 },
      paths: [{ path: '/b.md', what: 'created' }],
      note: 'a \u001b]0;note',
      undoes: null,
      undone_by: null,
      erases: null,
      report: null,
    },
  ]);
});

it('says of an erasure which session it erased, and which paths it touched', async () => {
  const { client, database, url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const store = await seedStore(database, { '/a.md': 'one\n' });
  await client.editStore(store, [{ kind: 'delete', path: '/a.md' }], { by: 'ada' });
  await withWorkspace(database, workspaceId, (tx) =>
    appendOperation(
      tx,
      {
        workspaceId,
        id: 'op_erasure',
        storeId: store,
        kind: 'erase',
        by: 'ada',
        counts: {},
        report: { theirs: [], ...{ erased: 'sesn_gone' } },
      },
      [],
    ),
  );
  expect((await dreams('log', store)).stdout).toContain('  who    ada\n  erases sesn_gone\n  nothing changed\n');
  expect(JSON.parse((await dreams('log', store, '--json')).stdout)).toMatchObject([
    { id: 'op_erasure', erases: 'sesn_gone', paths: [] },
    { kind: 'edit', erases: null, paths: [{ path: '/a.md', what: 'deleted' }] },
  ]);
});

it.each([
  ['memstore_unknown', 3, 'There is no memory store memstore_unknown in this workspace.'],
  ['nobody', 3, 'There is no alias "nobody" in this workspace.'],
])('refuses %s', async (store, exitCode, sentence) => {
  const { url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  expect(await dreams('log', store)).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(sentence) as string });
});
