import type { RuntimeOptions } from '@temporalio/worker';
import { Runtime } from '@temporalio/worker';
import { createLog, temporalLogger } from '../../config/log.ts';
import type { Log } from '../../config/log.ts';

let installed = false;

/** Where the differences that a replay finds are what is asked for, the core need not print them too. */
export const silentCore: NonNullable<RuntimeOptions['telemetryOptions']> = { logging: { filter: 'OFF', forward: {} } };

/** Temporal's core for this process, which may be set up once: silent, and without a hand on the signals that vitest lives by. */
export function quietRuntime(log: Log = createLog('silent'), telemetryOptions: RuntimeOptions['telemetryOptions'] = {}): void {
  if (!installed) Runtime.install({ logger: temporalLogger(log), telemetryOptions, shutdownSignals: [] });
  installed = true;
}
