/** Rows and runs that have parted, each way, and one pass of the sweep. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { endDream } from '../../db/dreams.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { seedDream, workspaceId } from '../support/seeds.ts';
import { approve, interruptible, waitFor } from './interrupted.ts';
import type { DreamHandle } from './running-workflow.ts';
import { awaited } from './running-workflow.ts';

it('ends the dream of a terminated run once, though two sweep at once, and a bad dream keeps no other one waiting', async () => {
  const dreams = await interruptible();
  const { client } = dreams.worker;
  // Nobody works on this queue: the run is terminated before its first step.
  const terminated = await dreams.dream();
  const start = { workspaceId, dreamId: terminated, workflowId: terminated, storeId: dreams.storeId, sessions: 3, trigger: 'test' };
  const handle = await client.workflow.start('dream', startDreamOptions({ ...start, taskQueue: 'nobody-works-here' }));
  await handle.terminate();
  // No server takes an id as long as this one, neither for a look nor for a start.
  const bad = await seedDream(dreams.database, { storeId: dreams.storeId, sessionIds: dreams.sessionIds });
  await dreams.database.drizzle.transaction(async (tx) => {
    await tx.execute(`select set_config('open_dreams.workspace', '${workspaceId}', true)`);
    await tx.execute(`update dreams set workflow_id = repeat('x', 2000), created_at = created_at - interval '1 hour' where id = '${bad}'`);
  });
  const pending = await dreams.dream();
  const passes = await Promise.all([dreams.sweep(), dreams.sweep()]);
  expect(passes.flat().filter((one) => one.dreamId === terminated)).toEqual([{ dreamId: terminated, did: 'ended' }]);
  expect(passes.flat()).toContainEqual({ dreamId: pending, did: 'started' });
  expect(passes.flat().map((one) => one.dreamId)).not.toContain(bad);
  expect(await dreams.row(terminated)).toMatchObject({ status: 'failed', outcome: 'terminated', sessionId: null });
  expect(await client.workflow.getHandle(pending).result()).toMatchObject({ outcome: 'committed' });
});

it('ends the dream of a run that reached its time limit', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream();
  dreams.hold('takeSnapshot.pin:before');
  const handle = await dreams.start(dreamId, { workflowRunTimeout: '1 second' });
  await waitFor(async () => expect((await handle.describe()).status.name).toBe('TIMED_OUT'));
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  expect(await dreams.row(dreamId)).toMatchObject({ status: 'failed', outcome: 'terminated', error: { type: 'timeout' } });
});

it('ends the dream of a run that ended by itself and could not write so', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream();
  // Its steps look for a dream that is not there, and so does the one that would end it.
  const { taskQueue, client } = dreams.worker;
  const options = startDreamOptions({
    workspaceId,
    dreamId: 'drm_nobody',
    workflowId: dreamId,
    storeId: dreams.storeId,
    sessions: 3,
    trigger: 'test',
    taskQueue,
  });
  const handle = await client.workflow.start('dream', options);
  await expect(handle.result()).rejects.toThrow();
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  expect(await dreams.row(dreamId)).toMatchObject({
    status: 'failed',
    outcome: 'failed',
    error: { type: 'internal_error', message: expect.stringContaining('(failed)') as string },
  });
});

it('starts a running dream again whose run the server has lost, but not while anybody may work for it', async () => {
  const dreams = await interruptible();
  const { client } = dreams.worker;
  const dreamId = await dreams.dream({ review: 'required' });
  const handle = await dreams.start(dreamId);
  const { endsAt } = await awaited(handle);
  const { runId } = await handle.describe();
  await client.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId: dreamId, runId } });
  await waitFor(() => expect(handle.describe()).rejects.toThrow(/not found/));
  expect(await dreams.sweep()).toEqual([]);
  expect(await dreams.sweep({ lostAfterSeconds: 0 })).toEqual([{ dreamId, did: 'started' }]);
  const again = client.workflow.getHandle(dreamId) as DreamHandle;
  expect((await awaited(again)).endsAt).toBe(endsAt);
  await approve(again);
  expect(await again.result()).toMatchObject({ outcome: 'committed' });
  expect(await dreams.row(dreamId)).toMatchObject({ status: 'completed', outcome: 'committed', stage: 'closeDream' });
});

for (const run of ['lives', 'was terminated'] as const) {
  it(`makes a cancel good whose signal got lost, where the run ${run}`, async () => {
    const dreams = await interruptible();
    const dreamId = await dreams.dream({ review: 'required' });
    const handle = await dreams.start(dreamId);
    await awaited(handle);
    await withWorkspace(dreams.database, workspaceId, (tx) =>
      endDream(tx, dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
    );
    if (run === 'was terminated') await handle.terminate();
    expect(await dreams.sweep({ olderThanSeconds: 600 })).toEqual([]);
    expect(await dreams.sweep()).toEqual([{ dreamId, did: run === 'lives' ? 'told' : 'closed' }]);
    if (run === 'lives') expect(await handle.result()).toMatchObject({ outcome: 'canceled' });
    expect(await dreams.row(dreamId)).toMatchObject({
      status: 'canceled',
      outcome: 'canceled',
      stage: 'closeDream',
      terminatedRunIds: [],
    });
    expect(await dreams.liveStatus(dreamId)).toBe('terminated');
    expect(await dreams.sweep()).toEqual([]);
  });
}

for (const [onTimeout, outcome] of [
  ['reject', 'expired'],
  ['commit', 'committed'],
] as const) {
  it(`is ${outcome} as its caller asked when the reviewer's time ran out while no worker was there`, async () => {
    const dreams = await interruptible();
    const dreamId = await dreams.dream({ review: 'required', reviewTimeout: 15, onTimeout });
    const handle = await dreams.start(dreamId);
    const { endsAt } = await awaited(handle);
    await dreams.stop();
    await waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(endsAt)));
    expect(await dreams.row(dreamId)).toMatchObject({ status: 'running', stage: 'awaitReview' });
    await dreams.startAnother();
    await waitFor(async () => expect(await dreams.row(dreamId)).toMatchObject({ outcome, stage: 'closeDream' }));
  });
}

it('understands what the command line of Temporal does to a dream', async () => {
  const dreams = await interruptible();
  const script = fileURLToPath(new URL('../../temporal-dev.sh', import.meta.url));
  const binary = execFileSync(script, ['path'], { encoding: 'utf8' }).trim();
  const temporal = (...args: string[]) =>
    execFileSync(binary, ['workflow', ...args, '--address', inject('temporalAddress'), '--reason', 'a test'], { stdio: 'pipe' });
  const dreamId = await dreams.dream();
  const held = dreams.hold('minePatterns.record:before');
  await dreams.start(dreamId);
  await held.reached;
  temporal('terminate', '--workflow-id', dreamId);
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  held.release();
  temporal('reset', '--workflow-id', dreamId, '--type', 'LastWorkflowTask');
  // The run that the reset made, which the first handle would not follow.
  expect(await dreams.worker.client.workflow.getHandle(dreamId).result()).toMatchObject({ outcome: 'committed' });
  expect(await dreams.row(dreamId)).toMatchObject({ outcome: 'committed', stage: 'closeDream' });
});
