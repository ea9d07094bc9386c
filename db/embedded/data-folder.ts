import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  mkdirSync(folder, { recursive: true });
  if (account === undefined) return true;
  chownSync(folder, account.uid, account.gid);
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', folder], { cwd: '/', uid: account.uid, gid: account.gid });
  return probe.status === 0;
}
