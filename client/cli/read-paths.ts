/** The files that somebody named on the command line, read: a folder with everything below it that can be imported. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DreamsError } from '../../domain/errors.ts';
import type { SourceFile } from '../../sources/source.ts';

/** What is imported together: a folder, or all files that were named by themselves. */
export interface PathGroup {
  folderName: string;
  files: SourceFile[];
  /** Files were found by looking through a folder; one of no known kind is then left out rather than wrong. */
  isFolder: boolean;
  /** How many were left out for their ending. */
  leftOut: number;
}

const importable = /\.(?:jsonl|json|json\.gz|md|markdown)$/i;

/** Every path is looked at before any is read, so that a misspelt one stops everything. */
export async function readPaths(paths: readonly string[]): Promise<PathGroup[]> {
  const kinds: { path: string; isFolder: boolean }[] = [];
  for (const path of paths) kinds.push({ path: resolve(path), isFolder: await isFolder(path) });
  const groups: PathGroup[] = [];
  for (const { path } of kinds.filter((kind) => kind.isFolder)) groups.push(await readFolder(path));
  const single = kinds.filter((kind) => !kind.isFolder).map((kind) => kind.path);
  if (single.length > 0) groups.push(await readSingleFiles(single));
  return groups;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): DreamsError {
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'ENOENT'
    ? new DreamsError('not_found', `There is no file or folder ${JSON.stringify(path)}.`, { hint: 'Check the path; nothing was imported.', cause })
    : new DreamsError('invalid_input', `${JSON.stringify(path)} cannot be read (${code ?? (cause as Error).name}).`, { hint: 'Check its permissions; nothing was imported.', cause });
}

async function readFolder(folder: string): Promise<PathGroup> {
  const found = await listFiles(folder);
  const wanted = found.filter((file) => importable.test(file)).sort();
  if (wanted.length === 0) throw new DreamsError('invalid_input', `The folder ${folder} holds nothing that can be imported.`, { hint: 'Accepted are Claude Code session files (.jsonl), cases in the neutral form (.json, .json.gz) and Markdown (.md).' });
  const files = await Promise.all(wanted.map((file) => readOne(file, folder)));
  return { folderName: basename(folder) || 'memory', files, isFolder: true, leftOut: found.length - wanted.length };
}

/** Hidden folders and what package managers fill are nobody's memory; links are not followed, so that none leads in a circle. */
async function listFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') files.push(...await listFiles(join(folder, entry.name)));
      else if (entry.isFile() && !entry.name.startsWith('.')) files.push(join(folder, entry.name));
    }
  } catch (cause) {
    throw cause instanceof DreamsError ? cause : unreadable(folder, cause);
  }
  return files;
}

async function readOne(file: string, root: string): Promise<SourceFile> {
  try {
    return { path: relative(root, file).split(sep).join('/'), bytes: await readFile(file) };
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

async function readSingleFiles(paths: readonly string[]): Promise<PathGroup> {
  const root = commonFolder(paths);
  const files = await Promise.all([...new Set(paths)].map((path) => readOne(path, root)));
  return { folderName: basename(root) || 'memory', files, isFolder: false, leftOut: 0 };
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '.');
  while (!paths.every((path) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}
