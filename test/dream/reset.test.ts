import { WorkflowFailedError } from '@temporalio/client';
import { expect, it } from 'vitest';
import type { DreamOptions } from '../../domain/dream.ts';
import { decideUpdate } from '../../workflows/messages.ts';
import { seedDream } from '../support/seeds.ts';
import type { Interruptible } from './interrupted.ts';
import { approve, interruptible, reset, waitFor } from './interrupted.ts';
import type { DreamHandle } from './running-workflow.ts';
import { awaited } from './running-workflow.ts';

/** The failure that a run ended with. */
async function failureOf(handle: DreamHandle): Promise<{ type?: string; message: string }> {
  const error: unknown = await handle.result().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  return (error as WorkflowFailedError).cause as { type?: string; message: string };
}

/** The task after which the run waited for a decision: a reset to it does not come by awaitReview again. */
async function reviewTask(handle: DreamHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return Number(
    events?.find((event) => event.timerStartedEventAttributes != null)?.timerStartedEventAttributes?.workflowTaskCompletedEventId,
  );
}

/** When the timer of a run's review fires. */
async function timerEnd(handle: DreamHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  const started = events?.findLast((event) => event.timerStartedEventAttributes != null);
  const at = Number(started?.eventTime?.seconds ?? 0) * 1_000;
  const lasts = started?.timerStartedEventAttributes?.startToFireTimeout;
  return at + Number(lasts?.seconds ?? 0) * 1_000 + Number(lasts?.nanos ?? 0) / 1e6;
}

async function updating({ database, storeId, sessionIds }: Interruptible, options: Partial<DreamOptions> = {}): Promise<string> {
  return await seedDream(database, { storeId, sessionIds, options, outputBehavior: 'update_existing' });
}

it('goes on in the middle of its packs while the old run still writes one of them', async () => {
  const dreams = await interruptible();
  const plain = await dreams.dream();
  await (await dreams.start(plain)).result();
  const dreamId = await dreams.dream();
  const held = dreams.hold('extractFacts.record:before');
  await dreams.start(dreamId);
  await held.reached;
  const second = await reset(dreams.worker, dreamId, 'last task');
  expect(await second.result()).toMatchObject({ outcome: 'committed' });
  const before = await dreams.rows();
  held.release();
  await dreams.stop();
  expect(await dreams.rows()).toEqual(before);
  expect(await dreams.files(dreamId)).toEqual(await dreams.files(plain));
});

it('is the same dream after a second termination and a second reset, and late steps of both old runs come to nothing', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream();
  const early = dreams.hold('takeSnapshot.pin:before');
  const first = await dreams.start(dreamId);
  await early.reached;
  const { runId: firstRunId } = await first.describe();
  await first.terminate();
  await dreams.sweep();
  const later = dreams.hold('groupClaims.group:before');
  const second = await reset(dreams.worker, dreamId, 'first task');
  await later.reached;
  expect(await dreams.row(dreamId)).toMatchObject({ status: 'running', outcome: null, error: null, endedAt: null });
  expect(await dreams.liveStatus(dreamId)).toBe('running');
  await second.terminate();
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  expect(await dreams.row(dreamId)).toMatchObject({
    outcome: 'terminated',
    terminatedRunIds: [firstRunId, (await second.describe()).runId],
  });
  later.release();
  const third = await reset(dreams.worker, dreamId, 'last task');
  expect(await third.result()).toMatchObject({ outcome: 'committed' });
  const before = await dreams.rows();
  early.release();
  await dreams.stop();
  expect(await dreams.rows()).toEqual(before);
});

it('keeps the end of the reviewer’s time, wherever in the review it was reset', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream({ review: 'required', reviewTimeout: 3_600 });
  const first = await dreams.start(dreamId);
  const { endsAt } = await awaited(first);
  for (const to of ['first task', 'last task'] as const) {
    const next = await reset(dreams.worker, dreamId, to);
    expect((await awaited(next)).endsAt).toBe(endsAt);
    await waitFor(async () => expect(await timerEnd(next)).toBeGreaterThan(0));
    expect(Math.abs((await timerEnd(next)) - Date.parse(endsAt))).toBeLessThan(1_500);
  }
  // The row of a run that waits makes no step that could open it again; the sweep does.
  await dreams.worker.client.workflow.getHandle(dreamId).terminate();
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  const last = await reset(dreams.worker, dreamId, 'last task');
  await awaited(last);
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'opened again' }]);
  expect(await dreams.row(dreamId)).toMatchObject({ status: 'running', outcome: null, stage: 'awaitReview' });
  await approve(last);
  expect(await last.result()).toMatchObject({ outcome: 'committed' });
});

for (const how of ['the sweep', 'another request'] as const) {
  it(`goes on with the decision that stands, told by ${how}, where it was reset behind the question for it`, async () => {
    const dreams = await interruptible();
    const dreamId = await dreams.dream({ review: 'required' });
    const held = dreams.hold('commitDream.commit:before');
    const first = await dreams.start(dreamId);
    await approve(first);
    await held.reached;
    const second = await reset(dreams.worker, dreamId, await reviewTask(first), 'nothing');
    const { digest } = await awaited(second);
    if (how === 'the sweep') expect(await dreams.sweep()).toEqual([{ dreamId, did: 'told' }]);
    else
      await expect(second.executeUpdate(decideUpdate, { args: [{ digest, verdict: 'reject', by: 'bob' }] })).rejects.toMatchObject({
        cause: { type: 'already_decided', message: expect.stringContaining('ada') as string },
      });
    expect(await second.result()).toMatchObject({ outcome: 'committed' });
    held.release();
  });
}

it('reapplies a decision that was under way', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream({ review: 'required' });
  const held = dreams.hold('commitDream.commit:before');
  const first = await dreams.start(dreamId);
  await approve(first);
  await held.reached;
  const second = await reset(dreams.worker, dreamId, 'first task', 'all');
  expect(await second.result()).toMatchObject({ outcome: 'committed' });
  held.release();
});

for (const [decision, outcome] of [
  ['approve', 'committed'],
  ['reject', 'rejected'],
] as const) {
  it(`says the same once more when the dream was ${outcome}, and its rows stay`, async () => {
    const dreams = await interruptible();
    const dreamId = await dreams.dream({ review: 'required' });
    const first = await dreams.start(dreamId);
    const { digest } = await awaited(first);
    await first.executeUpdate(decideUpdate, { args: [{ digest, verdict: decision, by: 'ada' }] });
    const answer = await first.result();
    const before = await dreams.rows();
    for (const to of ['first task', 'last task'] as const) {
      const next = await reset(dreams.worker, dreamId, to);
      expect(await next.result()).toEqual(answer);
    }
    expect(answer.outcome).toBe(outcome);
    expect(await dreams.rows()).toEqual(before);
  });
}

it('fails as its row says when the dream had failed', async () => {
  const dreams = await interruptible();
  const { database, storeId, sessionIds } = dreams;
  const dreamId = await seedDream(database, { storeId, sessionIds, model: 'recorded:nobody' });
  const said = await failureOf(await dreams.start(dreamId));
  const row = await dreams.row(dreamId);
  const again = await failureOf(await reset(dreams.worker, dreamId, 'first task'));
  expect(again.message).toBe(said.message);
  expect(await dreams.row(dreamId)).toEqual(row);
});

it('fails with a clear error where another dream holds the store by now, and leaves both rows as they are', async () => {
  const dreams = await interruptible();
  const dreamId = await updating(dreams);
  const held = dreams.hold('groupClaims.group:before');
  const first = await dreams.start(dreamId);
  await held.reached;
  await expect(updating(dreams)).rejects.toMatchObject({ code: 'store_held' });
  await first.terminate();
  // One pass, and the store is free.
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  const holder = await updating(dreams);
  const row = await dreams.row(dreamId);
  held.release();
  const second = await reset(dreams.worker, dreamId, 'last task');
  expect(await failureOf(second)).toMatchObject({ message: expect.stringContaining('Another dream updates the store') as string });
  expect(await dreams.row(dreamId)).toEqual(row);
  expect(await dreams.row(holder)).toMatchObject({ status: 'pending' });
});

it('ends a reset run that waits in its review where the row cannot be opened again', async () => {
  const dreams = await interruptible();
  const dreamId = await updating(dreams, { review: 'required' });
  const first = await dreams.start(dreamId);
  await awaited(first);
  await first.terminate();
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'ended' }]);
  const holder = await updating(dreams);
  const row = await dreams.row(dreamId);
  const second = await reset(dreams.worker, dreamId, 'last task');
  await awaited(second);
  // The holder is never started by this sweep: it is younger than that.
  expect(await dreams.sweep({ olderThanSeconds: 600 })).toEqual([{ dreamId, did: 'told' }]);
  expect(await second.result()).toMatchObject({ outcome: 'terminated' });
  expect(await dreams.row(dreamId)).toEqual(row);
  expect(await dreams.row(holder)).toMatchObject({ status: 'pending' });
});
