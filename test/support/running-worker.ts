import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { createLog } from '../../config/log.ts';
import type { Log } from '../../config/log.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { loadBundle } from '../../workers/load-bundle.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { replayStarted, untilClosed } from './replayed.ts';

export interface RunningWorker {
  client: Client;
  taskQueue: string;
  /** At the end of a test: waits until its runs have closed, stops, and replays each of them. */
  stop(): Promise<void>;
  /** In the middle of one: stops, and leaves its runs to another worker of the queue, which will be stopped in its turn. */
  leave(): Promise<void>;
}

let queues = 0;

/** Real workers in this process, on queues of their own (or those of a worker that is gone), against the run's Temporal server. */
export async function runningWorker(
  dependencies: Dependencies,
  log: Log = createLog('silent'),
  taskQueue = `test-${String(process.pid)}-${String(++queues)}`,
): Promise<RunningWorker> {
  quietRuntime(log);
  const address = inject('temporalAddress');
  const connection = await NativeConnection.connect({ address });
  const clientConnection = await Connection.connect({ address });
  const workers = await createWorkers({
    connection,
    namespace: 'default',
    taskQueue,
    bundle: await loadBundle({ codePath: inject('bundlePath') }),
    dependencies,
    cpuSlots: 2,
    log,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const client = new Client({ connection: clientConnection, namespace: 'default' });
  const started = { database: dependencies.database, taskQueue };
  const shutdown = async () => {
    for (const worker of workers) worker.shutdown();
    await running;
  };
  const disconnect = async () => {
    await clientConnection.close();
    await connection.close();
  };
  return {
    client,
    taskQueue,
    stop: async () => {
      try {
        await untilClosed(started, client);
        await shutdown();
        await replayStarted(started, client);
      } finally {
        await disconnect();
      }
    },
    leave: async () => {
      await shutdown();
      await disconnect();
    },
  };
}
