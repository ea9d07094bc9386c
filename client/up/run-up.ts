/** `dreams up` itself: takes the data folder, starts what is missing, keeps it running until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../config/environment.ts';
import { temporalConnection } from '../../config/temporal.ts';
import { stopLeftovers } from './leftovers.ts';
import type { Services } from './start-services.ts';
import { startServices } from './start-services.ts';
import type { UpAddresses } from './up-file.ts';
import { readUpFile, takeLock } from './up-file.ts';

export interface UpOptions {
  environment: Environment;
  dataFolder: string;
  progress: (line: string) => void;
  signal: AbortSignal;
}

export type UpResult =
  | { kind: 'started'; services: Services }
  /** Another `up` holds the data folder; these are its addresses. */
  | { kind: 'runs'; pid: number; addresses: UpAddresses };

export async function startUp({ environment, dataFolder, progress, signal }: UpOptions): Promise<UpResult> {
  for (let waited = 0; ; waited++) {
    const lock = takeLock(dataFolder);
    if (!('heldBy' in lock)) {
      await stopLeftovers(lock.left, progress);
      return { kind: 'started', services: await start({ environment, dataFolder, progress, signal }) };
    }
    const up = readUpFile(dataFolder);
    if (up !== undefined) {
      const { temporal, ui, database, api, pids } = up;
      return { kind: 'runs', pid: lock.heldBy, addresses: { temporal, ui, database, api, pids } };
    }
    // It may be building the Temporal server, or stopping.
    if (waited % 75 === 0)
      progress(`Another "dreams up" (process ${String(lock.heldBy)}) holds ${dataFolder} and is not ready yet; waiting for it`);
    await sleep(200, undefined, { signal });
  }
}

async function start({ environment, dataFolder, progress, signal }: UpOptions): Promise<Services> {
  const temporal = environment.temporal.address === undefined ? undefined : temporalConnection();
  return await startServices({
    dataFolder,
    workspaceId: environment.workspaceId,
    databaseUrl: environment.databaseUrl,
    temporal,
    namespace: environment.temporal.namespace,
    progress,
    signal,
  });
}
