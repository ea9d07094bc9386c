import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { nodeArguments } from '../../client/up/entry-point.ts';
import { childEnvironment } from '../../config/environment.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { findBundle, findHistory } from '../../db/histories.ts';
import { dreamWorkflow, startDreamOptions } from '../../workflows/start-dream.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { replayDreams } from '../support/replayed.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const taskQueue = `archive-in-time-${String(process.pid)}`;

/** The product's worker with its own intervals. */
async function startWorker(url: string): Promise<void> {
  const env = childEnvironment({
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    OPEN_DREAMS_TASK_QUEUE: taskQueue,
    OPEN_DREAMS_THREADS: '1',
  });
  const child = spawn(process.execPath, nodeArguments('workers/main'), { env, stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  });
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.includes('worker ready') && resolve(line));
    child.once('exit', (code) => reject(new Error(`the worker ended with ${String(code)}`)));
  });
}

it('archives a history within 10 s of the dream’s end, with the bundle of the worker that ran it', async () => {
  const { database, url } = await databaseForTest();
  onTestFinished(() => replayDreams(database));
  await startWorker(url);
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  const client = new Client({ connection, namespace: 'default' });
  const storeId = await seedStore(database, { '/notes.md': '- The API listens on port 3000.\n' });
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now, not 3000.')])];
  const dreamId = await seedDream(database, { storeId, sessionIds });
  const dream = { workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 1, trigger: 'test', taskQueue };
  const handle = await client.workflow.start(dreamWorkflow, startDreamOptions(dream));
  await handle.result();
  const { row, history, bundle } = await vi.waitFor(
    () =>
      withWorkspace(database, workspaceId, async (tx) => {
        const dreamRow = await requireDream(tx, dreamId);
        expect(dreamRow.historyState).toBe('archived');
        const kept = await findHistory(tx, dreamId, handle.firstExecutionRunId);
        return { row: dreamRow, history: kept, bundle: await findBundle(tx, kept?.bundleSha256 ?? '') };
      }),
    { timeout: 60_000, interval: 100 },
  );
  const seconds = ((history?.createdAt.getTime() ?? Infinity) - (row.endedAt?.getTime() ?? 0)) / 1_000;
  expect(seconds).toBeLessThan(10);
  expect(bundle?.size).toBeGreaterThan(1_000_000);
}, 300_000);
