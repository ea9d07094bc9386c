/** Drives nights in a row over a folder of cases and says how far their last store is from that of one dream. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catchInterrupts } from '../../client/cli/interrupts.ts';
import { reportError } from '../../client/cli/report-error.ts';
import { Terminal } from '../../client/cli/terminal.ts';
import { openDreamsClient } from '../../client/dreams-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { CaseSet } from '../list-sets.ts';
import { listSets } from '../list-sets.ts';
import { runScorer, scorerFile } from '../run-scorer.ts';
import { openServers } from '../servers.ts';
import type { NightsOptions } from './command.ts';
import { nightsCommand } from './command.ts';
import { driftTable, scoresTable } from './nights-table.ts';
import { nightsFolder, oneFolder, runNights } from './run-nights.ts';

const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr });
const progress = (line: string): void => terminal.progress(line);
const interrupts = catchInterrupts();
const signal = interrupts.take();

async function evaluateNights(folder: string, options: NightsOptions): Promise<void> {
  const sets = listSets(folder);
  const { model, jobs, nights, out, data, scorers } = options;
  const environment = readEnvironment();
  const running = await openServers({ environment, dataFolder: data, progress, signal });
  try {
    const { servers } = running;
    const { workspaceId, taskQueue } = environment;
    const client = await openDreamsClient({ databaseUrl: servers.databaseUrl, temporal: servers.temporal, workspaceId, taskQueue });
    try {
      const results = await runNights(sets, { client, servers, model, jobs, nights, out, progress, signal });
      if (results.some((result) => 'reason' in result)) process.exitCode = 1;
      terminal.result(driftTable(results));
    } finally {
      await client.close();
    }
  } finally {
    await running.stop();
  }
  if (!existsSync(join(scorers, scorerFile)))
    terminal.result(`\nNo scores: ${JSON.stringify(scorers)} holds no ${scorerFile}; --scorers names the folder that does.`);
  else for (const set of sets) terminal.result(`\n${await score(set, out, scorers)}`);
}

async function score({ name, folder, place }: CaseSet, out: string, scorers: string): Promise<string> {
  const scored = [];
  for (const kind of [oneFolder, nightsFolder])
    scored.push(await runScorer({ scorers, cases: folder, stores: join(out, kind, place), kinds: [], signal }));
  const [one, nights] = scored;
  if (one === undefined || nights === undefined) return `No scores for ${name}.`;
  if ('missing' in one) return `No scores for ${name}: ${one.missing}`;
  if ('missing' in nights) return `No scores for ${name}: ${nights.missing}`;
  return scoresTable(name, one.ours, nights.ours);
}

try {
  await nightsCommand(evaluateNights).parseAsync();
} catch (error) {
  process.exitCode = reportError(error, terminal, false);
} finally {
  interrupts.release();
}
