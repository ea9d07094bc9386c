/** Measures one whole dream over sessions of invented text: megabytes a second, seconds a step, memory of the worker. */
import { writeFileSync } from 'node:fs';
import { catchInterrupts } from '../client/cli/interrupts.ts';
import { reportError } from '../client/cli/report-error.ts';
import { Terminal } from '../client/cli/terminal.ts';
import type { DreamsClient } from '../client/dreams-client.ts';
import { openDreamsClient } from '../client/dreams-client.ts';
import { readEnvironment } from '../config/environment.ts';
import { openServers } from './servers.ts';
import type { SpeedOptions } from './speed/command.ts';
import { speedCommand } from './speed/command.ts';
import type { SpeedResult } from './speed/cost-table.ts';
import { costTable } from './speed/cost-table.ts';
import { dreamAndMeasure } from './speed/dream-cost.ts';
import { makeSession } from './speed/sessions.ts';

const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr });
const progress = (line: string): void => terminal.progress(line);
const interrupts = catchInterrupts();
const signal = interrupts.take();

async function measure(options: SpeedOptions): Promise<void> {
  const environment = readEnvironment();
  const { workspaceId, taskQueue } = environment;
  // Whatever the environment names: only a worker of this machine can be looked at.
  const own = { ...environment, databaseUrl: undefined, temporal: { ...environment.temporal, address: undefined } };
  const running = await openServers({ environment: own, dataFolder: options.data, progress, signal });
  try {
    const { databaseUrl, temporal } = running.servers;
    const client = await openDreamsClient({ databaseUrl, temporal, workspaceId, taskQueue });
    try {
      const begun = performance.now();
      const imported = await importSessions(client, options);
      const importSeconds = (performance.now() - begun) / 1000;
      progress(`imported ${String(imported.sessionIds.length)} sessions in ${importSeconds.toFixed(1)} s; dreaming`);
      const cost = await dreamAndMeasure({ client, running, sessionIds: imported.sessionIds, signal });
      const { sessionIds, events, characters } = imported;
      const result: SpeedResult = {
        mix: options.mix,
        sessions: sessionIds.length,
        megabytes: characters / 1e6,
        events,
        importSeconds,
        ...cost,
      };
      if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(result, null, 1)}\n`);
      terminal.result(costTable(result));
    } finally {
      await client.close();
    }
  } finally {
    await running.stop();
  }
}

interface ImportedSessions {
  sessionIds: string[];
  events: number;
  characters: number;
}

/** One by one, so that the driver never holds them all. */
async function importSessions(
  client: DreamsClient,
  { mb, sessions = Math.min(mb, 100), mix, seed }: SpeedOptions,
): Promise<ImportedSessions> {
  const sum: ImportedSessions = { sessionIds: [], events: 0, characters: 0 };
  for (let number = 0; number < sessions; number++) {
    signal.throwIfAborted();
    const { path, bytes, characters } = makeSession(seed, number, (mb * 1e6) / sessions, mix);
    const { sessions: results } = await client.importSources([{ path, bytes }]);
    for (const { id, events } of results) {
      if (id !== null) sum.sessionIds.push(id);
      sum.events += events;
    }
    sum.characters += characters;
  }
  return sum;
}

try {
  await speedCommand(measure).parseAsync();
} catch (error) {
  process.exitCode = reportError(error, terminal, false);
} finally {
  interrupts.release();
}
