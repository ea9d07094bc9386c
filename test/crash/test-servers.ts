import { inject } from 'vitest';
import type { Servers } from './databases.ts';

/** Vitest's servers, which everything shares: workers may be killed there, the servers may not. */
export function testServers(): Servers {
  return {
    temporalAddress: inject('temporalAddress'),
    databaseUrl: inject('databaseUrl'),
    databaseAdminUrl: inject('databaseAdminUrl'),
    template: 'template_of_tests',
    bundlePath: inject('crashBundlePath'),
    workerPath: inject('crashWorkerPath'),
    replayedFolder: inject('replayedFolder'),
  };
}
