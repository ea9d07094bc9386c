import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { createLog, temporalLogger } from '../../config/log.ts';
import type { Log } from '../../config/log.ts';
import { createWorkers } from '../../workers/create-workers.ts';

export interface RunningWorker {
  client: Client;
  taskQueue: string;
  stop(): Promise<void>;
}

let started = 0;
let installed = false;

/** Real workers in this process, on queues of their own (or those of a worker that is gone), against the run's Temporal server. */
export async function runningWorker(
  dependencies: Dependencies,
  log: Log = createLog('silent'),
  taskQueue = `test-${String(process.pid)}-${String(++started)}`,
): Promise<RunningWorker> {
  if (!installed) Runtime.install({ logger: temporalLogger(log), shutdownSignals: [] });
  installed = true;
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
  return {
    client: new Client({ connection: clientConnection, namespace: 'default' }),
    taskQueue,
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await running;
      await clientConnection.close();
      await connection.close();
    },
  };
}
