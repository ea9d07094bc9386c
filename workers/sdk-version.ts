import { createRequire } from 'node:module';

/** Of @temporalio/worker, as installed. */
export const sdkVersion = (createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string }).version;
