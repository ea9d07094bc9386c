import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflowCode } from '@temporalio/worker';

/** Made by `npm run build` beside the compiled tree. */
export const builtBundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

export const workflowsPath = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../workflows/index.ts' : '../workflows/index.js', import.meta.url),
);

/** The workflow code for a worker: built beforehand in the package, bundled at the start in the checkout. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  if (existsSync(builtBundle)) return { codePath: builtBundle };
  return await bundleWorkflowCode({ workflowsPath, logger: quiet });
}

/** The bundler tells webpack's statistics at every start; only what goes wrong is worth a line, and that is thrown. */
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
