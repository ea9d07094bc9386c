import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { createLog } from '../../config/log.ts';
import type { Log } from '../../config/log.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { replayStarted, untilClosed } from './replayed.ts';

export interface RunningWorker {
  client: Client;
  taskQueue: string;
  /** Also replays every execution that was started meanwhile. */
  stop(): Promise<void>;
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
    bundle: { codePath: inject('bundlePath') },
    dependencies,
    cpuSlots: 2,
    log,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const client = new Client({ connection: clientConnection, namespace: 'default' });
  return {
    client,
    taskQueue,
    stop: async () => {
      const started = { database: dependencies.database, taskQueue };
      try {
        await untilClosed(started, client);
        for (const worker of workers) worker.shutdown();
        await running;
        await replayStarted(started, client);
      } finally {
        await clientConnection.close();
        await connection.close();
      }
    },
  };
}
