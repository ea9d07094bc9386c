import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowsPath } from '../config/workflow-bundle.ts';

/** `npm run build`: all that the package runs from, in dist/. */
const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

// A file that was renamed since the last build must not be packed under its old name.
rmSync(dist, { recursive: true, force: true });
compile();
await bundle();
copyMigrations();

function compile(): void {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit', cwd: root });
  // The compiler has said what is wrong.
  if (status !== 0) exit(status ?? 1);
}

/** Bundling at the start takes seconds and webpack; the package brings the result. */
async function bundle(): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath });
  writeFileSync(join(dist, 'workflow-bundle.js'), withRelativeSources(code));
}

/** The worker needs the source map at the bundle's end; the folders of the machine that built it are nobody's business. */
function withRelativeSources(code: string): string {
  const mark = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';
  const begin = code.lastIndexOf(mark) + mark.length;
  const map = Buffer.from(code.slice(begin), 'base64').toString().replaceAll(root, '');
  return code.slice(0, begin) + Buffer.from(map).toString('base64');
}

function copyMigrations(): void {
  const copy = join(dist, 'db', 'migrations');
  cpSync(join(root, 'db', 'migrations'), copy, { recursive: true });
  // drizzle-kit's snapshots are for making the next migration; only the journal is read when migrating.
  for (const name of readdirSync(join(copy, 'meta'))) if (name !== '_journal.json') rmSync(join(copy, 'meta', name));
}
