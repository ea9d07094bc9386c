/** Brings transcripts and memory stores in: each session and each store whole or not at all. */
import { withWorkspace } from '../db/database.ts';
import { readSources } from '../sources/detect.ts';
import type { Imported, Problem, Skipped, SourceFile } from '../sources/source.ts';
import type { Context } from './context.ts';
import { importSession } from './import-session.ts';
import type { SessionResult } from './import-session.ts';
import { importStore } from './import-store.ts';
import type { StoreResult } from './import-store.ts';

export interface ImportOptions {
  dryRun?: boolean;
  /** The name of the folder that the files come from; a store of Markdown is called after it. */
  folderName?: string;
  /** Called after each session and store with how many of how many are done. */
  onProgress?: (done: number, total: number) => void;
}

export interface ImportResult {
  stores: StoreResult[];
  sessions: SessionResult[];
  problems: Problem[];
  skipped: Skipped[];
  /** Steering text that a case brought along. */
  instructions: string | null;
}

export async function importSources(context: Context, files: SourceFile[], options: ImportOptions = {}): Promise<ImportResult> {
  const imported = readSources(files, options.folderName === undefined ? {} : { folderName: options.folderName });
  return await storeImported(context, imported, options);
}

async function storeImported(context: Context, imported: Imported, { dryRun = false, onProgress }: ImportOptions): Promise<ImportResult> {
  const result: ImportResult = {
    stores: [],
    sessions: [],
    problems: [...imported.problems],
    skipped: imported.skipped,
    instructions: imported.instructions ?? null,
  };
  const total = imported.stores.length + imported.sessions.length;
  const report = () => onProgress?.(result.stores.length + result.sessions.length, total);
  for (const store of imported.stores) {
    result.stores.push(await withWorkspace(context.database, context.workspaceId, (tx) => importStore(context, tx, store, dryRun)));
    report();
  }
  for (const session of imported.sessions) {
    const { problem, ...entry } = await withWorkspace(context.database, context.workspaceId, (tx) =>
      importSession(context, tx, session, dryRun),
    );
    result.sessions.push(entry);
    if (problem !== undefined) result.problems.push(problem);
    report();
  }
  return result;
}
