import { expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { readHeads } from '../../db/memories.ts';
import { readContents } from '../../db/contents.ts';
import { readOperations, readOperationSteps } from '../../db/operations.ts';
import { findStore } from '../../db/stores.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { seedStore, workspaceId } from '../support/seeds.ts';
import { facade } from './support.ts';

const by = 'ada';

async function files({ database }: FreshDatabase, storeId: string): Promise<Record<string, string>> {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const heads = await readHeads(tx, storeId);
    const contents = await readContents(
      tx,
      heads.map((head) => head.sha256),
    );
    return Object.fromEntries(heads.map((head) => [head.path, contents.get(head.sha256) ?? '']));
  });
}

async function memoryIds({ database }: FreshDatabase, storeId: string): Promise<Record<string, string>> {
  const heads = await withWorkspace(database, workspaceId, (tx) => readHeads(tx, storeId));
  return Object.fromEntries(heads.map((head) => [head.path, head.memoryId]));
}

async function history({ database }: FreshDatabase, storeId: string) {
  return await withWorkspace(database, workspaceId, async (tx) => ({
    revision: (await findStore(tx, storeId))?.revision,
    operations: await readOperations(tx, storeId),
  }));
}

it('writes, deletes and renames in one operation that says who, why and what to how many', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, { '/a.md': 'A', '/b.md': 'B', '/c.md': 'C', '/same.md': 'S' });
  const ids = await memoryIds(given, store);
  const edited = await given.client.editStore(
    store,
    [
      { kind: 'write', path: '/a.md', content: 'A2' },
      { kind: 'write', path: '/new/d.md', content: 'D' },
      { kind: 'write', path: '/same.md', content: 'S' },
      { kind: 'delete', path: '/b.md' },
      { kind: 'rename', path: '/c.md', to: '/new/c.md' },
    ],
    { by, note: 'tidied' },
  );
  expect(edited.counts).toEqual({ created: 1, modified: 1, deleted: 1, renamed: 1 });
  expect(edited.memories.map((memory) => [memory.path, memory.content])).toEqual([
    ['/a.md', null],
    ['/new/c.md', null],
    ['/new/d.md', null],
  ]);
  expect(await files(given, store)).toEqual({ '/a.md': 'A2', '/new/c.md': 'C', '/new/d.md': 'D', '/same.md': 'S' });
  expect(await memoryIds(given, store)).toMatchObject({ '/a.md': ids['/a.md'], '/new/c.md': ids['/c.md'], '/same.md': ids['/same.md'] });
  const { revision, operations } = await history(given, store);
  expect(revision).toBe(1);
  expect(operations).toMatchObject([{ id: edited.operation_id, kind: 'edit', by, note: 'tidied', revision: 1, counts: edited.counts }]);
  const steps = await withWorkspace(given.database, workspaceId, (tx) => readOperationSteps(tx, edited.operation_id ?? ''));
  expect(steps.map((step) => [step.path, step.beforeVersionId !== null, step.afterVersionId !== null])).toEqual([
    ['/a.md', true, true],
    ['/b.md', true, false],
    ['/new/c.md', true, true],
    ['/new/d.md', false, true],
  ]);
});

it('appends nothing where nothing has to change', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, { '/a.md': 'A' });
  for (const edits of [
    [],
    [{ kind: 'write', path: '/a.md', content: 'A' } as const],
    [{ kind: 'rename', path: '/a.md', to: '/a.md' } as const],
  ])
    expect(await given.client.editStore(store, edits, { by })).toEqual({ operation_id: null, counts: {}, memories: [] });
  expect(await history(given, store)).toEqual({ revision: 0, operations: [] });
});

it('lets an edit take a path that another one of the call frees, also all around', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, { '/a.md': 'A', '/b.md': 'B', '/c.md': 'C', '/d': 'D' });
  const ids = await memoryIds(given, store);
  const { counts } = await given.client.editStore(
    store,
    [
      { kind: 'rename', path: '/a.md', to: '/b.md' },
      { kind: 'rename', path: '/b.md', to: '/a.md' },
      { kind: 'rename', path: '/c.md', to: '/d/c.md' },
      { kind: 'write', path: '/c.md', content: 'new C' },
      { kind: 'write', path: '/d/c.md', content: 'C, rewritten' },
      { kind: 'delete', path: '/d' },
    ],
    { by },
  );
  expect(counts).toEqual({ deleted: 1, renamed: 3, created: 1 });
  expect(await files(given, store)).toEqual({ '/a.md': 'B', '/b.md': 'A', '/c.md': 'new C', '/d/c.md': 'C, rewritten' });
  const after = await memoryIds(given, store);
  expect([after['/a.md'], after['/b.md'], after['/d/c.md']]).toEqual([ids['/b.md'], ids['/a.md'], ids['/c.md']]);
  expect(Object.values(ids)).not.toContain(after['/c.md']);
});

it('refuses the whole call for one edit that cannot be, with the path and the reason', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, { '/a.md': 'A', '/b.md': 'B' });
  const good = { kind: 'write', path: '/good.md', content: 'good' } as const;
  const write = (path: string, content = 'x') => ({ kind: 'write', path, content }) as const;
  const cases = [
    [write('notes.md'), 'invalid_path', /"notes\.md" cannot be the path of a memory\. The path must begin with "\/"/],
    [write('/a/../b'), 'invalid_path', /segment "\." or "\.\."/],
    [write(`/${'é'.repeat(600)}`), 'invalid_path', /longer than 1024 bytes/],
    [{ kind: 'rename', path: '/a.md', to: '/x//y' }, 'invalid_path', /empty segment/],
    [write('/big.md', 'é'.repeat(51_201)), 'invalid_input', /"\/big\.md" has 102,402 bytes; a memory has at most 102,400/],
    [write('/half.md', 'half \ud800 pair'), 'invalid_input', /half of a surrogate pair/],
    [write('/a.md/inner.md'), 'invalid_input', /"\/a\.md" and "\/a\.md\/inner\.md" cannot stand in one store/],
    [{ kind: 'delete', path: '/none.md' }, 'not_found', /no memory "\/none\.md", so it cannot be deleted/],
    [{ kind: 'rename', path: '/none.md', to: '/x.md' }, 'not_found', /no memory "\/none\.md", so it cannot be renamed/],
    [{ kind: 'rename', path: '/a.md', to: '/b.md' }, 'invalid_input', /"\/a\.md" cannot be renamed to "\/b\.md": a memory stands there/],
    [good, 'invalid_input', /"\/good\.md" is written twice/],
  ] as const;
  for (const [edit, code, message] of cases)
    await expect(given.client.editStore(store, [good, edit], { by })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
      hint: expect.stringContaining('nothing was changed') as string,
    });
  await expect(
    given.client.editStore(
      store,
      [
        { kind: 'delete', path: '/a.md' },
        { kind: 'rename', path: '/a.md', to: '/x.md' },
      ],
      { by },
    ),
  ).rejects.toThrow('"/a.md" is deleted or renamed twice.');
  await expect(given.client.editStore('memstore_none', [good], { by })).rejects.toMatchObject({ code: 'store_not_found' });
  await expect(given.client.editStore(store, [good], { by: ' ' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(given.client.editStore(store, [good], { by, note: 'x'.repeat(501) })).rejects.toThrow(
    'at most 500 characters; this one has 501',
  );
  await expect(given.client.editStore(store, [good], { by, note: 'a\u0000b' })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await files(given, store)).toEqual({ '/a.md': 'A', '/b.md': 'B' });
  expect(await history(given, store)).toEqual({ revision: 0, operations: [] });
});

it('takes text with NUL and other control characters as it is', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, {});
  const content = 'a\u0000b\u001b[31mc\r\n';
  await given.client.editStore(store, [{ kind: 'write', path: '/raw.md', content }], { by });
  expect(await files(given, store)).toEqual({ '/raw.md': content });
});

it('refuses a store that would hold too many memories', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, { '/a.md': 'A' });
  const edits = Array.from({ length: 10_000 }, (_, index) => ({ kind: 'write', path: `/n/${String(index)}.md`, content: 'x' }) as const);
  await expect(given.client.editStore(store, edits, { by })).rejects.toMatchObject({
    code: 'store_too_large',
    message: 'The store would hold 10,001 memories; it may hold 10,000.',
  });
  expect(await files(given, store)).toEqual({ '/a.md': 'A' });
  const full = await given.client.editStore(store, [...edits, { kind: 'delete', path: '/a.md' }], { by });
  expect(full.counts).toEqual({ created: 10_000, deleted: 1 });
});

it('puts two edits at once one after the other', async () => {
  const given = await facade({ address: null });
  const store = await seedStore(given.database, { '/a.md': 'A' });
  const edits = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      given.client.editStore(store, [{ kind: 'write', path: '/a.md', content: `A${String(index)}` }], { by }),
    ),
  );
  const { revision, operations } = await history(given, store);
  expect(revision).toBe(6);
  expect(operations.map((operation) => operation.id).toSorted()).toEqual(edits.map((edit) => edit.operation_id).toSorted());
  for (const [index, operation] of operations.entries()) expect(operation.parentId).toBe(operations[index + 1]?.id ?? null);
});
