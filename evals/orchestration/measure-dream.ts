/** One dream with the timed engine in a worker of its own, and what it took. */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { openDreamsClient } from '../../client/dreams-client.ts';
import { connectTemporal } from '../../client/temporal-server.ts';
import type { Child } from '../../client/up/child.ts';
import { endChild, spawnChild, tailOf } from '../../client/up/child.ts';
import { temporalEnvironment } from '../../client/up/temporal-process.ts';
import { childEnvironment } from '../../config/environment.ts';
import type { TemporalSettings } from '../../config/temporal.ts';
import { DreamsError } from '../../domain/errors.ts';
import { importCase } from '../run-case.ts';
import { readCalls } from './calls.ts';
import type { OrchestrationCost } from './cost.ts';
import { orchestrationCost, packsInFlight } from './cost.ts';
import type { MaterialSize } from './material.ts';
import { makeMaterial } from './material.ts';
import { timelineOf } from './timeline.ts';

export interface MeasuredDream extends OrchestrationCost {
  historyEvents: number;
  historyBytes: number;
  facts: number;
  changes: number;
  /** Processes that wanted the machine in the minute before the dream began. */
  load: number;
}

export interface Measure {
  databaseUrl: string;
  temporal: TemporalSettings;
  workspaceId: string;
  size: MaterialSize;
  latencyMs: number;
  seed: number;
  progress: (line: string) => void;
  signal: AbortSignal;
}

export async function measureDream(measure: Measure): Promise<MeasuredDream> {
  const { databaseUrl, temporal, workspaceId, latencyMs, progress, signal } = measure;
  // A queue of its own: the worker that came with the servers has another engine.
  const taskQueue = `orchestration-${String(process.pid)}-${String(measure.seed)}`;
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-orchestration-'));
  const journal = join(folder, 'calls.jsonl');
  const client = await openDreamsClient({ databaseUrl, temporal, workspaceId, taskQueue });
  const server = await connectTemporal(temporal);
  let worker: Child | undefined;
  try {
    const { path, bytes } = makeMaterial(measure.seed, measure.size);
    const { storeId, sessionIds } = await importCase(client, { name: path.replace(/\.json$/, ''), bytes }, progress);
    const logFile = join(folder, 'worker.log');
    const launched = launch({ ...measure, taskQueue, journal, logFile });
    worker = launched.worker;
    const broken = breaks(launched.worker, logFile, signal);
    await Promise.race([launched.ready, broken]);
    const [load = 0] = loadavg();
    const { dream } = await client.createDream({ storeId, sessionIds, model: 'offline' });
    const handle = server.client.workflow.getHandle(dream.id);
    // Waiting for the result puts no question to the workflow, which watching would.
    await Promise.race([handle.result(), broken]);
    const { events } = await handle.fetchHistory();
    const shown = await client.showDream(dream.id);
    return {
      ...orchestrationCost(timelineOf(events ?? []), readCalls(journal), latencyMs),
      historyEvents: events?.length ?? 0,
      historyBytes: (await handle.describe()).historySize ?? 0,
      facts: (shown.open_dreams.coverage?.sessions ?? []).reduce((sum, session) => sum + session.facts, 0),
      changes: shown.changes.length,
      load,
    };
  } finally {
    if (worker !== undefined) await endChild(worker, { name: 'SIGTERM', patienceMs: 45_000 });
    await server.close();
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Launch extends Measure {
  taskQueue: string;
  journal: string;
  logFile: string;
}

function launch({ databaseUrl, temporal, workspaceId, latencyMs, taskQueue, journal, logFile }: Launch): {
  worker: Child;
  ready: Promise<void>;
} {
  const env = childEnvironment({
    DATABASE_URL: databaseUrl,
    DATABASE_ADMIN_URL: undefined,
    OPEN_DREAMS_WORKSPACE: workspaceId,
    OPEN_DREAMS_TASK_QUEUE: taskQueue,
    // The slots of the engine's queue. Its calls only wait, so more of them than cores do no harm.
    OPEN_DREAMS_THREADS: String(packsInFlight),
    ...temporalEnvironment(temporal, true),
  });
  const program = fileURLToPath(new URL('./worker.ts', import.meta.url));
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const worker = spawnChild(execPath, ['--import', import.meta.resolve('tsx'), program, String(latencyMs), journal], {
    env,
    logFile,
    onOutput: (line) => {
      if (line.includes('"worker ready"')) isReady();
    },
  });
  return { worker, ready };
}

/** Fails when there is nothing more to wait for. */
async function breaks(worker: Child, logFile: string, signal: AbortSignal): Promise<never> {
  const aborted = new Promise<string>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  const how = await Promise.race([worker.ended, aborted]);
  signal.throwIfAborted();
  throw new DreamsError('internal_error', `The worker with the timed engine ended before its dream (${how}): ${tailOf(logFile, 1)}`);
}
