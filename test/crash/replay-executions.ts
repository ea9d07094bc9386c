/** Every execution that the kills were done to is replayed too: a history that was cut and taken over is still the code's. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { runsOf } from '../support/executions.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import type { Servers } from './databases.ts';

/** Replays every run of the dream against the code that it ran with; throws where it would decide otherwise. */
export async function replayExecutions(client: Client, { bundlePath, replayedFolder }: Servers, workflowId: string): Promise<void> {
  quietRuntime();
  for (const { runId, history } of await runsOf(client, workflowId)) {
    const events = history.events ?? [];
    const from = performance.now();
    // Before its first task was done no code has decided anything; the SDK has nothing to replay.
    if (events.some((event) => event.workflowTaskCompletedEventAttributes))
      await Worker.runReplayHistory({ workflowBundle: { codePath: bundlePath } }, history, workflowId);
    if (replayedFolder === undefined) continue;
    const line = `${workflowId} ${runId} ${String(events.length)} ${(performance.now() - from).toFixed(0)}\n`;
    appendFileSync(join(replayedFolder, `crash-${String(process.pid)}.txt`), line);
  }
}
