/** The installed workflow code, read or bundled once and hashed: a verdict is worth little later unless it names the code that gave it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bareEnvironment } from '../../config/environment.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { CodeToRun, WorkflowCode } from './workflow-code.ts';

const isSource = import.meta.url.endsWith('.ts');

/** In the package it lies beside the compiled tree; a checkout bundles it anew, as its workers do. */
const builtBundle = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
const bundler = fileURLToPath(new URL(`../../workers/bundle-workflows.${isSource ? 'ts' : 'js'}`, import.meta.url));

const longestBundle = 100_000_000;

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
      code = existsSync(builtBundle) ? await readFile(builtBundle, 'utf8') : await bundled();
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

async function bundled(): Promise<string> {
  const loader = isSource ? ['--import', import.meta.resolve('tsx')] : [];
  const { stdout } = await promisify(execFile)(execPath, [...loader, bundler], { maxBuffer: longestBundle, env: bareEnvironment() });
  return stdout;
}
