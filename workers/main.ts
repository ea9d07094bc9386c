import { Client, Connection } from '@temporalio/client';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { readEnvironment } from '../config/environment.ts';
import { createLog, temporalLogger } from '../config/log.ts';
import { temporalConnection } from '../config/temporal.ts';
import { openDatabase } from '../db/database.ts';
import { assertDatabaseFits } from '../db/fitness.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { DreamsError, isDreamsError } from '../domain/errors.ts';
import { createOfflineEngine } from '../engines/offline/offline-engine.ts';
import { createWorkers } from './create-workers.ts';
import { sweepPendingDreams } from './sweep.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** The worker process: connects, says that it is ready, works until it is told to stop. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const log = createLog(environment.logLevel);
  Runtime.install({ logger: temporalLogger(log) });
  if (environment.databaseUrl === undefined) {
    throw new DreamsError('database_unreachable', 'DATABASE_URL is not set, so the worker has no database.', {
      hint: 'Set it to the application\'s role, or use "dreams up", which starts everything.',
    });
  }
  const database = openDatabase(environment.databaseUrl, { max: 16 });
  await assertDatabaseFits(database);
  const { connectionOptions, namespace } = temporalConnection();
  const connection = await connectTo(connectionOptions);
  const client = new Client({ connection: await Connection.connect(connectionOptions), namespace });
  const offline = createOfflineEngine({ threads: environment.threads });
  const stopSweep = new AbortController();
  try {
    const workers = await createWorkers({
      connection,
      namespace,
      taskQueue: environment.taskQueue,
      bundle: await workflowBundle(),
      cpuSlots: environment.threads,
      log,
      dependencies: { database, engines: { offline } },
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    const sweep = sweepPendingDreams({ database, client, taskQueue: environment.taskQueue, log, signal: stopSweep.signal });
    process.stdout.write('{"event":"worker ready"}\n');
    await running;
    stopSweep.abort();
    await sweep;
  } finally {
    stopSweep.abort();
    await client.connection.close();
    await connection.close();
    await offline.close();
    await database.close();
  }
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

/** A server that is missing or unfit; "dreams worker" ends with the same number, which stands for that in every command. */
const unavailable = 5;
const ofServers: readonly ErrorCode[] = ['database_unreachable', 'database_unfit', 'temporal_unreachable', 'temporal_unfit'];

try {
  await main();
} catch (error) {
  const known = isDreamsError(error);
  process.stderr.write(
    `${JSON.stringify({ error: known ? { code: error.code, message: error.message, hint: error.hint } : { code: 'internal_error', message: String((error as Error).message) } })}\n`,
  );
  // What was opened before the failure would keep the process alive.
  process.exit(known && ofServers.includes(error.code) ? unavailable : 1);
}
