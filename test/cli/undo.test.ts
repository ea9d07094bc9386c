import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { facade } from '../client/support.ts';
import { seedStore } from '../support/seeds.ts';
import { dreams, useEnvironment } from './calls.ts';

const by = 'ada';

async function setUp(files: Record<string, string>) {
  const { client, database, url } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const store = await seedStore(database, files);
  const write = async (path: string, content: string) =>
    (await client.editStore(store, [{ kind: 'write', path, content }], { by })).operation_id ?? '';
  const content = async (path: string) => {
    const { memories } = await client.showStore(store);
    return (await client.showMemory(memories.find((memory) => memory.path === path)?.id ?? '')).content;
  };
  return { client, store, write, content };
}

it('takes an operation back and says how to bring it back', async () => {
  const { client, store, write, content } = await setUp({ '/a.md': 'one\n' });
  const operation = await write('/a.md', 'two\n');
  const undone = await dreams('undo', operation, '--note', 'the old one was right');
  const [newest] = (await client.readLog(store)).operations;
  expect(newest).toMatchObject({ kind: 'undo', by: userInfo().username, note: 'the old one was right', undoes: operation });
  expect(undone).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `${operation} was undone by ${newest?.id ?? ''}: 1 memory modified.\n  /a.md\nTo bring it back: dreams undo ${newest?.id ?? ''}\n`,
  });
  expect(await content('/a.md')).toBe('one\n');

  const twice = await dreams('undo', operation);
  expect([twice.exitCode, twice.stdout]).toEqual([4, '']);
  expect(twice.stderr).toContain(`error: The operation ${operation} was undone by ${newest?.id ?? ''} on `);
  expect(twice.stderr).toContain(`hint: "dreams undo ${newest?.id ?? ''}" brings it back.`);

  const back = await dreams('undo', newest?.id ?? '', '--json');
  expect(JSON.parse(back.stdout)).toEqual({
    operation_id: expect.stringMatching(/^op_/) as string,
    undoes: newest?.id,
    store_id: store,
    counts: { modified: 1 },
    paths: ['/a.md'],
  });
  expect(await content('/a.md')).toBe('two\n');
});

it('shows both sides of what has changed since as a diff, and changes nothing', async () => {
  const lines = Array.from({ length: 12 }, (_, index) => `line ${String(index)}\n`);
  const { client, store, write, content } = await setUp({ '/a.md': lines.join('') });
  const operation = await write('/a.md', lines.join('').replace('line 5', 'line five'));
  const since = lines.join('').replace('line 5', 'line \u001b[31mV');
  const later = await write('/a.md', since);
  const at = (await client.readLog(store)).operations[0]?.at ?? '';
  const refused = await dreams('undo', operation);
  expect([refused.exitCode, refused.stdout]).toEqual([4, '']);
  expect(refused.stderr).toBe(
    `${[
      '/a.md',
      `changed since by edit ${later} of ${at.slice(0, 16).replace('T', ' ')} by ada: undo this one first`,
      '--- as it stands now',
      '+++ as the undo would put it back',
      '  ... 2 equal lines',
      ...['line 2', 'line 3', 'line 4'].map((text) => ` ${text}`),
      '-line ␛[31mV',
      '+line 5',
      ...['line 6', 'line 7', 'line 8'].map((text) => ` ${text}`),
      '  ... 3 equal lines',
      '',
      `error: A path has changed since the operation ${operation}: /a.md. Nothing was undone.`,
    ].join('\n')}\nhint: Undo what changed it first: "dreams undo ${later}"; or put the file right with "dreams edit ${store} PATH".\n`,
  );
  expect(refused.stderr).not.toContain('\u001b');
  expect(await content('/a.md')).toBe(since);

  const forScripts = await dreams('undo', operation, '--json');
  expect(forScripts.exitCode).toBe(4);
  expect(JSON.parse(forScripts.stdout)).toEqual({
    operation_id: null,
    conflicts: [{ path: '/a.md', now: since, back: lines.join(''), since: [{ id: later, kind: 'edit', at, by }] }],
  });
  expect(JSON.parse(forScripts.stderr)).toMatchObject({ error: { code: 'paths_changed' } });
});

it.each([
  ['op_unknown', 3, 'There is no operation op_unknown in this workspace.'],
  ['drm_011CdExample', 2, '"drm_011CdExample" is no id of an operation; those begin with op_.'],
])('refuses %j', async (id, exitCode, sentence) => {
  await setUp({});
  expect(await dreams('undo', id)).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(sentence) as string });
});
