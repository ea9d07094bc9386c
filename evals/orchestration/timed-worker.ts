/** A worker process with the timed engine, on a queue of its own: the worker that came with the servers has another engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { endChild, spawnChild, tailOf } from '../../client/up/child.ts';
import { workerLimits } from '../../client/up/entry-point.ts';
import { temporalEnvironment } from '../../client/up/temporal-process.ts';
import { childEnvironment } from '../../config/environment.ts';
import type { TemporalSettings } from '../../config/temporal.ts';
import { DreamsError } from '../../domain/errors.ts';
import type { Call } from './calls.ts';
import { readCalls } from './calls.ts';
import { packsInFlight } from './cost.ts';

export interface TimedWorker {
  taskQueue: string;
  /** All calls that its engine has answered. */
  calls(): Call[];
  /** Fails when the worker ends or the signal comes; else never settles. */
  broken: Promise<never>;
  stop(): Promise<void>;
}

export interface TimedWorkerOptions {
  databaseUrl: string;
  temporal: TemporalSettings;
  workspaceId: string;
  latencyMs: number;
  signal: AbortSignal;
}

export async function startTimedWorker({
  databaseUrl,
  temporal,
  workspaceId,
  latencyMs,
  signal,
}: TimedWorkerOptions): Promise<TimedWorker> {
  const taskQueue = `orchestration-${String(pid)}`;
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-orchestration-'));
  const journal = join(folder, 'calls.jsonl');
  const logFile = join(folder, 'worker.log');
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const program = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const child = spawnChild(execPath, [...workerLimits, '--import', import.meta.resolve('tsx'), program, String(latencyMs), journal], {
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      DATABASE_ADMIN_URL: undefined,
      OPEN_DREAMS_WORKSPACE: workspaceId,
      OPEN_DREAMS_TASK_QUEUE: taskQueue,
      // The slots of the engine's queue. Its calls only wait, so more of them than cores do no harm.
      OPEN_DREAMS_THREADS: String(packsInFlight),
      ...temporalEnvironment(temporal, true),
    }),
    logFile,
    onOutput: (line) => {
      if (line.includes('"worker ready"')) isReady();
    },
  });
  const stop = async (): Promise<void> => {
    await endChild(child, { name: 'SIGTERM', patienceMs: 45_000 });
    rmSync(folder, { recursive: true, force: true });
  };
  const broken = breaks(child.ended, () => tailOf(logFile, 1), signal);
  // Whoever waits for it hears of it; before somebody does, it is no failure of the process.
  broken.catch(() => undefined);
  try {
    await Promise.race([ready, broken]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { taskQueue, calls: () => readCalls(journal), broken, stop };
}

async function breaks(ended: Promise<string>, lastWords: () => string, signal: AbortSignal): Promise<never> {
  const aborted = new Promise<string>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  const how = await Promise.race([ended, aborted]);
  signal.throwIfAborted();
  throw new DreamsError('internal_error', `The worker with the timed engine ended before its dream (${how}): ${lastWords()}`);
}
