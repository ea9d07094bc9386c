import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { vi } from 'vitest';
import { idsFound, readRun } from './executions.ts';
import { freePort } from './free-port.ts';
import { replayRun } from './replayed.ts';

const script = fileURLToPath(new URL('../../temporal-dev.sh', import.meta.url));

/**
 * Replays every execution that a command with servers of its own left in its data folder, when those servers are down: the
 * Temporal server's database is a file, so another one reads it. Answers how many there were.
 */
export async function replayFolder(dataFolder: string): Promise<number> {
  const [port, uiPort] = [await freePort(), await freePort()];
  const server = spawn(script, ['start', '--foreground', '--data', dataFolder, '--port', String(port), '--ui-port', String(uiPort)], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const connection = await vi.waitFor(() => Connection.connect({ address: `127.0.0.1:${String(port)}` }), {
      timeout: 60_000,
      interval: 100,
    });
    const client = new Client({ connection });
    const found = await idsFound(client, '');
    for (const { workflowId, runId } of found) {
      const run = await readRun(client, workflowId, runId);
      if (run !== undefined) await replayRun(run);
    }
    await connection.close();
    return found.length;
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}
