import { Client, Connection } from '@temporalio/client';
import type { NativeConnectionOptions, WorkflowBundleOption } from '@temporalio/worker';
import { NativeConnection, Runtime } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import type { Environment } from '../config/environment.ts';
import type { Log } from '../config/log.ts';
import { temporalLogger } from '../config/log.ts';
import { temporalConnection } from '../config/temporal.ts';
import { openDatabase } from '../db/database.ts';
import { assertDatabaseFits } from '../db/fitness.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Announcement } from './announce-version.ts';
import { announceVersion } from './announce-version.ts';
import { archiveHistories } from './archiver.ts';
import type { WorkerTuning } from './create-workers.ts';
import { createWorkers } from './create-workers.ts';
import type { LoadedBundle } from './load-bundle.ts';
import { buildIdOf, loadBundle } from './load-bundle.ts';
import { sweepDreams } from './sweep.ts';

export interface WorkerParts {
  environment: Environment;
  log: Log;
  /** Asked for once the database is known to fit: bundling takes seconds. */
  bundle: () => Promise<WorkflowBundleOption>;
  engines: Dependencies['engines'];
  reach?: Dependencies['reach'];
  tuning?: WorkerTuning;
  onReady: () => void;
}

/** One worker process: connects, says that it is ready, works until it is told to stop. */
export async function runWorker({ environment, log, bundle, engines, reach, tuning, onReady }: WorkerParts): Promise<void> {
  Runtime.install({ logger: temporalLogger(log) });
  if (environment.databaseUrl === undefined) {
    throw new DreamsError('database_unreachable', 'DATABASE_URL is not set, so the worker has no database.', {
      hint: 'Set it to the application\'s role, or use "dreams up", which starts everything.',
    });
  }
  const database = openDatabase(environment.databaseUrl, { max: 16 });
  const stopLoops = new AbortController();
  try {
    await assertDatabaseFits(database);
    const { address, connectionOptions, namespace } = temporalConnection();
    const connection = await connectTo(connectionOptions);
    const client = new Client({ connection: await Connection.connect(connectionOptions), namespace });
    try {
      const { taskQueue, temporal, threads } = environment;
      const dependencies = { database, engines, reach };
      const loaded = await loadBundle(await bundle());
      const workers = await createWorkers({
        connection,
        namespace,
        taskQueue,
        bundle: loaded,
        cpuSlots: threads,
        deployment: temporal.deployment,
        log,
        dependencies,
        tuning,
      });
      const running = Promise.all(workers.map((worker) => worker.run()));
      const sweep = sweepDreams({ database, client, taskQueue, log, reach, signal: stopLoops.signal });
      const archiver = archiveHistories({ database, client, bundle: loaded, log, reach, signal: stopLoops.signal });
      const announcement = announce({ client, address, bundle: loaded, deployment: temporal.deployment, log, signal: stopLoops.signal });
      onReady();
      await running;
      stopLoops.abort();
      await Promise.all([sweep, archiver, announcement]);
    } finally {
      stopLoops.abort();
      await client.connection.close();
      await connection.close();
    }
  } finally {
    await database.close();
  }
}

/** Only a worker that is a version of something has something to say. */
async function announce({
  deployment,
  bundle,
  ...rest
}: Omit<Announcement, 'deployment' | 'buildId'> & { deployment: string | undefined; bundle: LoadedBundle }): Promise<void> {
  if (deployment !== undefined) await announceVersion({ ...rest, deployment, buildId: buildIdOf(bundle) });
}

async function connectTo(options: NativeConnectionOptions): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(options);
  } catch (cause) {
    throw new DreamsError('temporal_unreachable', `No Temporal server answers at ${options.address ?? ''}.`, {
      hint: 'Start one with "dreams up", or set TEMPORAL_ADDRESS to one that runs.',
      cause,
    });
  }
}
