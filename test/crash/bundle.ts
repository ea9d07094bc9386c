import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowsPath } from '../../config/workflow-bundle.ts';

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The product's workflow code and the interceptor that shortens its timeouts. */
export async function buildCrashBundle(): Promise<string> {
  const shorter = fileURLToPath(new URL('./shorter-timeouts.ts', import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules: [shorter], logger: quiet });
  return code;
}
