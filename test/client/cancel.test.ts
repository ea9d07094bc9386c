import { sql } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { readHeads } from '../../db/memories.ts';
import { lockStore } from '../../db/stores.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { runToDraft, stepRunner } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { facade } from './support.ts';

/** A dream with a checked draft, ready to be committed. */
async function readyToCommit(database: Database) {
  const engine = createOfflineEngine({ threads: 1 });
  const steps = createActivities({ database, engines: { offline: engine } });
  const run = stepRunner(steps);
  const storeId = await seedStore(database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now.')])];
  const dreamId = await seedDream(database, { storeId, sessionIds });
  const input = { workspaceId, dreamId };
  const draft = await runToDraft(run, dreamId);
  await engine.close();
  const dream = await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId));
  return {
    dreamId,
    storeId,
    outputStoreId: dream.outputStoreId ?? '',
    commit: () => run('commitDream', { ...input, draftId: draft.draftId, digest: draft.digest }),
  };
}

/** Path and hash of every memory of a store. */
const contentsOf = (database: Database, storeId: string) =>
  withWorkspace(database, workspaceId, async (tx) => (await readHeads(tx, storeId)).map(({ path, sha256 }) => [path, sha256]));

/** Waits until so many connections wait for a lock. */
async function waitingForLocks(database: Database, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const rows = await database.drizzle.execute(
        sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows[0]?.['waiting']).toBe(count);
    },
    { timeout: 10_000, interval: 20 },
  );
}

it('comes too late once the commit holds the row: what is committed stands, and the sentence says so', async () => {
  const { client, database } = await facade();
  const { dreamId, storeId, outputStoreId, commit } = await readyToCommit(database);
  const before = await contentsOf(database, storeId);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holder = withWorkspace(database, workspaceId, async (tx) => {
    await lockStore(tx, outputStoreId);
    await released;
  });
  await vi.waitFor(async () => {
    const rows = await database.drizzle.execute(
      sql`select count(*)::int as held from pg_stat_activity where state = 'idle in transaction'`,
    );
    expect(rows[0]?.['held']).toBeGreaterThan(0);
  });
  const committing = commit();
  await waitingForLocks(database, 1);
  const canceling = client.cancelDream(dreamId, 'ada').then(
    () => 'canceled',
    (error: unknown) => error,
  );
  await waitingForLocks(database, 2);
  release();
  await holder;
  expect(await committing).toMatchObject({ operationId: expect.stringMatching(/^op_/), conflicts: 0 });
  expect(await canceling).toMatchObject({
    code: 'dream_closed',
    message: `The dream ${dreamId} has ended (completed), so it cannot be canceled.`,
  });
  expect(await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId))).toMatchObject({
    status: 'completed',
    outcome: 'committed',
  });
  expect(await contentsOf(database, storeId)).toEqual(before);
  expect(await contentsOf(database, outputStoreId)).not.toEqual(before);
});

it('that comes before the commit keeps anything from being written', async () => {
  const { client, database } = await facade();
  const { dreamId, storeId, outputStoreId, commit } = await readyToCommit(database);
  const before = await contentsOf(database, storeId);
  const { dream } = await client.cancelDream(dreamId, 'ada');
  expect(dream).toMatchObject({ status: 'canceled', outputs: [{ memory_store_id: outputStoreId }] });
  await expect(commit()).rejects.toMatchObject({ code: 'dream_closed' });
  expect(await contentsOf(database, storeId)).toEqual(before);
  expect(await contentsOf(database, outputStoreId)).toEqual(before);
  // Asked twice it answers the same.
  expect((await client.cancelDream(dreamId, 'ada')).dream.status).toBe('canceled');
});
