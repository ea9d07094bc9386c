import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Made by `npm run build` beside the compiled tree. */
export const builtBundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

const isSource = import.meta.url.endsWith('.ts');

export const workflowsPath = fileURLToPath(new URL(isSource ? '../workflows/index.ts' : '../workflows/index.js', import.meta.url));

const longestBundle = 100_000_000;

/** Today's workflow code: built beforehand in the package, bundled when it is asked for in the checkout, by a process with this environment. */
export async function workflowBundle(env: NodeJS.ProcessEnv = process.env): Promise<{ codePath: string } | { code: string }> {
  if (existsSync(builtBundle)) return { codePath: builtBundle };
  const program = fileURLToPath(new URL(`../workers/bundle-workflows.${isSource ? 'ts' : 'js'}`, import.meta.url));
  const loader = isSource ? ['--import', import.meta.resolve('tsx')] : [];
  const { stdout } = await promisify(execFile)(execPath, [...loader, program], { maxBuffer: longestBundle, env });
  return { code: stdout };
}
