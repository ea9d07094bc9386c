import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DreamsError } from '../../domain/errors.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { Account } from './account.ts';

/** Where root keeps databases whose data folder the server's account cannot reach. */
const sharedFolder = '/var/lib/open-dreams';

/** The folder that holds the database files of `dataFolder`, made if missing, writable for the server's account. */
export function databaseFolder(dataFolder: string, account: Account | undefined): string {
  const wanted = join(resolve(dataFolder), 'postgres');
  if (prepare(wanted, account)) return wanted;
  // Below a closed home folder no other account can enter; the name keeps different data folders apart.
  const elsewhere = join(sharedFolder, sha256Hex(wanted).slice(0, 16));
  if (prepare(elsewhere, account)) return elsewhere;
  throw new Error(
    `The account "${account?.name ?? ''}" that runs PostgreSQL for root can write neither ${wanted} nor ${elsewhere}. Choose another folder with --data.`,
  );
}

function prepare(folder: string, account: Account | undefined): boolean {
  makeFolder(folder);
  if (account === undefined) return true;
  chownSync(folder, account.uid, account.gid);
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', folder], { cwd: '/', uid: account.uid, gid: account.gid });
  return probe.status === 0;
}

/** Makes a folder of the data, with those above it. Node's own recursive way never returns where the system says ENOENT below a folder that is there, as /proc does. */
export function makeFolder(folder: string, mode?: number): void {
  const missing: string[] = [];
  try {
    for (let at = resolve(folder); !isFolder(at); at = dirname(at)) missing.unshift(at);
    for (const one of missing) makeOne(one, mode);
  } catch (cause) {
    throw unusableFolder(folder, cause);
  }
}

export function unusableFolder(folder: string, cause: unknown): DreamsError {
  return new DreamsError(
    'invalid_input',
    `The data folder ${folder} cannot be used (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    {
      hint: 'Choose another folder with --data.',
      cause,
    },
  );
}

/** What is there and no folder is left to `mkdir` to refuse. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function makeOne(folder: string, mode: number | undefined): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(folder)) throw error;
  }
}
