import { expect, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { effects, faultPoints } from '../../activities/effect.ts';
import { withWorkspace } from '../../db/database.ts';
import { endDream } from '../../db/dreams.ts';
import { workspaceId } from '../support/seeds.ts';
import type { Interruptible } from './interrupted.ts';
import { approve, interruptible, reset } from './interrupted.ts';
import { awaited } from './running-workflow.ts';

type SweepEffect = (typeof effects.sweep)[number];

const cancelRow = (dreams: Interruptible, dreamId: string) =>
  withWorkspace(dreams.database, workspaceId, (tx) => endDream(tx, dreamId, { status: 'canceled', outcome: 'canceled', error: null }));

async function inReview(dreams: Interruptible) {
  const dreamId = await dreams.dream({ review: 'required' });
  const handle = await dreams.start(dreamId);
  await awaited(handle);
  return { dreamId, handle };
}

/** A dream for which a pass has this one thing to do, and how it ends then. */
const cases: Record<
  SweepEffect,
  { prepare(dreams: Interruptible): Promise<string>; outcome: string; finish?(dreams: Interruptible, id: string): Promise<void> }
> = {
  start: { prepare: (dreams) => dreams.dream(), outcome: 'committed' },
  end: {
    prepare: async (dreams) => {
      const { dreamId, handle } = await inReview(dreams);
      await handle.terminate();
      return dreamId;
    },
    outcome: 'terminated',
  },
  open: {
    prepare: async (dreams) => {
      const { dreamId, handle } = await inReview(dreams);
      await handle.terminate();
      await dreams.sweep();
      await awaited(await reset(dreams.worker, dreamId, 'last task'));
      return dreamId;
    },
    outcome: 'committed',
    finish: async (dreams, id) => await approve(dreams.worker.client.workflow.getHandle(id) as never),
  },
  close: {
    prepare: async (dreams) => {
      const { dreamId, handle } = await inReview(dreams);
      await cancelRow(dreams, dreamId);
      await handle.terminate();
      return dreamId;
    },
    outcome: 'canceled',
  },
  tell: {
    prepare: async (dreams) => {
      const { dreamId } = await inReview(dreams);
      await cancelRow(dreams, dreamId);
      return dreamId;
    },
    outcome: 'canceled',
  },
};

for (const name of effects.sweep) {
  it(`comes to the same when a sweep dies before, within and after "${name}", and another one sweeps`, async () => {
    const dreams = await interruptible();
    const { prepare, outcome, finish } = cases[name];
    const dreamId = await prepare(dreams);
    const points = faultPoints.filter((point) => point.startsWith(`sweep.${name}:`));
    expect(points).toContain(`sweep.${name}:before`);
    for (const point of points) {
      const before = await dreams.rows();
      expect(await dreams.sweep({}, point satisfies FaultPoint)).toEqual([]);
      // Nothing counts before its commit.
      if (!point.endsWith(':after')) expect(await dreams.rows()).toEqual(before);
    }
    // It is done, though whoever did it never knew.
    const again = await dreams.sweep();
    if (name !== 'tell' && name !== 'start') expect(again).toEqual([]);
    await finish?.(dreams, dreamId);
    if (name !== 'end' && name !== 'close') await dreams.worker.client.workflow.getHandle(dreamId).result();
    expect(await dreams.row(dreamId)).toMatchObject({ outcome });
    expect(await dreams.liveStatus(dreamId)).toBe('terminated');
    expect(await dreams.sweep()).toEqual([]);
  });
}
