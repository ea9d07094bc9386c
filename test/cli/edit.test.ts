import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { expect, it, vi, onTestFinished } from 'vitest';
import type { EditedStore } from '../../client/edit-store.ts';
import { withWorkspace } from '../../db/database.ts';
import { readHeads } from '../../db/memories.ts';
import { readOperations } from '../../db/operations.ts';
import { facade } from '../client/support.ts';
import { seedStore, workspaceId } from '../support/seeds.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';

async function setUp(files: Record<string, string>) {
  const given = await facade({ address: null });
  useEnvironment({ DATABASE_URL: given.url });
  const store = await seedStore(given.database, files);
  const heads = () => withWorkspace(given.database, workspaceId, (tx) => readHeads(tx, store));
  return {
    store,
    paths: async () => (await heads()).map((head) => head.path),
    content: async (path: string) =>
      (await given.client.showMemory((await heads()).find((head) => head.path === path)?.memoryId ?? '')).content,
    operations: () => withWorkspace(given.database, workspaceId, (tx) => readOperations(tx, store)),
  };
}

function fileOf(content: string | Uint8Array): string {
  const file = join(temporaryFolder(), 'text.md');
  writeFileSync(file, content);
  return file;
}

it('writes a file byte for byte, renames and deletes, and says how to take it back', async () => {
  const { store, paths, content, operations } = await setUp({ '/a.md': 'A' });
  const text = '\ufeff# Ports\r\n\r\n- 4100\n';
  const written = await dreams('edit', store, '/notes/ports.md', '--from', fileOf(text), '--note', 'the port moved');
  const [first] = await operations();
  expect(written).toEqual({
    exitCode: 0,
    stdout: `/notes/ports.md was written, operation ${String(first?.id)}.\nTo take it back: dreams undo ${String(first?.id)}\n`,
    stderr: '',
  });
  expect(first).toMatchObject({ kind: 'edit', by: userInfo().username, note: 'the port moved', counts: { created: 1 } });
  expect(await content('/notes/ports.md')).toBe(text);
  expect((await dreams('edit', store, '/notes/ports.md', '--from', fileOf(text))).stdout).toBe(
    '/notes/ports.md stands so already; nothing was changed.\n',
  );
  const renamed = await dreams('edit', store, '/a.md', '--to', '/b.md');
  expect(renamed.stdout).toMatch(/^\/a\.md was renamed to \/b\.md, operation op_\w+\.\n/);
  expect(await paths()).toEqual(['/b.md', '/notes/ports.md']);
  expect((await dreams('edit', store, '/b.md', '--delete')).stdout).toMatch(/^\/b\.md was deleted, operation op_\w+\.\n/);
  expect(await paths()).toEqual(['/notes/ports.md']);
  expect((await operations()).map((operation) => operation.counts)).toEqual([{ deleted: 1 }, { renamed: 1 }, { created: 1 }]);
});

it('reads standard input for "-", and answers JSON', async () => {
  const { store, content, operations } = await setUp({ '/a.md': 'A' });
  const stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([Buffer.from('pi'), Buffer.from('ped\n')]) as never);
  onTestFinished(() => stdin.mockRestore());
  const { exitCode, stdout } = await dreams('edit', store, '/a.md', '--from', '-', '--json');
  const [operation] = await operations();
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    0,
    {
      operation_id: operation?.id,
      counts: { modified: 1 },
      memories: [expect.objectContaining({ type: 'memory', path: '/a.md', memory_store_id: store, content: null, content_size_bytes: 6 })],
    } satisfies EditedStore | object,
  ]);
  expect(await content('/a.md')).toBe('piped\n');
});

it('refuses what cannot be with a sentence, what to do, an exit code, and nothing changed', async () => {
  const { store, paths, operations } = await setUp({ '/a.md': 'A', '/b.md': 'B' });
  const good = fileOf('good');
  const missing = join(temporaryFolder(), 'missing.md');
  const cases: [string[], number, string][] = [
    [[store, '/a.md'], 2, 'What to do with "/a.md" was not said.'],
    [[store, '/a.md', '--delete', '--to', '/c.md'], 2, 'cannot be used with'],
    [[store, '/a.md', '--delete', '--from', good], 2, 'cannot be used with'],
    [[store, '/a.md', '--from', missing], 3, `There is no file ${JSON.stringify(missing)}.`],
    [[store, '/a.md', '--from', temporaryFolder()], 2, 'cannot be read (EISDIR)'],
    [[store, '/a.md', '--from', fileOf(Uint8Array.of(0x61, 0xff))], 2, 'is not UTF-8 text'],
    [[store, '/a.md', '--from', fileOf('x'.repeat(102_401))], 2, 'has 102,401 bytes; a memory has at most 102,400'],
    [[store, 'a.md', '--from', good], 2, '"a.md" cannot be the path of a memory. The path must begin with "/".'],
    [[store, '/a.md/c.md', '--from', good], 2, 'cannot stand in one store'],
    [[store, '/c.md', '--delete'], 3, 'The store has no memory "/c.md", so it cannot be deleted.'],
    [[store, '/a.md', '--to', '/b.md'], 2, '"/a.md" cannot be renamed to "/b.md"'],
    [['memstore_1', '/a.md', '--delete'], 3, 'There is no memory store memstore_1'],
  ];
  for (const [args, exitCode, sentence] of cases) {
    const answer = await dreams('edit', ...args);
    expect([args, answer.exitCode, answer.stdout]).toEqual([args, exitCode, '']);
    expect(answer.stderr).toContain(sentence);
    expect(answer.stderr).toContain('\nhint: ');
  }
  await dreams('archive', store);
  expect(await dreams('edit', store, '/a.md', '--delete')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining(`The memory store ${store} is archived`) as string,
  });
  expect(await paths()).toEqual(['/a.md', '/b.md']);
  expect(await operations()).toEqual([]);
});
