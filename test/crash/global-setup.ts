import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildCrashBundle } from './bundle.ts';
import { compileWorker } from './compiled-worker.ts';

declare module 'vitest' {
  interface ProvidedContext {
    crashBundlePath: string;
    crashWorkerPath: string;
  }
}

/** The workflow with shorter timeouts and the tests' worker, built once for the run. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-crash-'));
  const path = join(folder, 'workflow-bundle.js');
  writeFileSync(path, await buildCrashBundle());
  project.provide('crashBundlePath', path);
  project.provide('crashWorkerPath', compileWorker(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
