/** What `dreams up` leaves in its data folder for the other commands, and the lock that keeps a second one out. */
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid as ownPid } from 'node:process';
import { makeFolder, unusableFolder } from '../../db/embedded/data-folder.ts';
import { isRunning } from './processes.ts';

/** The line that `up` prints when all is ready. A pid is null for what it uses and did not start. */
export interface UpAddresses {
  temporal: string;
  /** null where the Web UI of a server that somebody else started is unknown. */
  ui: string | null;
  database: string;
  api: string | null;
  pids: { temporal: number | null; postgres: number | null; worker: number | null };
}

export interface UpFile extends UpAddresses {
  /** The process of `dreams up` itself. */
  pid: number;
  namespace: string;
  /** The Temporal server is ours: nothing but its address is needed to reach it. */
  ownTemporal: boolean;
}

/** Who holds the data folder, and which processes it has started so far. */
export interface UpLock {
  pid: number;
  children: Partial<Record<'temporal' | 'postgres' | 'worker', number>>;
}

const upFile = (dataFolder: string): string => join(dataFolder, 'up.json');
const lockFile = (dataFolder: string): string => join(dataFolder, 'up.lock');

/** How the process of an `up` looks; the demo's is one as well. */
const upCommand = /dreams|client\/cli\/main/;

export function writeUpFile(dataFolder: string, content: UpFile): void {
  writeWhole(upFile(dataFolder), content);
}

export function removeUpFile(dataFolder: string): void {
  rmSync(upFile(dataFolder), { force: true });
}

/** What a running `up` wrote; undefined when there is none, also when a dead one left its file. */
export function readUpFile(dataFolder: string): UpFile | undefined {
  const content = readJson<UpFile>(upFile(dataFolder));
  return content !== undefined && isRunning(content.pid, upCommand) ? content : undefined;
}

/** The process that holds the data folder, ready or not. */
export function holderOf(dataFolder: string): number | undefined {
  const holder = readJson<UpLock>(lockFile(dataFolder));
  return holder !== undefined && isRunning(holder.pid, upCommand) ? holder.pid : undefined;
}

/** Takes the data folder for this process. Answers who holds it instead, or what a dead holder may have left running. */
export function takeLock(dataFolder: string): { heldBy: number } | { left: UpLock['children'] } {
  // Others may pass through, as the account must that runs PostgreSQL for root; what lies in it is closed to them.
  makeFolder(dataFolder, 0o711);
  try {
    return lockIn(dataFolder);
  } catch (cause) {
    throw unusableFolder(dataFolder, cause);
  }
}

function lockIn(dataFolder: string): { heldBy: number } | { left: UpLock['children'] } {
  const file = lockFile(dataFolder);
  let left: UpLock['children'] = {};
  for (;;) {
    if (createLock(file)) return { left };
    const holder = readJson<UpLock>(file);
    if (holder !== undefined && isRunning(holder.pid, upCommand)) return { heldBy: holder.pid };
    left = removeStale(file)?.children ?? left;
  }
}

export function recordChildren(dataFolder: string, children: UpLock['children']): void {
  writeWhole(lockFile(dataFolder), { pid: ownPid, children });
}

export function releaseLock(dataFolder: string): void {
  rmSync(lockFile(dataFolder), { force: true });
}

/** Whole or not at all: the lock is linked to its name once it holds its content. */
function createLock(file: string): boolean {
  const own = `${file}.${String(ownPid)}`;
  writeFileSync(own, JSON.stringify({ pid: ownPid, children: {} } satisfies UpLock), { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(own);
  }
}

/** Moves it aside first: another caller may have replaced the stale one by its own a moment ago, which goes back then. */
function removeStale(file: string): UpLock | undefined {
  const aside = `${file}.stale.${String(ownPid)}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // another caller was quicker
    throw error;
  }
  const found = readJson<UpLock>(aside);
  if (found !== undefined && isRunning(found.pid, upCommand)) {
    renameSync(aside, file);
    return undefined;
  }
  rmSync(aside, { force: true });
  return found;
}

function writeWhole(file: string, content: unknown): void {
  const own = `${file}.${String(ownPid)}`;
  writeFileSync(own, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(own, file);
}

/** undefined for a file that is not there or was cut short. */
function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
