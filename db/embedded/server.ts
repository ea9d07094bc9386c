import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { DreamsError } from '../../domain/errors.ts';
import { addWorkspace, createLoginRole, migrateDatabase } from '../migrate.ts';
import { serverAccount } from './account.ts';
import type { Account } from './account.ts';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { databaseFolder } from './data-folder.ts';

export interface EmbeddedServer {
  /** The application's role: sees one workspace at a time. */
  url: string;
  /** The superuser, for migrations and templates. */
  adminUrl: string;
  pid: number;
  process: ChildProcess;
  logFile: string;
  stop(): Promise<void>;
}

const databaseName = 'open_dreams';
const readyWithinMs = 60_000;

/** Starts a PostgreSQL of our own on loopback with its files below `dataFolder`, migrated and ready. */
export async function startEmbeddedServer(options: {
  dataFolder: string;
  port: number;
  settings?: Record<string, string>;
  /** Made if it is not there yet; the default one always is. */
  workspaceId?: string;
}): Promise<EmbeddedServer> {
  const account = serverAccount();
  const binaries = findBinaries(account);
  const folder = databaseFolder(options.dataFolder, account);
  const cluster = join(folder, 'cluster');
  const passwords = readPasswords(folder);
  if (!existsSync(cluster)) initialise(binaries, cluster, passwords.admin, account);
  const logFile = join(folder, 'server.log');
  const child = launch(binaries.postgres, cluster, logFile, options, account);
  const address = `127.0.0.1:${String(options.port)}`;
  const server = {
    url: `postgres://open_dreams:${passwords.application}@${address}/${databaseName}`,
    adminUrl: `postgres://postgres:${passwords.admin}@${address}/${databaseName}`,
    pid: child.pid ?? 0,
    process: child,
    logFile,
    stop: () => stop(child),
  };
  try {
    await untilReady(`postgres://postgres:${passwords.admin}@${address}/postgres`, child, logFile);
    await migrateDatabase(server.adminUrl);
    if (options.workspaceId !== undefined) await addWorkspace(server.adminUrl, options.workspaceId);
    await createLoginRole(server.adminUrl, { name: 'open_dreams', password: passwords.application });
  } catch (error) {
    await stop(child);
    throw error;
  }
  return server;
}

/** Made once per database folder, readable by its owner alone. */
function readPasswords(folder: string): { admin: string; application: string } {
  const file = join(folder, 'passwords.json');
  if (!existsSync(file)) {
    const passwords = { admin: randomBytes(18).toString('hex'), application: randomBytes(18).toString('hex') };
    writeFileSync(file, JSON.stringify(passwords), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as { admin: string; application: string };
}

/** Into a temporary name, then renamed: an interrupted initdb is never taken for a database. */
function initialise(binaries: Binaries, cluster: string, password: string, account: Account | undefined): void {
  const folder = mkdtempSync(`${cluster}-`);
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
  const run = spawnSync(
    binaries.initdb,
    [
      '--pgdata',
      folder,
      '--username',
      'postgres',
      '--pwfile',
      passwordFile,
      '--auth',
      'scram-sha-256',
      // The builtin locale sorts bytewise on every machine, so that an order never depends on the host.
      '--encoding',
      'UTF8',
      '--locale-provider',
      'builtin',
      '--builtin-locale',
      'C.UTF-8',
      '--locale',
      'C',
      '--no-sync',
    ],
    { cwd: '/', encoding: 'utf8', ...identity(account) },
  );
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new DreamsError(
      'database_unreachable',
      `initdb could not make a database in ${cluster}: ${(run.error?.message ?? run.stderr).trim()}`,
      { hint: 'Choose another folder with --data, or set DATABASE_URL.' },
    );
  }
  renameSync(folder, cluster);
}

function identity(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

function launch(
  binary: string,
  cluster: string,
  logFile: string,
  options: { port: number; settings?: Record<string, string> },
  account: Account | undefined,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '60',
    ...options.settings,
  };
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(binary, ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    cwd: '/',
    stdio: ['ignore', log, log],
    ...identity(account),
    // Ctrl-C in a terminal goes to the whole process group; ours is stopped by `stop`, after the worker.
    detached: true,
  });
  closeSync(log);
  return child;
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    if (child.exitCode !== null || child.pid === undefined) {
      const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-3).join(' ');
      throw new DreamsError('database_unreachable', `The embedded PostgreSQL stopped as it started: ${tail}`, {
        hint: `Its log is ${logFile}.`,
      });
    }
    const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
    try {
      const [existing] = await client`select 1 from pg_database where datname = ${databaseName}`;
      if (existing === undefined) await client.unsafe(`create database ${databaseName}`);
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new DreamsError('database_unreachable', `The embedded PostgreSQL was not ready within ${String(readyWithinMs / 1000)} s.`, {
          hint: `Its log is ${logFile}.`,
          cause: error,
        });
      await sleep(50);
    } finally {
      await client.end({ timeout: 1 });
    }
  }
}

/** SIGINT is PostgreSQL's "fast": open transactions are rolled back, files are left clean. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  await ended;
}
