/** What all tests together replayed, and what none of them did: asked when the last one has ended. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';

interface Replayed {
  runId: string;
  events: number;
  ms: number;
}

/** A line for who waits for the tests. */
export function replaySummary(folder: string): string {
  const replays = readReplayed(folder);
  const seconds = replays.reduce((sum, { ms }) => sum + ms, 0) / 1_000;
  return `Replayed ${String(new Set(replays.map(({ runId }) => runId)).size)} executions of this run's tests in ${seconds.toFixed(1)} s.`;
}

/**
 * Names the executions of the server that no test replayed, or whose end none did. Visibility, which knows a run some moments
 * after it started, has long heard of every one by now.
 */
export async function neverReplayed(address: string, folder: string): Promise<string[]> {
  const replayed = new Map<string, number>();
  for (const { runId, events } of readReplayed(folder)) replayed.set(runId, Math.max(replayed.get(runId) ?? 0, events));
  const connection = await Connection.connect({ address });
  try {
    const missing: string[] = [];
    for await (const { workflowId, runId, historyLength, status, taskQueue } of new Client({ connection }).workflow.list()) {
      const events = replayed.get(runId);
      const name = `${workflowId} (run ${runId}, queue ${taskQueue}, ${status.name})`;
      if (events === undefined) missing.push(`${name} was never replayed`);
      else if (status.name !== 'RUNNING' && events < historyLength)
        missing.push(`${name} went on after it was replayed: ${String(events)} of ${String(historyLength)} events`);
    }
    return missing;
  } finally {
    await connection.close();
  }
}

function readReplayed(folder: string): Replayed[] {
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'));
  return lines.map((line) => {
    const [, runId = '', events = '', ms = ''] = line.split(' ');
    return { runId, events: Number(events), ms: Number(ms) };
  });
}
