/** Drives the product over a folder of cases, writes the stores that come out, and has them scored where a scorer is. */
import { catchInterrupts } from '../client/cli/interrupts.ts';
import { reportError } from '../client/cli/report-error.ts';
import { Terminal } from '../client/cli/terminal.ts';
import { openDreamsClient } from '../client/dreams-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { DreamsError } from '../domain/errors.ts';
import type { EvalOptions } from './command.ts';
import { evalCommand } from './command.ts';
import { driveCases } from './drive-cases.ts';
import type { CaseSet } from './list-sets.ts';
import { listSets } from './list-sets.ts';
import { readPeakMemory } from './measures.ts';
import { resultTable, seconds } from './result-table.ts';
import { scoreSets } from './score-sets.ts';
import { openServers } from './servers.ts';

const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr });
const progress = (line: string): void => terminal.progress(line);
const interrupts = catchInterrupts();
const signal = interrupts.take();

async function evaluate(folder: string, options: EvalOptions): Promise<void> {
  const { out, earlier, scorers } = options;
  if (earlier === out)
    throw new DreamsError('invalid_input', 'The folders of --out and --earlier are the same.', {
      hint: 'Let this run write to another folder.',
    });
  const sets = listSets(folder);
  const { done, failed } = await dreamOver(sets, options);
  if (failed > 0) process.exitCode = 1;
  if (done === 0) return;
  terminal.result(`\n${await scoreSets(sets, { scorers, out, earlier, progress, signal })}`);
}

async function dreamOver(sets: readonly CaseSet[], { out, model, jobs, data }: EvalOptions): Promise<{ done: number; failed: number }> {
  const environment = readEnvironment();
  const running = await openServers({ environment, dataFolder: data, progress, signal });
  try {
    const { servers } = running;
    const { databaseUrl, temporal } = servers;
    const { workspaceId, taskQueue } = environment;
    const client = await openDreamsClient({ databaseUrl, temporal, workspaceId, taskQueue });
    try {
      const begun = performance.now();
      const results = await driveCases(sets, { client, servers, model, jobs, out, progress, signal });
      const failed = results.filter((result) => 'reason' in result).length;
      const done = results.length - failed;
      const took = `${String(done)} of ${String(results.length)} cases in ${seconds(performance.now() - begun)} s, ${String(jobs)} at once`;
      const peak = readPeakMemory(running.workerPid());
      const memory = peak === null ? '' : `, peak memory of the worker ${(peak / 1e6).toFixed(0)} MB`;
      terminal.result(`${resultTable(results)}\n\n${took}${memory}`);
      return { done, failed };
    } finally {
      await client.close();
    }
  } finally {
    await running.stop();
  }
}

try {
  await evalCommand(evaluate).parseAsync();
} catch (error) {
  process.exitCode = reportError(error, terminal, false);
} finally {
  interrupts.release();
}
