import { readEnvironment } from '../config/environment.ts';
import { createLog } from '../config/log.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { isDreamsError } from '../domain/errors.ts';
import { createOfflineEngine } from '../engines/offline/offline-engine.ts';
import { runWorker } from './run-worker.ts';
import { workflowBundle } from '../config/workflow-bundle.ts';

/** The worker process of `dreams up` and `dreams worker`. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const offline = createOfflineEngine({ threads: environment.threads });
  try {
    await runWorker({
      environment,
      log: createLog(environment.logLevel),
      bundle: workflowBundle,
      engines: { offline },
      onReady: () => process.stdout.write('{"event":"worker ready"}\n'),
    });
  } finally {
    await offline.close();
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
