/** Workflow code out of the archive, as a file that a process can load. Its hash is looked at before anything runs it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withWorkspace } from '../../db/database.ts';
import { findBundle } from '../../db/histories.ts';
import { openBundle } from '../../db/history/bundle.ts';
import type { Context } from '../context.ts';
import type { CodeToRun, WorkflowCode } from './workflow-code.ts';

export class ArchivedBundles implements WorkflowCode {
  readonly kind = 'archived';
  readonly #context: Context;
  readonly #found = new Map<string, CodeToRun>();
  #folder: string | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  async find(sha256: string | null): Promise<CodeToRun> {
    if (sha256 === null) return { problem: 'its history does not name the code that ran it' };
    const found = this.#found.get(sha256) ?? (await this.#write(sha256));
    this.#found.set(sha256, found);
    return found;
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  async #write(sha256: string): Promise<CodeToRun> {
    const { database, workspaceId } = this.#context;
    const row = await withWorkspace(database, workspaceId, (tx) => findBundle(tx, sha256), 'read only');
    if (row === undefined) return { problem: `nobody kept the code that ran it (${sha256.slice(0, 12)})` };
    const opened = openBundle(row);
    if ('altered' in opened)
      return { problem: `the archived code ${sha256.slice(0, 12)} was altered: ${opened.altered}, and it was not run` };
    this.#folder ??= await mkdtemp(join(tmpdir(), 'dreams-replay-'));
    const path = join(this.#folder, `${sha256}.js`);
    await writeFile(path, opened.code, { mode: 0o600 });
    return { path, sha256 };
  }
}
