import { expect, it } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { PathsChangedError } from '../../client/paths-changed.ts';
import { renderChangedPaths } from '../../client/cli/render/undo.ts';
import { withWorkspace } from '../../db/database.ts';
import { readHeads } from '../../db/memories.ts';
import { appendOperation } from '../../db/operations.ts';
import { seedSession, user, workspaceId } from '../support/seeds.ts';
import type { Files } from './fake-dream.ts';
import { fakeDream } from './fake-dream.ts';
import { facade, markdown } from './support.ts';

const by = 'ada';
const none = { address: null };

async function importStore(client: DreamsClient, files: Record<string, string>): Promise<string> {
  const { stores } = await client.importSources(markdown(files), { folderName: 'memory' });
  return stores[0]?.id ?? '';
}

/** Paths, memory ids and bytes as they stand. */
async function standing(client: DreamsClient, storeId: string): Promise<Record<string, { id: string; content: string }>> {
  const { memories } = await client.showStore(storeId);
  const shown = await Promise.all(memories.map((memory) => client.showMemory(memory.id)));
  return Object.fromEntries(shown.map(({ id, path, content }) => [path, { id, content }]));
}

it('takes back every kind of edit byte for byte, under the same ids, and brings it back again', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'a.md': '\uFEFFalpha\r\n', 'b.md': 'beta', 'c.md': 'gamma\n', 'd.md': '' });
  const before = await standing(client, store);
  const edited = await client.editStore(
    store,
    [
      { kind: 'write', path: '/a.md', content: 'changed' },
      { kind: 'delete', path: '/b.md' },
      { kind: 'rename', path: '/c.md', to: '/folder/c.md' },
      { kind: 'write', path: '/new.md', content: 'new' },
    ],
    { by },
  );
  const after = await standing(client, store);
  const undone = await client.undoOperation(edited.operation_id ?? '', { by: 'bob', note: 'a mistake' });
  expect(undone).toMatchObject({
    undoes: edited.operation_id,
    store_id: store,
    counts: { created: 1, modified: 1, renamed: 1, deleted: 1 },
    paths: ['/a.md', '/b.md', '/c.md', '/new.md'],
  });
  expect(await standing(client, store)).toEqual(before);

  const again = await client.undoOperation(undone.operation_id, { by });
  expect(again.counts).toEqual({ created: 1, modified: 1, renamed: 1, deleted: 1 });
  expect(await standing(client, store)).toEqual(after);
  const log = await client.readLog(store);
  expect(log.operations.map(({ kind, by: who, undoes }) => [kind, who, undoes])).toEqual([
    ['undo', 'ada', undone.operation_id],
    ['undo', 'bob', edited.operation_id],
    ['edit', 'ada', null],
    ['import', 'import', null],
  ]);
});

it('gives exchanged paths back, and lets a folder become a file again', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'a.md': 'alpha', 'b.md': 'beta', 'notes.md': 'a file' });
  const before = await standing(client, store);
  const edited = await client.editStore(
    store,
    [
      { kind: 'rename', path: '/a.md', to: '/b.md' },
      { kind: 'rename', path: '/b.md', to: '/a.md' },
      { kind: 'delete', path: '/notes.md' },
      { kind: 'write', path: '/notes.md/one.md', content: 'in a folder' },
    ],
    { by },
  );
  expect((await standing(client, store))['/b.md']?.id).toBe(before['/a.md']?.id);
  await client.undoOperation(edited.operation_id ?? '', { by });
  expect(await standing(client, store)).toEqual(before);
});

it('takes back a dream in the store it wrote, made new or updated, and an import', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'a.md': '- one\n', 'b.md': '- two\n' });
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('Remember number three, please.')]);
  const files = (): Files => ({ '/a.md': '- one\n- three\n', '/c.md': '- two\n' });
  const changes = [
    { kind: 'add' as const, path: '/a.md', after: 'three', session },
    { kind: 'move' as const, path: '/c.md', after: 'two', from: '/b.md' },
  ];
  const input = await standing(client, store);

  const made = await fakeDream(database, { storeId: store, sessionIds: [session], files, changes });
  expect((await client.undoOperation(made.operationId ?? '', { by })).counts).toEqual({ created: 1, modified: 1, deleted: 1 });
  const restored = await standing(client, made.output);
  expect(Object.entries(restored).map(([path, { content }]) => [path, content])).toEqual(
    Object.entries(input).map(([path, { content }]) => [path, content]),
  );
  expect(await standing(client, store)).toEqual(input);

  const updated = await fakeDream(database, { storeId: store, update: true, sessionIds: [session], files, changes });
  expect(updated.output).toBe(store);
  await client.undoOperation(updated.operationId ?? '', { by });
  expect(await standing(client, store)).toEqual(input);

  const imported = (await client.readLog(store)).operations.at(-1);
  expect((await client.undoOperation(imported?.id ?? '', { by })).counts).toEqual({ deleted: 2 });
  expect(await standing(client, store)).toEqual({});
});

it('refuses with both sides where a path has changed since, and changes nothing', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'a.md': 'one\n', 'b.md': 'two\n', 'c.md': 'three\n' });
  const edit = async (...edits: Parameters<typeof client.editStore>[1]) =>
    (await client.editStore(store, edits, { by })).operation_id ?? '';
  const first = await edit(
    { kind: 'write', path: '/a.md', content: 'one, better\n' },
    { kind: 'delete', path: '/b.md' },
    { kind: 'write', path: '/c.md', content: 'three, better\n' },
  );
  const second = await edit({ kind: 'write', path: '/a.md', content: 'one, by somebody else\n' });
  const third = await edit({ kind: 'write', path: '/b.md', content: 'another file\n' });
  const fourth = await edit({ kind: 'rename', path: '/c.md', to: '/d.md' });
  // What was taken back again changed nothing.
  await client.undoOperation(await edit({ kind: 'write', path: '/a.md', content: 'for a moment\n' }), { by });
  const before = await standing(client, store);
  const log = await client.readLog(store);
  const refused = await client.undoOperation(first, { by }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PathsChangedError);
  expect(refused).toMatchObject({
    code: 'paths_changed',
    message: `4 paths have changed since the operation ${first}: /a.md, /b.md, /c.md, /d.md. Nothing was undone.`,
    hint: `Undo what changed them first: "dreams undo ${fourth}", then ${third}, ${second}; or put the files right with "dreams edit ${store} PATH".`,
    conflicts: [
      { path: '/a.md', now: 'one, by somebody else\n', back: 'one\n', since: [{ id: second, kind: 'edit', by }] },
      { path: '/b.md', now: 'another file\n', back: 'two\n', since: [{ id: third }] },
      { path: '/c.md', now: null, back: 'three\n', since: [{ id: fourth }] },
      { path: '/d.md', now: 'three, better\n', back: null, since: [{ id: fourth }] },
    ],
  });
  expect(await standing(client, store)).toEqual(before);
  expect(await client.readLog(store)).toEqual(log);

  // The advice leads to where the operation can be undone.
  for (const id of [fourth, third, second]) await client.undoOperation(id, { by });
  await client.undoOperation(first, { by });
  expect((await standing(client, store))['/a.md']?.content).toBe('one\n');
});

it('names what brought a change back, and says of an erasure that it is not taken back', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'a.md': 'one' });
  const write = async (content: string) =>
    (await client.editStore(store, [{ kind: 'write', path: '/a.md', content }], { by })).operation_id ?? '';
  const first = await write('two');
  const second = await write('three');
  const undone = await client.undoOperation(second, { by });
  const back = await client.undoOperation(undone.operation_id, { by });
  await expect(client.undoOperation(first, { by })).rejects.toMatchObject({
    conflicts: [{ path: '/a.md', since: [{ id: back.operation_id, kind: 'undo' }] }],
    hint: expect.stringContaining(`"dreams undo ${back.operation_id}"; or`) as string,
  });
  await withWorkspace(database, workspaceId, async (tx) => {
    const [head] = await readHeads(tx, store);
    const { memoryId = '', path = '', versionId = '' } = head ?? {};
    await appendOperation(tx, { workspaceId, id: 'op_erasure', storeId: store, kind: 'erase', by, counts: { modified: 1 } }, [
      { memoryId, path, beforeVersionId: versionId, afterVersionId: versionId },
    ]);
  });
  const refused = await client.undoOperation(first, { by }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    conflicts: [{ path: '/a.md', since: [{ id: 'op_erasure', kind: 'erase' }, { id: back.operation_id }] }],
    hint: `The operation op_erasure erased a session and changed it; an erasure is not taken back, so put the file right with "dreams edit ${store} PATH" instead.`,
  });
  expect(renderChangedPaths((refused as PathsChangedError).conflicts)).toMatch(
    /\nchanged since by erase op_erasure of .* by ada: an erasure is not taken back\nchanged since by undo op_/,
  );
});

it('refuses where a file now stands in the way of a folder, or a folder of a file', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'notes.md/a.md': 'one', 'list.md': 'two' });
  const edit = async (...edits: Parameters<typeof client.editStore>[1]) =>
    (await client.editStore(store, edits, { by })).operation_id ?? '';
  const deleted = await edit({ kind: 'delete', path: '/notes.md/a.md' }, { kind: 'delete', path: '/list.md' });
  await edit(
    { kind: 'write', path: '/notes.md', content: 'a file now' },
    { kind: 'write', path: '/list.md/b.md', content: 'a folder now' },
  );
  await expect(client.undoOperation(deleted, { by })).rejects.toMatchObject({
    code: 'paths_changed',
    conflicts: [
      { path: '/list.md/b.md', now: 'a folder now', back: null },
      { path: '/notes.md', now: 'a file now', back: null },
    ],
  });
});

it('sees no change in another version of the same bytes', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'a.md': 'one' });
  const write = async (content: string) =>
    (await client.editStore(store, [{ kind: 'write', path: '/a.md', content }], { by })).operation_id ?? '';
  const first = await write('two');
  await write('three');
  await write('two');
  await client.undoOperation(first, { by });
  expect((await standing(client, store))['/a.md']?.content).toBe('one');
});

it('says of an operation that was undone already by what, when and by whom, and what to undo now', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'a.md': 'one' });
  const edited = await client.editStore(store, [{ kind: 'write', path: '/a.md', content: 'two' }], { by });
  const operation = edited.operation_id ?? '';
  const undone = await client.undoOperation(operation, { by: 'bob' });
  await expect(client.undoOperation(operation, { by })).rejects.toMatchObject({
    code: 'already_undone',
    message: expect.stringMatching(
      new RegExp(`^The operation ${operation} was undone by ${undone.operation_id} on \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d by bob\\.$`),
    ) as string,
    hint: `"dreams undo ${undone.operation_id}" brings it back.`,
  });
  const back = await client.undoOperation(undone.operation_id, { by });
  await expect(client.undoOperation(operation, { by })).rejects.toMatchObject({
    code: 'already_undone',
    message: expect.stringContaining(`then brought back by ${back.operation_id} on `) as string,
    hint: `"dreams undo ${back.operation_id}" takes it back again.`,
  });
  await client.undoOperation(back.operation_id, { by });
  expect((await standing(client, store))['/a.md']?.content).toBe('one');
});

it('lets one of two undos at once win', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'a.md': 'one' });
  const { operation_id: id } = await client.editStore(store, [{ kind: 'write', path: '/a.md', content: 'two' }], { by });
  const ends = await Promise.allSettled([1, 2, 3].map(() => client.undoOperation(id ?? '', { by })));
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'already_undone' });
  expect((await client.readLog(store)).operations).toHaveLength(3);
});

it('refuses what cannot be undone with a sentence', async () => {
  const { client, database } = await facade(none);
  await expect(client.undoOperation('op_unknown', { by })).rejects.toMatchObject({
    code: 'operation_not_found',
    message: 'There is no operation op_unknown in this workspace.',
  });
  const store = await importStore(client, { 'a.md': 'one' });
  const imported = (await client.readLog(store)).operations[0]?.id ?? '';
  await expect(client.undoOperation(imported, { by, note: 'x'.repeat(501) })).rejects.toMatchObject({ code: 'invalid_input' });
  const idle = await fakeDream(database, { storeId: store, files: (files) => files });
  await expect(client.undoOperation(idle.operationId ?? '', { by })).rejects.toMatchObject({
    code: 'invalid_input',
    message: `The operation ${idle.operationId ?? ''} changed no memory, so there is nothing to undo.`,
  });
  await withWorkspace(database, workspaceId, (tx) =>
    appendOperation(tx, { workspaceId, id: 'op_erasure', storeId: store, kind: 'erase', by, counts: {} }, []),
  );
  await expect(client.undoOperation('op_erasure', { by })).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'The operation op_erasure erased a session; what it took away is gone for good and cannot be brought back.',
  });
  await client.archiveStore(store);
  await expect(client.undoOperation(imported, { by })).rejects.toMatchObject({ code: 'store_archived' });
  expect(Object.keys(await standing(client, store))).toEqual(['/a.md']);
});

it('shows with a session only what stands: not what was edited away, nor what an undo took back', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'a.md': '- one\n- two\n' });
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('Remember number three, forget number two.')]);
  const dream = await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: () => ({ '/a.md': '- one\n- three\n- four\n' }),
    changes: [
      { kind: 'add', path: '/a.md', after: 'three', session },
      { kind: 'add', path: '/a.md', after: 'four', session },
      { kind: 'retire', path: '/a.md', before: 'two', after: null, session },
    ],
  });
  const effects = async () => (await client.sessionEffects(session)).map(({ path, line, text }) => [path, line, text]);
  expect(await effects()).toEqual([
    ['/a.md', 2, '- three'],
    ['/a.md', 3, '- four'],
    ['/a.md', null, 'two'],
  ]);
  const edited = await client.editStore(store, [{ kind: 'write', path: '/a.md', content: '- zero\n- one\n- three\n' }], { by });
  expect(await effects()).toEqual([
    ['/a.md', 3, '- three'],
    ['/a.md', null, 'two'],
  ]);
  await client.undoOperation(edited.operation_id ?? '', { by });
  await client.undoOperation(dream.operationId ?? '', { by });
  expect(await effects()).toEqual([]);
});

it('undoes in a store that a dream is updating; the dream keeps what stands then', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'a.md': '- one\n', 'b.md': '- two\n' });
  const edited = await client.editStore(store, [{ kind: 'write', path: '/b.md', content: '- two, changed\n' }], { by });
  const dream = await fakeDream(database, {
    storeId: store,
    update: true,
    files: (files) => ({ ...files, '/a.md': '- one\n- three\n' }),
    changes: [{ kind: 'add', path: '/a.md', after: 'three' }],
    meanwhile: () => client.undoOperation(edited.operation_id ?? '', { by }),
  });
  expect(dream.conflicts).toBe(0);
  const after = await standing(client, store);
  expect([after['/a.md']?.content, after['/b.md']?.content]).toEqual(['- one\n- three\n', '- two\n']);
  expect((await client.readLog(store)).operations[0]?.report?.theirs).toEqual(['/b.md']);
});
