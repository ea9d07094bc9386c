import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WorkflowBundleOption } from '@temporalio/worker';

/** Made by `npm run build` beside the compiled tree. */
export const builtBundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

const isSource = import.meta.url.endsWith('.ts');

export const workflowsPath = fileURLToPath(new URL(isSource ? '../workflows/index.ts' : '../workflows/index.js', import.meta.url));

const longestBundle = 100_000_000;

/** The workflow code for a worker: built beforehand in the package, bundled at the start in the checkout. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  if (existsSync(builtBundle)) return { codePath: builtBundle };
  const program = fileURLToPath(new URL(isSource ? './bundle-workflows.ts' : './bundle-workflows.js', import.meta.url));
  const loader = isSource ? ['--import', import.meta.resolve('tsx')] : [];
  const { stdout } = await promisify(execFile)(execPath, [...loader, program], { maxBuffer: longestBundle });
  return { code: stdout };
}
