import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PathGroup } from '../../client/cli/read-paths.ts';
import { readPaths } from '../../client/cli/read-paths.ts';
import { checkFolder, writeFolder } from '../../client/cli/write-folder.ts';
import { temporaryFolder } from './calls.ts';

function fill(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

const pathsOf = async (groups: PathGroup[]): Promise<string[][]> =>
  await Promise.all(groups.map(async (group) => (await group.read()).map((file) => file.path)));

it('reads what can be imported below a folder, in order, and counts the rest', async () => {
  const folder = temporaryFolder();
  fill(folder, { 'b.md': 'b', 'a.md': 'a', 'photo.png': 'x', '.git/config.md': 'x', 'node_modules/p/README.md': 'x', '.hidden.md': 'x' });
  symlinkSync(folder, join(folder, 'loop'));
  const groups = await readPaths([folder]);
  expect(await pathsOf(groups)).toEqual([['a.md', 'b.md']]);
  expect(groups[0]).toMatchObject({ isFolder: true, leftOut: 1, count: 2 });
});

it('reads transcripts folder by folder and keeps a store together', async () => {
  const folder = temporaryFolder();
  fill(folder, {
    'one/s.jsonl': '{}',
    'one/deep/t.jsonl': '{}',
    'two/u.jsonl': '{}',
    'v.jsonl': '{}',
    'one/memory/a.md': 'a',
    'b.md': 'b',
  });
  expect(await pathsOf(await readPaths([folder]))).toEqual([
    ['b.md', 'one/memory/a.md'],
    ['one/deep/t.jsonl', 'one/s.jsonl'],
    ['two/u.jsonl'],
    ['v.jsonl'],
  ]);
});

it('names a store of single files after the folder that they share', async () => {
  const folder = temporaryFolder();
  fill(folder, { 'project/CLAUDE.md': 'a', 'project/docs/AGENTS.md': 'b' });
  const groups = await readPaths([join(folder, 'project/CLAUDE.md'), join(folder, 'project/docs/AGENTS.md')]);
  expect(groups[0]).toMatchObject({ folderName: 'project', isFolder: false });
  expect(await pathsOf(groups)).toEqual([['CLAUDE.md', 'docs/AGENTS.md']]);
});

it('stops before reading anything when one path is misspelt', async () => {
  const folder = temporaryFolder();
  await expect(readPaths([folder, join(folder, 'nope')])).rejects.toThrow(/There is no file or folder ".*nope"/);
});

it('says so when a folder holds nothing for it', async () => {
  await expect(readPaths([temporaryFolder()])).rejects.toThrow(/holds nothing that can be imported/);
});

it('writes a folder whole and leaves nothing beside it', () => {
  const folder = temporaryFolder();
  const out = join(folder, 'deep', 'out');
  writeFolder(out, [{ path: 'notes/a.md', bytes: new TextEncoder().encode('a') }]);
  expect(readFileSync(join(out, 'notes/a.md'), 'utf8')).toBe('a');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['out']);
});

it('leaves nothing behind when a folder cannot be written', () => {
  const folder = temporaryFolder();
  const twice = { path: 'a.md', bytes: new Uint8Array() };
  expect(() => writeFolder(join(folder, 'out'), [twice, twice])).toThrow(/could not be written \(EEXIST\)/);
  expect(readdirSync(folder)).toEqual([]);
});

it('never writes into a folder that holds something', () => {
  const folder = temporaryFolder();
  fill(folder, { 'mine.txt': 'x' });
  expect(() => checkFolder(folder)).toThrow(/is not empty; nothing was written/);
});
