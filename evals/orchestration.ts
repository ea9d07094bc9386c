/** Measures what the orchestration costs: the wall time of a dream over what its engine calls alone take. */
import { writeFileSync } from 'node:fs';
import { catchInterrupts } from '../client/cli/interrupts.ts';
import { reportError } from '../client/cli/report-error.ts';
import { Terminal } from '../client/cli/terminal.ts';
import { readEnvironment } from '../config/environment.ts';
import { DreamsError } from '../domain/errors.ts';
import type { OrchestrationOptions } from './orchestration/command.ts';
import { orchestrationCommand } from './orchestration/command.ts';
import type { OrchestrationResult } from './orchestration/cost-table.ts';
import { orchestrationTable } from './orchestration/cost-table.ts';
import { measureDream } from './orchestration/measure-dream.ts';
import { startTimedWorker } from './orchestration/timed-worker.ts';
import { openServers } from './servers.ts';

const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr });
const progress = (line: string): void => terminal.progress(line);
const interrupts = catchInterrupts();
const signal = interrupts.take();

async function measure({ sessions, windows, lines, latency, runs, seed, out }: OrchestrationOptions): Promise<void> {
  const environment = readEnvironment();
  // Whatever the environment names: somebody else's dreams would be in the way.
  const own = { ...environment, databaseUrl: undefined, temporal: { ...environment.temporal, address: undefined } };
  const running = await openServers({ environment: own, dataFolder: undefined, progress, signal });
  try {
    const { databaseUrl, temporal } = running.servers;
    if (temporal === undefined) throw new DreamsError('temporal_unreachable', 'The servers that were started have no Temporal server.');
    const { workspaceId } = environment;
    const worker = await startTimedWorker({ databaseUrl, temporal, workspaceId, latencyMs: latency, signal });
    const result: OrchestrationResult = { sessions, windows, lines, latencyMs: latency, runs: [] };
    try {
      for (let run = 1; run <= runs; run++) {
        const size = { sessions, windows, lines };
        const measured = await measureDream({
          worker,
          databaseUrl,
          temporal,
          workspaceId,
          size,
          latencyMs: latency,
          seed: seed + run - 1,
          progress,
        });
        result.runs.push(measured);
        progress(`run ${String(run)} of ${String(runs)}: ${(measured.wallMs / 1000).toFixed(2)} s, ratio ${measured.ratio.toFixed(3)}`);
      }
    } finally {
      await worker.stop();
    }
    if (out !== undefined) writeFileSync(out, `${JSON.stringify(result, null, 1)}\n`);
    terminal.result(orchestrationTable(result));
  } finally {
    await running.stop();
  }
}

try {
  await orchestrationCommand(measure).parseAsync();
} catch (error) {
  process.exitCode = reportError(error, terminal, false);
} finally {
  interrupts.release();
}
