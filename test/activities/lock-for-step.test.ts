import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { lockForStep } from '../../activities/lock-for-step.ts';
import { endTerminated } from '../../activities/terminated.ts';
import type { Transaction } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { lockDream, requireDream } from '../../db/dreams.ts';
import { erasures, histories } from '../../db/schema/index.ts';
import { useSteps } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const used = useSteps();
const inWorkspace = <T>(work: (tx: Transaction) => Promise<T>) => withWorkspace(used.fresh.database, workspaceId, work);

/** A dream whose run "old" was terminated. */
async function terminated() {
  const storeId = await seedStore(used.fresh.database, { '/notes.md': '# Notes\n' });
  const sessionId = await seedSession(used.fresh.database, '2026-10-01T09:00:00Z', [user('Deploys go out on Tuesdays.')]);
  const dreamId = await seedDream(used.fresh.database, { storeId, sessionIds: [sessionId] });
  await used.run('openDream', { workspaceId, dreamId });
  await terminate(dreamId, 'old');
  return { dreamId, sessionId };
}

const terminate = (dreamId: string, runId: string) =>
  inWorkspace(async (tx) => {
    await lockDream(tx, dreamId);
    await endTerminated(tx, dreamId, runId, 'TERMINATED');
  });

/** A step of this run that locks the dream. */
const lockedBy = (runId: string, dreamId: string) =>
  new MockActivityEnvironment({ workflowExecution: { workflowId: dreamId, runId } }).run(() =>
    inWorkspace((tx) => lockForStep(tx, dreamId)),
  );
const rowOf = (dreamId: string) => inWorkspace((tx) => requireDream(tx, dreamId));

it('opens a terminated dream for the run that a reset made, and for no other one, also once it is open', async () => {
  const { dreamId } = await terminated();
  await expect(lockedBy('old', dreamId)).rejects.toMatchObject({ code: 'dream_closed' });
  expect(await rowOf(dreamId)).toMatchObject({ outcome: 'terminated' });
  expect(await lockedBy('new', dreamId)).toMatchObject({ status: 'running', outcome: null });
  expect(await rowOf(dreamId)).toMatchObject({ status: 'running', outcome: null, error: null, endedAt: null, terminatedRunIds: ['old'] });
  await expect(lockedBy('old', dreamId)).rejects.toMatchObject({ code: 'dream_closed' });
});

it('knows every run that was terminated, also one that never was the last and whose history nobody keeps yet', async () => {
  const { dreamId } = await terminated();
  await lockedBy('new', dreamId);
  await terminate(dreamId, 'new');
  const row = await rowOf(dreamId);
  expect(row).toMatchObject({ outcome: 'terminated', terminatedRunIds: ['old', 'new'] });
  for (const late of ['old', 'new']) await expect(lockedBy(late, dreamId)).rejects.toMatchObject({ code: 'dream_closed' });
  expect(await rowOf(dreamId)).toEqual(row);
  expect(await lockedBy('third', dreamId)).toMatchObject({ status: 'running' });
  for (const late of ['old', 'new']) await expect(lockedBy(late, dreamId)).rejects.toMatchObject({ code: 'dream_closed' });
});

it('takes a run whose history is kept for over, whichever was terminated last', async () => {
  const { dreamId } = await terminated();
  const at = new Date();
  await inWorkspace((tx) =>
    tx.insert(histories).values({
      workspaceId,
      dreamId,
      runId: 'older',
      status: 'terminated',
      events: 1,
      bytes: new Uint8Array([0]),
      size: 1,
      sha256: '0'.repeat(64),
      startedAt: at,
      closedAt: at,
    }),
  );
  await expect(lockedBy('older', dreamId)).rejects.toMatchObject({ code: 'dream_closed' });
  expect(await lockedBy('new', dreamId)).toMatchObject({ status: 'running' });
  await expect(lockedBy('older', dreamId)).rejects.toMatchObject({ code: 'dream_closed' });
});

it('does not open a dream again once a session was erased', async () => {
  const { dreamId, sessionId } = await terminated();
  await inWorkspace((tx) => tx.insert(erasures).values({ workspaceId, sessionId, by: 'ada', report: {} as never }));
  await expect(lockedBy('new', dreamId)).rejects.toMatchObject({
    code: 'session_not_found',
    message: expect.stringContaining(sessionId) as string,
  });
  expect(await rowOf(dreamId)).toMatchObject({ outcome: 'terminated' });
});
