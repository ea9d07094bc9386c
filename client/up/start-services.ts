/** Starts what is missing of Temporal, PostgreSQL and worker, and stops in the reverse order what it started. */
import { join } from 'node:path';
import { pid as ownPid } from 'node:process';
import { childEnvironment } from '../../config/environment.ts';
import type { TemporalSettings } from '../../config/temporal.ts';
import type { Child } from './child.ts';
import { endChild, killChild, rotate } from './child.ts';
import type { DatabaseService } from './database-process.ts';
import { killDatabase, startDatabase, useDatabase } from './database-process.ts';
import type { TemporalService } from './temporal-process.ts';
import { startTemporal, temporalEnvironment, useTemporal } from './temporal-process.ts';
import type { UpAddresses, UpLock } from './up-file.ts';
import { recordChildren, releaseLock, removeUpFile, writeUpFile } from './up-file.ts';
import type { WorkerService } from './worker-process.ts';
import { startWorker } from './worker-process.ts';

export interface StartOptions {
  dataFolder: string;
  workspaceId: string;
  /** Servers that run already, from the environment. */
  databaseUrl: string | undefined;
  temporal: TemporalSettings | undefined;
  /** Of a Temporal server that is started here. */
  namespace: string;
  progress: (line: string) => void;
  signal: AbortSignal;
}

export interface Services {
  addresses: UpAddresses;
  /** Fulfilled with a sentence when a server that was started here ends by itself. */
  broken: Promise<string>;
  stop(): Promise<void>;
  /** At once, without waiting for anything to finish. */
  kill(): void;
}

const temporalPatienceMs = 10_000;

/** The data folder's lock must be held; it is released when everything has stopped. */
export async function startServices(options: StartOptions): Promise<Services> {
  const { dataFolder, progress, signal } = options;
  const started: { temporal?: Child; database?: DatabaseService; worker?: WorkerService } = {};
  const children: UpLock['children'] = {};
  const record = (name: keyof UpLock['children'], pid: number | undefined): void => {
    if (pid !== undefined) children[name] = pid;
    recordChildren(dataFolder, children);
  };
  const stop = async (): Promise<void> => {
    await started.worker?.stop();
    if (started.temporal !== undefined) await endChild(started.temporal, { name: 'SIGTERM', patienceMs: temporalPatienceMs });
    await started.database?.server?.stop();
    removeUpFile(dataFolder);
    releaseLock(dataFolder);
  };
  const kill = (): void => {
    started.worker?.kill();
    if (started.temporal !== undefined) killChild(started.temporal);
    if (started.database !== undefined) killDatabase(started.database);
  };
  try {
    progress(options.databaseUrl === undefined ? 'Starting PostgreSQL' : 'Looking at the database that DATABASE_URL names');
    const database =
      options.databaseUrl === undefined ? await startDatabase(dataFolder, options.workspaceId) : await useDatabase(options.databaseUrl);
    started.database = database;
    record('postgres', database.server?.pid);
    signal.throwIfAborted();
    progress(
      options.temporal === undefined ? 'Starting the Temporal server' : `Looking at the Temporal server at ${options.temporal.address}`,
    );
    const temporal =
      options.temporal !== undefined
        ? await useTemporal(options.temporal)
        : await startTemporal(options, (child) => {
            started.temporal = child;
            record('temporal', child.pid);
          });
    signal.throwIfAborted();
    progress('Starting the worker');
    const logFile = join(dataFolder, 'worker.log');
    rotate(logFile);
    const publish = (pid: number): void => publishAddresses(dataFolder, database, temporal, options.temporal === undefined, pid);
    let workerPid = 0;
    let isReady = false;
    started.worker = await startWorker({
      env: childEnvironment({
        DATABASE_URL: database.url,
        DATABASE_ADMIN_URL: undefined,
        ...temporalEnvironment(temporal.settings, options.temporal === undefined),
      }),
      logFile,
      progress,
      signal,
      onSpawn: (pid) => {
        workerPid = pid;
        record('worker', pid);
        if (isReady) publish(pid);
      },
    });
    isReady = true;
    publish(workerPid);
    signal.throwIfAborted();
    return { addresses: addressesOf(database, temporal, workerPid), broken: firstToBreak(database, temporal), stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressesOf(database: DatabaseService, temporal: TemporalService, worker: number): UpAddresses {
  return {
    temporal: temporal.settings.address,
    ui: temporal.ui,
    database: database.url,
    api: null,
    pids: { temporal: temporal.child?.pid ?? null, postgres: database.server?.pid ?? null, worker },
  };
}

function publishAddresses(
  dataFolder: string,
  database: DatabaseService,
  temporal: TemporalService,
  ownTemporal: boolean,
  worker: number,
): void {
  writeUpFile(dataFolder, { pid: ownPid, ...addressesOf(database, temporal, worker), namespace: temporal.settings.namespace, ownTemporal });
}

async function firstToBreak(database: DatabaseService, temporal: TemporalService): Promise<string> {
  const breaks: Promise<string>[] = [new Promise<string>(() => undefined)];
  if (temporal.child !== null) breaks.push(temporal.child.ended.then((how) => `The Temporal server ended by itself (${how}).`));
  const { server } = database;
  if (server !== null)
    breaks.push(
      new Promise((resolve) =>
        server.process.once('exit', (code) =>
          resolve(`PostgreSQL ended by itself (exit code ${String(code)}). Its log is ${server.logFile}.`),
        ),
      ),
    );
  return await Promise.race(breaks);
}
