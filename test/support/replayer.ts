/** One replay worker for all histories of a test file: making it costs far more than a replay does. */
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { quietRuntime } from './quiet-runtime.ts';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

interface Job {
  workflowId: string;
  history: History;
  settle: (error: Error | undefined) => void;
}

const waiting: Job[] = [];
let wake: () => void = () => undefined;
let closed = false;
let running: Promise<void> | undefined;

/** Replays a history against today's workflow code; throws what the SDK says where the two differ. */
export async function replay(workflowId: string, history: History): Promise<void> {
  running ??= run();
  const error = await new Promise<Error | undefined>((resolve) => {
    waiting.push({ workflowId, history, settle: resolve });
    wake();
  });
  if (error !== undefined) throw error;
}

/** Ends the worker with the test file. */
export async function closeReplayer(): Promise<void> {
  closed = true;
  wake();
  await running;
}

/** The SDK replays one history after the other, so results come in the order of the jobs. */
async function run(): Promise<void> {
  quietRuntime();
  const taken: Job[] = [];
  async function* histories(): AsyncGenerator<Job> {
    while (!closed) {
      const job = waiting.shift();
      if (job === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else {
        taken.push(job);
        yield job;
      }
    }
  }
  try {
    for await (const { error } of Worker.runReplayHistories({ workflowBundle: { codePath: inject('bundlePath') } }, histories()))
      taken.shift()?.settle(error);
  } catch (error) {
    for (const job of [...taken, ...waiting]) job.settle(error as Error);
    running = undefined;
  }
}
