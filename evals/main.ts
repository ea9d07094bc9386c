/** Drives the product over a folder of cases and writes the stores that come out, to be judged elsewhere. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { catchInterrupts } from '../client/cli/interrupts.ts';
import { reportError } from '../client/cli/report-error.ts';
import { Terminal } from '../client/cli/terminal.ts';
import type { DreamsClient } from '../client/dreams-client.ts';
import { openDreamsClient } from '../client/dreams-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { isDreamsError } from '../domain/errors.ts';
import { readPeakMemory } from './measures.ts';
import type { CaseFile } from './read-case.ts';
import { listCases } from './read-case.ts';
import type { CaseFailure } from './result-table.ts';
import { resultTable, seconds } from './result-table.ts';
import type { CaseResult } from './run-case.ts';
import { runCase } from './run-case.ts';
import type { RunningServers } from './servers.ts';
import { openServers } from './servers.ts';

interface Options {
  out: string;
  model: string;
  data?: string;
}

const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr });
const interrupts = catchInterrupts();
const signal = interrupts.take();

async function drive(folder: string, { out, model, data }: Options): Promise<void> {
  const cases = listCases(resolve(folder));
  const environment = readEnvironment();
  const running = await openServers({ environment, dataFolder: data, progress: (line) => terminal.progress(line), signal });
  try {
    const { databaseUrl, temporal } = running.servers;
    const client = await openDreamsClient({
      databaseUrl,
      temporal,
      workspaceId: environment.workspaceId,
      taskQueue: environment.taskQueue,
    });
    try {
      await driveAll(cases, { client, running, model, out: resolve(out) });
    } finally {
      await client.close();
    }
  } finally {
    await running.stop();
  }
}

async function driveAll(
  cases: readonly CaseFile[],
  { client, running, model, out }: { client: DreamsClient; running: RunningServers; model: string; out: string },
): Promise<void> {
  const begun = performance.now();
  const results: (CaseResult | CaseFailure)[] = [];
  for (const [index, one] of cases.entries()) {
    terminal.progress(`[${String(index + 1)}/${String(cases.length)}] ${one.name}`);
    const run = { client, servers: running.servers, model, outFolder: out, progress: (line: string) => terminal.progress(line), signal };
    const result = await attempt(one, run);
    results.push(result);
    terminal.progress(
      'reason' in result
        ? `  failed: ${result.reason}`
        : `  ${seconds(result.totalMs)} s, ${String(result.sessions)} sessions, ${String(result.facts)} facts, ${String(result.changes)} changes`,
    );
  }
  const failed = results.filter((result) => 'reason' in result).length;
  const peak = readPeakMemory(running.workerPid());
  terminal.result(
    `${resultTable(results)}\n\n${String(cases.length - failed)} of ${String(cases.length)} cases in ${seconds(performance.now() - begun)} s${peak === null ? '' : `, peak memory of the worker ${(peak / 1e6).toFixed(0)} MB`}`,
  );
  if (failed > 0) process.exitCode = 1;
}

/** A case that fails says why, and the next one has its turn. */
async function attempt(one: CaseFile, run: Parameters<typeof runCase>[1]): Promise<CaseResult | CaseFailure> {
  try {
    return await runCase(one, run);
  } catch (error) {
    signal.throwIfAborted();
    // What a parser or a driver says may quote the case.
    return { name: one.name, reason: isDreamsError(error) ? error.message : (error as Error).name };
  }
}

const program = new Command('eval')
  .description(
    'Dream over each case of a folder and write <out>/<case>.json, the new store in the neutral form with its sources.\nA case is {memory_store, sessions, instructions?}; whatever else it holds is cut away before the product sees it.',
  )
  .argument('<folder>', 'cases, .json or .json.gz')
  .requiredOption('--out <folder>', 'where the stores go')
  .option('--model <id>', 'who judges', 'offline')
  .option('--data <folder>', 'data folder of a running "dreams up" to use', (value) => resolve(value))
  .addHelpText(
    'after',
    '\nWithout --data, and unless DATABASE_URL and TEMPORAL_ADDRESS name servers that run with a worker, everything is started for the run and stopped after it.\n\nExamples:\n  $ npm run eval -- ./cases --out ./dreamed\n  $ npm run eval -- ./cases --out ./dreamed --data ./try\n',
  )
  .exitOverride()
  .configureOutput({ outputError: () => undefined })
  .action(drive);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error, terminal, false);
} finally {
  interrupts.release();
}
