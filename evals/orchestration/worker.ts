/** A worker of the product with the timed engine: `worker.ts <latency in ms> <journal>`. Everything else is the environment's. */
import { argv, stderr, stdout } from 'node:process';
import { readEnvironment } from '../../config/environment.ts';
import { createLog } from '../../config/log.ts';
import { runWorker } from '../../workers/run-worker.ts';
import { workflowBundle } from '../../config/workflow-bundle.ts';
import { recordCall } from './calls.ts';
import { timedEngine } from './timed-engine.ts';

const [latency = '', journal = ''] = argv.slice(2);
const environment = readEnvironment();
try {
  await runWorker({
    environment,
    log: createLog(environment.logLevel),
    bundle: workflowBundle,
    engines: { offline: timedEngine({ latencyMs: Number(latency), onCall: (call) => recordCall(journal, call) }) },
    onReady: () => stdout.write('{"event":"worker ready"}\n'),
  });
} catch (error) {
  stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
