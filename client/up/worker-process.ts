/** The worker of `up`, started again whenever it dies. */
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DreamsError } from '../../domain/errors.ts';
import type { Child } from './child.ts';
import { endChild, killChild, spawnChild, tailOf } from './child.ts';
import { nodeArguments } from './entry-point.ts';

export interface WorkerOptions {
  env: Record<string, string>;
  logFile: string;
  progress: (line: string) => void;
  /** Told of each process, the first one too. */
  onSpawn: (pid: number) => void;
  signal: AbortSignal;
}

export interface WorkerService {
  stop(): Promise<void>;
  kill(): void;
}

/** It makes its workflow bundle first, which takes a loaded machine a while. */
const readyWithinMs = 120_000;
/** A worker that is told to stop lets running steps finish for 30 s. */
const patienceMs = 45_000;
const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** Having lived this long, its death counts as a new one. */
const healthyAfterMs = 30_000;

export async function startWorker(options: WorkerOptions): Promise<WorkerService> {
  const first = launch(options);
  const state = { child: first.child, stopping: false };
  const ready = await Promise.race([first.ready, first.child.ended, patience(options.signal)]);
  if (options.signal.aborted) {
    await endChild(first.child, { name: 'SIGTERM', patienceMs: 5_000 });
    options.signal.throwIfAborted();
  }
  if (ready !== 'ready') {
    killChild(first.child);
    throw new DreamsError('internal_error', `The worker did not start (${ready}): ${tailOf(options.logFile, 1)}`, {
      hint: `Its log is ${options.logFile}.`,
    });
  }
  const kept = keepAlive(state, options);
  return {
    stop: async () => {
      state.stopping = true;
      await endChild(state.child, { name: 'SIGTERM', patienceMs });
      await kept;
    },
    kill: () => {
      state.stopping = true;
      killChild(state.child);
    },
  };
}

/** Ends when the worker has had its time, or when nobody wants it any more. */
async function patience(signal: AbortSignal): Promise<string> {
  try {
    await sleep(readyWithinMs, undefined, { ref: false, signal });
    return 'no answer in time';
  } catch {
    return 'not wanted any more';
  }
}

function launch({ env, logFile, onSpawn }: WorkerOptions): { child: Child; ready: Promise<'ready'> } {
  let isReady: (value: 'ready') => void = () => undefined;
  const ready = new Promise<'ready'>((resolve) => {
    isReady = resolve;
  });
  const child = spawnChild(execPath, nodeArguments('workers/main'), {
    env,
    logFile,
    onOutput: (line) => {
      if (line.includes('"worker ready"')) isReady('ready');
    },
  });
  onSpawn(child.pid);
  return { child, ready };
}

async function keepAlive(state: { child: Child; stopping: boolean }, options: WorkerOptions): Promise<void> {
  let delayMs = firstDelayMs;
  for (;;) {
    const since = Date.now();
    const how = await state.child.ended;
    if (state.stopping) return;
    if (Date.now() - since > healthyAfterMs) delayMs = firstDelayMs;
    options.progress(
      `The worker (process ${String(state.child.pid)}) ended with ${how}; starting it again in ${String(delayMs / 1000)} s. Its log is ${options.logFile}.`,
    );
    // In small steps, so that a stop does not have to wait for the longest delay.
    for (let waited = 0; waited < delayMs; waited += 100) {
      await sleep(100);
      if (state.stopping) return;
    }
    delayMs = Math.min(delayMs * 2, longestDelayMs);
    state.child = launch(options).child;
    options.progress(`The worker runs again as process ${String(state.child.pid)}.`);
  }
}
