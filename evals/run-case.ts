/** One case through the product's facade: import, dream, export. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DreamsClient } from '../client/dreams-client.ts';
import type { Servers } from '../client/up/find-servers.ts';
import { DreamsError } from '../domain/errors.ts';
import type { HistorySize } from './measures.ts';
import { readHistorySize } from './measures.ts';
import type { CaseFile } from './read-case.ts';
import { readBlindCase, withoutMarks } from './read-case.ts';

export interface CaseResult {
  name: string;
  /** From asking for the dream to its end. */
  dreamMs: number;
  /** With reading, import and export. */
  totalMs: number;
  sessions: number;
  events: number;
  facts: number;
  changes: number;
  memories: number;
  history: HistorySize | null;
}

export interface CaseRun {
  client: DreamsClient;
  servers: Servers;
  model: string;
  outFolder: string;
  progress: (line: string) => void;
  signal: AbortSignal;
}

export async function runCase(file: CaseFile, run: CaseRun): Promise<CaseResult> {
  const { client, progress } = run;
  const begun = performance.now();
  // An earlier run's answer must not stand for this one's failure.
  rmSync(join(run.outFolder, `${file.name}.json`), { force: true });
  const blind = readBlindCase(file);
  if (blind.left > 0)
    progress(
      `${String(blind.sessions + blind.left)} sessions; the dream reads the oldest ${String(blind.sessions)}, ${String(blind.left)} are left out`,
    );
  const { storeId, sessionIds, events, instructions } = await importCase(client, blind, progress);
  const asked = performance.now();
  const { output, shown } = await dreamOnce({ storeId, sessionIds, instructions }, run);
  const dreamMs = performance.now() - asked;
  const store = withoutMarks(await client.exportNeutral(output), file.name);
  writeStore(run.outFolder, file.name, store);
  return {
    name: file.name,
    dreamMs,
    totalMs: performance.now() - begun,
    sessions: sessionIds.length,
    events,
    facts: (shown.open_dreams.coverage?.sessions ?? []).reduce((sum, session) => sum + session.facts, 0),
    changes: shown.changes.length,
    memories: store.memories.length,
    history: await readHistorySize(run.servers, shown.open_dreams.workflow_id),
  };
}

export type ShownDream = Awaited<ReturnType<DreamsClient['showDream']>>;

/** From asking to the end: the store that came out. A dream that ends otherwise is a failure of its case. */
export async function dreamOnce(
  input: { storeId: string; sessionIds: string[]; instructions: string | null },
  run: CaseRun,
): Promise<{ output: string; shown: ShownDream }> {
  const { client, model } = run;
  const { dream } = await client.createDream({ ...input, model });
  await follow(dream.id, run);
  const shown = await client.showDream(dream.id);
  const output = shown.outputs[0]?.memory_store_id;
  if (shown.status === 'completed' && output !== undefined) return { output, shown };
  throw new DreamsError(
    'verification_failed',
    `The dream ${dream.id} ended as ${shown.status}: ${shown.error?.message ?? 'no reason given'}`,
  );
}

export interface ImportedCase {
  storeId: string;
  sessionIds: string[];
  events: number;
  instructions: string | null;
}

export async function importCase(
  client: DreamsClient,
  { name, bytes }: { name: string; bytes: Uint8Array },
  progress: (line: string) => void,
): Promise<ImportedCase> {
  const { stores, sessions, problems, instructions } = await client.importSources([{ path: `${name}.json`, bytes }]);
  for (const problem of problems) progress(problem.message);
  const fatal = problems.find((problem) => problem.fatal);
  if (fatal !== undefined) throw new DreamsError('invalid_input', 'The case could not be imported; the lines above say why.');
  const storeId = stores[0]?.id;
  if (typeof storeId !== 'string') throw new DreamsError('invalid_input', 'The case brought no memory store in.');
  const sessionIds = [...new Set(sessions.flatMap((session) => session.id ?? []))];
  return { storeId, sessionIds, instructions, events: sessions.reduce((sum, session) => sum + session.events, 0) };
}

/** Only a long dream is heard of before its end. */
const tellEveryMs = 15_000;

async function follow(id: string, { client, progress, signal }: CaseRun): Promise<void> {
  let told = Date.now();
  for await (const item of client.watchDream(id, { signal })) {
    if (item.kind !== 'progress' || Date.now() - told < tellEveryMs) continue;
    told = Date.now();
    const { stage, done, total, facts } = item.progress;
    progress(`${stage}: ${String(done)} of ${String(total)}, ${String(facts)} facts so far`);
  }
}

/** Under its name once it is whole, so that a run that was stopped leaves no half answer to be judged. */
export function writeStore(folder: string, name: string, store: unknown): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(`${file}.part`, `${JSON.stringify(store, null, 1)}\n`);
  renameSync(`${file}.part`, file);
}
