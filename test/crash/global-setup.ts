import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildCrashBundle } from './bundle.ts';

declare module 'vitest' {
  interface ProvidedContext {
    crashBundlePath: string;
  }
}

/** The workflow with shorter timeouts, bundled once for the run. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-crash-'));
  const path = join(folder, 'workflow-bundle.js');
  writeFileSync(path, await buildCrashBundle());
  project.provide('crashBundlePath', path);
  return () => rmSync(folder, { recursive: true, force: true });
}
