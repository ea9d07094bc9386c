/** The files that somebody named on the command line, read: a folder with everything below it that can be imported. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { DreamsError } from '../../domain/errors.ts';
import type { SourceFile } from '../../sources/source.ts';

/** What is imported together: a folder, or all files that were named by themselves. */
export interface PathGroup {
  folderName: string;
  /** How many files it has. */
  count: number;
  /** Reads them. Group by group, because all transcripts of a year do not fit into memory together. */
  read: () => Promise<SourceFile[]>;
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
  for (const { path } of kinds.filter((kind) => kind.isFolder)) groups.push(...(await groupFolder(path)));
  const single = kinds.filter((kind) => !kind.isFolder).map((kind) => kind.path);
  if (single.length > 0) groups.push(groupOf(commonFolder(single), [...new Set(single)], false));
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
    ? new DreamsError('not_found', `There is no file or folder ${JSON.stringify(path)}.`, {
        hint: 'Check the path; nothing was imported.',
        cause,
      })
    : new DreamsError('invalid_input', `${JSON.stringify(path)} cannot be read (${code ?? (cause as Error).name}).`, {
        hint: 'Check its permissions; nothing was imported.',
        cause,
      });
}

/** Transcripts go by the folder below the named one: a session and what belongs to it lie in one. A store is the whole folder. */
async function groupFolder(folder: string): Promise<PathGroup[]> {
  const found = await listFiles(folder);
  const wanted = found.filter((file) => importable.test(file)).sort();
  if (wanted.length === 0)
    throw new DreamsError('invalid_input', `The folder ${folder} holds nothing that can be imported.`, {
      hint: 'Accepted are Claude Code session files (.jsonl), cases in the neutral form (.json, .json.gz) and Markdown (.md).',
    });
  const parts = new Map<string, string[]>();
  for (const file of wanted) {
    const [first = '', ...rest] = relative(folder, file).split(sep);
    const part = /\.jsonl$/i.test(file) ? `transcripts ${rest.length === 0 ? '' : first}` : 'store';
    parts.set(part, [...(parts.get(part) ?? []), file]);
  }
  const groups = [...parts.values()].map((files) => groupOf(folder, files, true));
  return groups.map((group, index) => (index === 0 ? { ...group, leftOut: found.length - wanted.length } : group));
}

function groupOf(root: string, files: readonly string[], isFolder: boolean): PathGroup {
  return {
    folderName: basename(root) || 'memory',
    count: files.length,
    read: () => Promise.all(files.map((file) => readOne(file, root))),
    isFolder,
    leftOut: 0,
  };
}

/** Hidden folders and what package managers fill are nobody's memory; links are not followed, so that none leads in a circle. */
async function listFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        files.push(...(await listFiles(join(folder, entry.name))));
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

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '.');
  while (!paths.every((path) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}
