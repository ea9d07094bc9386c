/** Imports what paths name, group by group, and says what came in. */
import type { Problem } from '../../sources/source.ts';
import type { DreamsClient } from '../dreams-client.ts';
import type { ImportResult } from '../import-sources.ts';
import { readPaths } from './read-paths.ts';
import type { PathGroup } from './read-paths.ts';
import { counted, excerpt } from './render/words.ts';
import type { Terminal } from './terminal.ts';

const reportEveryMs = 2_000;

export async function importPaths(
  client: DreamsClient,
  paths: readonly string[],
  dryRun: boolean,
  terminal: Terminal,
): Promise<ImportResult> {
  const result: ImportResult = { stores: [], sessions: [], problems: [], skipped: [], instructions: null };
  for (const group of await readPaths(paths)) {
    const one = await importGroup(client, group, dryRun, terminal);
    result.stores.push(...one.stores);
    result.sessions.push(...one.sessions);
    result.problems.push(...one.problems.map((problem) => toleratedIn(group, problem)));
    result.skipped.push(...one.skipped);
    result.instructions ??= one.instructions;
    if (group.leftOut > 0)
      terminal.progress(`${counted(group.leftOut, 'file')} of other kinds in ${excerpt(group.folderName, 80)} left out.`);
  }
  for (const store of result.stores)
    if (store.existed)
      terminal.progress(`The store "${excerpt(store.name, 80)}" is there already with the same bytes (${store.id ?? ''}).`);
  if (result.instructions !== null)
    terminal.progress('The import brings instructions along; hand them to the dream with --instructions if you want them to count.');
  return result;
}

async function importGroup(client: DreamsClient, group: PathGroup, dryRun: boolean, terminal: Terminal): Promise<ImportResult> {
  terminal.progress(`Reading ${counted(group.count, 'file')} from ${excerpt(group.folderName, 80)}`);
  let told = Date.now();
  const onProgress = (done: number, total: number): void => {
    if (Date.now() - told < reportEveryMs) return;
    told = Date.now();
    terminal.progress(`  ${String(done)} of ${String(total)} sessions and stores`);
  };
  return await client.importSources(await group.read(), { dryRun, folderName: group.folderName, onProgress });
}

/** A tool's own JSON beside its transcripts is no mistake of whoever named the folder. */
function toleratedIn(group: PathGroup, problem: Problem): Problem {
  return group.isFolder && problem.code === 'unknown_format' ? { ...problem, fatal: false } : problem;
}
