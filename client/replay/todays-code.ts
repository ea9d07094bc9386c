/** The installed workflow code, read or bundled once and hashed: a verdict is worth little later unless it names the code that gave it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '../../config/environment.ts';
import { workflowBundle } from '../../config/workflow-bundle.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { CodeToRun, WorkflowCode } from './workflow-code.ts';

export class TodaysCode implements WorkflowCode {
  readonly kind = 'today';
  #code: Promise<CodeToRun> | undefined;
  #folder: string | undefined;

  async find(): Promise<CodeToRun> {
    return await (this.#code ??= this.#write());
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  /** What is hashed is what runs, also where another version is installed meanwhile. */
  async #write(): Promise<CodeToRun> {
    let code: string;
    try {
      const bundle = await workflowBundle(bareEnvironment());
      code = 'code' in bundle ? bundle.code : await readFile(bundle.codePath, 'utf8');
    } catch (error) {
      return { problem: `today’s code cannot be had: ${error instanceof Error ? error.message : String(error)}` };
    }
    this.#folder = await mkdtemp(join(tmpdir(), 'dreams-replay-'));
    const sha256 = sha256Hex(code);
    const path = join(this.#folder, `${sha256}.js`);
    await writeFile(path, code, { mode: 0o600 });
    return { path, sha256 };
  }
}
