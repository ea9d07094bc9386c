import { expect, it, vi } from 'vitest';
import { createLog } from '../../config/log.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { sweepOnce } from '../../workers/sweep.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { runningWorker } from '../support/running-worker.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

it('starts a dream whose caller died between its row and its workflow, and starts it once', async () => {
  const { database } = await databaseForTest();
  const engine = createOfflineEngine({ threads: 1 });
  const worker = await runningWorker({ database, engines: { offline: engine } });
  const storeId = await seedStore(database, {});
  const dreamId = await seedDream(database, {
    storeId,
    sessionIds: [await seedSession(database, '2026-10-01T09:00:00Z', [user('We deploy on Tuesdays.')])],
  });
  const settings = { database, client: worker.client, taskQueue: worker.taskQueue, log: createLog('silent') };
  const patience = { olderThanSeconds: 0, lostAfterSeconds: 600 };
  expect(await sweepOnce({ ...settings, patience: { ...patience, olderThanSeconds: 3_600 } })).toEqual([]);
  // Two sweeps at once, as two workers would.
  const swept = await Promise.all([sweepOnce({ ...settings, patience }), sweepOnce({ ...settings, patience })]);
  expect(swept.flat()).toContainEqual({ dreamId, did: 'started' });
  await vi.waitFor(
    async () =>
      expect(await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId))).toMatchObject({ outcome: 'committed' }),
    { timeout: 30_000, interval: 100 },
  );
  await worker.client.workflow.getHandle(dreamId).result();
  await worker.stop();
  await engine.close();
});
