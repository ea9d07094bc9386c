import { NativeConnection } from '@temporalio/worker';
import { expect, inject, it, vi } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { connectTemporal } from '../../client/temporal-server.ts';
import { createLog } from '../../config/log.ts';
import { localTemporalSettings } from '../../config/temporal.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { readDecisions } from '../../db/decisions.ts';
import { readHeads } from '../../db/memories.ts';
import type { DreamOptions } from '../../domain/dream.ts';
import { isDreamsError } from '../../domain/errors.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { loadBundle } from '../../workers/load-bundle.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { mayStayOpen } from '../support/replayed.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import type { Facade } from './support.ts';
import { facade, facadeWithWorker } from './support.ts';

const store = {
  '/notes.md': '# Notes\n\n- The API listens on port 3000.\n- api port: 3000\n- Deploys go out on Tuesdays.\n',
  '/style.md': '# Style\n\n- Orders are kept in cents.\n',
};

const by = 'ann';

/** A dream over a store and a few sessions whose draft a person has to approve. */
async function startDream(
  { database, taskQueue }: Facade & { taskQueue: string },
  options: Partial<DreamOptions> = { review: 'required' },
) {
  const storeId = await seedStore(database, store);
  const sessionIds = [
    await seedSession(database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now, not 3000. Remember that.')]),
    await seedSession(database, '2026-10-08T09:00:00Z', [user('Always run the linter before you commit.')]),
  ];
  const dreamId = await seedDream(database, { storeId, sessionIds, options });
  const server = await connectTemporal(localTemporalSettings(inject('temporalAddress'), 'default'));
  await server.client.workflow.start(
    'dream',
    startDreamOptions({ workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 2, trigger: 'test', taskQueue }),
  );
  await server.close();
  return { dreamId, storeId };
}

async function waitingDiff(client: DreamsClient, dreamId: string) {
  return await vi.waitFor(
    async () => {
      const diff = await client.diffDream(dreamId);
      expect(diff.ends_at).not.toBeNull();
      return diff;
    },
    { timeout: 60_000, interval: 200 },
  );
}

async function ended(client: DreamsClient, dreamId: string) {
  return await vi.waitFor(
    async () => {
      const dream = await client.getDream(dreamId);
      expect(dream.ended_at).not.toBeNull();
      return dream;
    },
    { timeout: 60_000, interval: 200 },
  );
}

async function refusal(deed: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  try {
    await deed;
  } catch (error) {
    if (isDreamsError(error)) return { code: error.code, message: error.message, hint: error.hint ?? '' };
    throw error;
  }
  throw new Error('It was not refused.');
}

async function pathsOf({ database }: Facade, storeId: string): Promise<Record<string, string>> {
  const heads = await withWorkspace(database, workspaceId, (tx) => readHeads(tx, storeId));
  return Object.fromEntries(heads.map((head) => [head.path, head.sha256]));
}

it('commits what was approved, says who decided, and refuses to decide twice', async () => {
  const world = await facadeWithWorker();
  const { client } = world;
  const { dreamId, storeId } = await startDream(world);
  const diff = await waitingDiff(client, dreamId);
  expect(diff.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(diff.changes.map((change) => change.kind)).toContain('supersede');

  const decision = await client.decideDream(dreamId, { verdict: 'approve', digest: diff.digest.slice(0, 8), by, note: 'Looks right.' });
  expect(decision).toMatchObject({ draftId: diff.draft_id, digest: diff.digest, verdict: 'approve', excluded: [], by, channel: 'update' });
  const dream = await ended(client, dreamId);
  expect(dream.open_dreams.outcome).toBe('committed');
  expect(Object.keys(await pathsOf(world, dream.outputs[0]?.memory_store_id ?? ''))).toContain('/_index.md');
  expect(Object.keys(await pathsOf(world, storeId)).sort()).toEqual(['/notes.md', '/style.md']);

  const again = await refusal(client.decideDream(dreamId, { verdict: 'reject', by: 'bob' }));
  expect(again).toMatchObject({ code: 'already_decided' });
  expect(again.message).toMatch(/was approved by "ann" at \d{4}-\d\d-\d\dT[\d:]+Z; the dream has ended \(committed\)\.$/);
  const after = await client.diffDream(dreamId);
  expect(after).toMatchObject({ digest: diff.digest, ends_at: null, outcome: 'committed', decisions: [{ by, note: 'Looks right.' }] });
  expect(after.operation_id).toMatch(/^op_/);
}, 120_000);

it('leaves out what was excluded and commits the rest', async () => {
  const world = await facadeWithWorker();
  const { client } = world;
  const { dreamId } = await startDream(world);
  const diff = await waitingDiff(client, dreamId);
  const linter = diff.changes.find((change) => change.after?.includes('linter'));
  expect(linter).toBeDefined();
  const decision = await client.decideDream(dreamId, { verdict: 'approve', digest: diff.digest, exclude: [linter?.id ?? ''], by });
  expect(decision.excluded).toEqual([linter?.id]);
  expect((await ended(client, dreamId)).open_dreams.outcome).toBe('committed');

  const committed = await client.diffDream(dreamId);
  expect(committed.digest).not.toBe(diff.digest);
  expect(committed.changes.map((change) => change.id)).toEqual(diff.changes.map(({ id }) => id).filter((id) => id !== linter?.id));
  expect(committed.left_out).toMatchObject([{ id: linter?.id, why: 'reviewer', after: linter?.after }]);
}, 120_000);

it('ends without a result when rejected', async () => {
  const world = await facadeWithWorker();
  const { client } = world;
  const { dreamId } = await startDream(world);
  await waitingDiff(client, dreamId);
  await client.decideDream(dreamId, { verdict: 'reject', by, note: 'Too early.' });
  expect(await ended(client, dreamId)).toMatchObject({ status: 'canceled', open_dreams: { outcome: 'rejected' } });
  expect((await client.diffDream(dreamId)).operation_id).toBeNull();
  expect((await refusal(client.decideDream(dreamId, { verdict: 'approve', by }))).message).toContain('was rejected by "ann"');
}, 120_000);

it('refuses what does not fit the draft that waits, and nothing is decided', async () => {
  const world = await facadeWithWorker();
  const { client, database } = world;
  const { dreamId } = await startDream(world);
  const { digest, changes } = await waitingDiff(client, dreamId);
  const decide = (decision: Partial<Parameters<DreamsClient['decideDream']>[1]>) =>
    refusal(client.decideDream(dreamId, { verdict: 'approve', by, ...decision }));

  const stale = `${digest.slice(0, 12)}${digest[12] === '0' ? '1' : '0'}${digest.slice(13)}`;
  const wrong = await decide({ digest: stale });
  expect(wrong).toMatchObject({ code: 'draft_changed', hint: `Look again: "dreams diff ${dreamId}".` });
  // The first twelve are the same, so more is shown.
  expect(wrong.message).toContain(stale.slice(0, 16));
  expect(wrong.message).toContain(digest.slice(0, 16));
  expect((await decide({ digest: 'f'.repeat(64) })).message).toContain(`${'f'.repeat(12)};`);
  expect(await decide({ digest: digest.slice(0, 7) })).toMatchObject({ code: 'invalid_input' });
  expect(await decide({ digest: 'latest-one' })).toMatchObject({ code: 'invalid_input' });

  const unknown = await decide({ digest, exclude: [changes[0]?.id ?? '', ...Array.from({ length: 12 }, (_, n) => `chg_${String(n)}`)] });
  expect(unknown.code).toBe('invalid_input');
  expect(unknown.message).toContain('"chg_0", "chg_1"');
  expect(unknown.message).toContain('"chg_9" and 2 more');
  expect(unknown.message).not.toContain(changes[0]?.id);
  expect(unknown.hint).toContain('--json');
  expect(await decide({ verdict: 'reject', exclude: [changes[0]?.id ?? ''] })).toMatchObject({ code: 'invalid_input' });
  expect((await decide({ digest, note: 'x'.repeat(501) })).message).toContain('501');
  expect((await decide({ digest, by: 'x'.repeat(201) })).message).toContain('201');
  expect(await decide({ by: ' ' })).toMatchObject({ code: 'invalid_input' });
  expect(await decide({ note: 'a\u0000b' })).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('NUL') as string });
  expect(await refusal(client.decideDream('drm_nobody', { verdict: 'reject', by }))).toMatchObject({ code: 'dream_not_found' });

  expect(await withWorkspace(database, workspaceId, (tx) => readDecisions(tx, dreamId))).toEqual([]);
  expect((await client.diffDream(dreamId)).ends_at).not.toBeNull();
  mayStayOpen(dreamId, 'that nothing decides it is what the test is about');
}, 120_000);

it('lets exactly one of several deciders win', async () => {
  const world = await facadeWithWorker();
  const { client } = world;
  const { dreamId } = await startDream(world);
  const { digest } = await waitingDiff(client, dreamId);
  const results = await Promise.allSettled(
    ['ann', 'bob', 'cid', 'dee'].map((name, index) =>
      client.decideDream(dreamId, { verdict: index % 2 === 0 ? 'approve' : 'reject', digest, by: name }),
    ),
  );
  const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(winners).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({
        code: 'already_decided',
        message: expect.stringContaining(`by "${winners[0]?.by ?? ''}"`) as string,
      });
  expect((await ended(client, dreamId)).open_dreams.outcome).toBe(winners[0]?.verdict === 'approve' ? 'committed' : 'rejected');
}, 120_000);

it('says so when there is no draft, none that waits, or no dream any more', async () => {
  const world = await facade();
  const { client, database } = world;
  const dream = (options: Partial<DreamOptions>) => seedDream(database, { storeId, sessionIds: [], options });
  const storeId = await seedStore(database, store);
  const early = await dream({ review: 'required' });
  expect(await refusal(client.diffDream(early))).toMatchObject({
    code: 'not_found',
    message: `The dream ${early} has no draft yet; it is at pending.`,
    hint: `Watch it: "dreams watch ${early}".`,
  });
  expect(await refusal(client.decideDream(early, { verdict: 'reject', by }))).toMatchObject({
    code: 'invalid_input',
    message: `No draft of the dream ${early} waits for a decision yet; it is at pending.`,
  });
  const unreviewed = await dream({ review: 'none' });
  expect((await refusal(client.decideDream(unreviewed, { verdict: 'approve', by }))).message).toContain('without a review');
  await client.cancelDream(early, by);
  expect(await refusal(client.decideDream(early, { verdict: 'reject', by }))).toMatchObject({
    code: 'dream_closed',
    message: `The dream ${early} has ended (canceled), so nothing is left to decide.`,
  });
  expect((await refusal(client.diffDream(early))).message).toContain('ended (canceled) before it had a draft');
});

/** A worker that can be stopped, and another one on the same queue. */
async function workerOn(taskQueue: string, database: Database): Promise<{ stop: () => Promise<void> }> {
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const engine = createOfflineEngine({ threads: 1 });
  const dependencies = { database, engines: { offline: engine } };
  const bundle = await loadBundle({ codePath: inject('bundlePath') });
  const log = createLog('silent');
  const workers = await createWorkers({ connection, namespace: 'default', taskQueue, bundle, dependencies, cpuSlots: 2, log });
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
      await engine.close();
    },
  };
}

it('decides nothing while no worker is there, not even later', async () => {
  const taskQueue = `decide-${String(process.pid)}`;
  const world = { ...(await facade({ taskQueue })), taskQueue };
  const { client, database } = world;
  const worker = await workerOn(taskQueue, database);
  const { dreamId } = await startDream(world);
  const { digest } = await waitingDiff(client, dreamId);
  await worker.stop();

  const from = Date.now();
  expect(await refusal(client.decideDream(dreamId, { verdict: 'approve', digest, by }))).toEqual({
    code: 'temporal_unreachable',
    message: `No worker took the decision about the dream ${dreamId}; nothing was decided.`,
    hint: 'Start one with "dreams up" or "dreams worker", and decide again.',
  });
  expect(Date.now() - from).toBeLessThan(25_000);

  // Nothing waits in the server for the worker that comes back.
  const next = await workerOn(taskQueue, database);
  expect(await client.decideDream(dreamId, { verdict: 'reject', digest, by: 'bob' })).toMatchObject({ verdict: 'reject', by: 'bob' });
  expect((await ended(client, dreamId)).open_dreams.outcome).toBe('rejected');
  await next.stop();
}, 120_000);
