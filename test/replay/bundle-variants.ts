/** One bundle with the workflow as it is and with copies of it that were edited; each copy is a workflow type of its own. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a maintainer would type: in this file of workflows/, this instead of that. */
export interface Edit {
  file: string;
  from: string;
  to: string;
}

export async function bundleVariants(variants: Readonly<Record<string, readonly Edit[]>>): Promise<{ code: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'changed-workflow-'));
  try {
    // What workflows import from elsewhere lies where it did, seen from each copy.
    for (const shared of ['node_modules', 'domain']) symlinkSync(join(root, shared), join(folder, shared));
    const all = { dream: [], ...variants };
    for (const [name, edits] of Object.entries(all)) copyEdited(join(folder, name), edits);
    const index = join(folder, 'index.ts');
    writeFileSync(
      index,
      Object.keys(all)
        .map((name) => `export { dream as ${name} } from './${name}/dream.ts';\n`)
        .join(''),
    );
    return await bundleWorkflowCode({
      workflowsPath: index,
      logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyEdited(folder: string, edits: readonly Edit[]): void {
  mkdirSync(folder);
  cpSync(join(root, 'workflows'), folder, { recursive: true });
  for (const { file, from, to } of edits) {
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(from);
    // An edit that no longer meets its place would test the workflow as it is.
    if (parts.length !== 2) throw new Error(`workflows/${file} has ${JSON.stringify(from)} ${String(parts.length - 1)} times, not once.`);
    writeFileSync(path, parts.join(to));
  }
}
