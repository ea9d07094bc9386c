/** What the driver runs against: servers that run already, or a `dreams up` of its own that ends with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInBackground } from '../client/up/background-up.ts';
import type { Servers } from '../client/up/find-servers.ts';
import { findServers } from '../client/up/find-servers.ts';
import { readUpFile } from '../client/up/up-file.ts';
import type { Environment } from '../config/environment.ts';

export interface RunningServers {
  servers: Servers;
  /** Process of the worker, where it is one of this machine. */
  workerPid: () => number | null;
  stop(): Promise<void>;
}

export interface ServersOptions {
  environment: Environment;
  /** What --data named. */
  dataFolder: string | undefined;
  progress: (line: string) => void;
  signal: AbortSignal;
}

export async function openServers({ environment, dataFolder, progress, signal }: ServersOptions): Promise<RunningServers> {
  const isGiven = dataFolder !== undefined || (environment.databaseUrl !== undefined && environment.temporal.address !== undefined);
  if (isGiven) {
    return {
      servers: findServers(environment, dataFolder),
      stop: async () => undefined,
      workerPid: () => (dataFolder === undefined ? undefined : readUpFile(dataFolder))?.pids.worker ?? null,
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-evals-'));
  // Run by root, PostgreSQL has another account, which must be able to pass through to its own folder in here.
  chmodSync(folder, 0o711);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const up = await startInBackground(folder, { progress, signal });
    const stop = async () => {
      await up.stop();
      remove();
    };
    return {
      servers: findServers({ ...environment, databaseUrl: undefined }, folder),
      workerPid: () => readUpFile(folder)?.pids.worker ?? null,
      stop,
    };
  } catch (error) {
    remove();
    throw error;
  }
}
