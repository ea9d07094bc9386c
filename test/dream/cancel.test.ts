import { expect, it, vi } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { endDream, requireDream } from '../../db/dreams.ts';
import { readHeads } from '../../db/memories.ts';
import { noUsage } from '../../domain/usage.ts';
import type { Engine } from '../../engines/engine.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { runningWorker } from '../support/running-worker.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

/** Answers its first window at once and works on every other one until it is stopped. */
function stoppableEngine(): Engine & { asked: number; stopped: number } {
  const engine = {
    name: 'offline' as const,
    version: 'test',
    packSize: 0,
    itemsInPack: 1_500,
    asked: 0,
    stopped: 0,
    async extractFacts(question: Parameters<Engine['extractFacts']>[0], { signal }: { signal: AbortSignal }) {
      engine.asked += 1;
      if (engine.asked > 1) {
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
        engine.stopped += 1;
      }
      return { value: question.windows.map((window) => ({ windowSha256: window.sha256, facts: [] })), usage: noUsage };
    },
    reconcileGroups: () => Promise.reject(new Error('not reached')),
    minePatterns: () => Promise.reject(new Error('not reached')),
  };
  return engine;
}

it('stops at a cancel, leaves the output an unchanged copy, and says what had been read', async () => {
  const { database } = await databaseForTest();
  const engine = stoppableEngine();
  const worker = await runningWorker({ database, engines: { offline: engine } });
  const storeId = await seedStore(database, { '/notes.md': '- Deploys go out on Tuesdays.\n' });
  const sessionIds = [];
  for (const day of ['01', '02', '03'])
    sessionIds.push(await seedSession(database, `2026-10-${day}T09:00:00Z`, [user(`We shipped release ${day}.`)]));
  const dreamId = await seedDream(database, { storeId, sessionIds });
  const handle = await worker.client.workflow.start(
    'dream',
    startDreamOptions({ workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 3, trigger: 'test', taskQueue: worker.taskQueue }),
  );
  await vi.waitFor(() => expect(engine.asked).toBeGreaterThan(1), { timeout: 30_000, interval: 50 });
  await vi.waitFor(async () => expect(await handle.query<{ done: number }, []>('progress')).toMatchObject({ done: 1 }), {
    timeout: 30_000,
    interval: 50,
  });

  const from = Date.now();
  await withWorkspace(database, workspaceId, (tx) => endDream(tx, dreamId, { status: 'canceled', outcome: 'canceled', error: null }));
  await handle.signal('cancelDream', { by: 'test' });
  expect(await handle.result()).toMatchObject({ outcome: 'canceled' });
  expect(Date.now() - from).toBeLessThan(5_000);

  await withWorkspace(database, workspaceId, async (tx) => {
    const dream = await requireDream(tx, dreamId);
    expect(dream).toMatchObject({
      status: 'canceled',
      outcome: 'canceled',
      draftId: null,
      coverage: { windows: 3, noSignal: 1, read: 0, failed: 0 },
    });
    expect(dream.coverage?.sessions.map((session) => session.state)).toEqual(expect.arrayContaining(['no_signal', 'planned']));
    const [input, output] = [await readHeads(tx, storeId), await readHeads(tx, dream.outputStoreId ?? '')];
    expect(output.map(({ path, sha256 }) => [path, sha256])).toEqual(input.map(({ path, sha256 }) => [path, sha256]));
  });
  await worker.stop();
});
