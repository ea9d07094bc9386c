import { describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { effects } from '../../activities/effect.ts';
import { approve, interruptible, reset } from './interrupted.ts';

/** Where each step has thought and not yet written: its last effect. What lies between is the crash matrix's. */
const beforeWrites = Object.entries(effects)
  .filter(([step]) => step !== 'sweep' && step !== 'archive')
  .map(([step, names]) => `${step}.${names.at(-1) ?? ''}:before` as FaultPoint);

async function undisturbed(): Promise<Record<string, string>> {
  const { dream, start, files } = await interruptible();
  const dreamId = await dream({ review: 'required' });
  const handle = await start(dreamId);
  await approve(handle);
  await handle.result();
  return await files(dreamId);
}
let expected: Promise<Record<string, string>> | undefined;

/** The review begins with this effect; what lies behind needs somebody's approval. */
const behindTheReview = (point: FaultPoint) => ['recordDecision', 'commitDream', 'closeDream'].some((step) => point.startsWith(step));

describe('a run that is terminated', () => {
  for (const point of beforeWrites) {
    it(`at ${point} leaves rows that say so; reset, it commits what it would have; its late step changes nothing`, async () => {
      const wanted = await (expected ??= undisturbed());
      const { worker, dream, start, stop, hold, sweep, row, rows, files, liveStatus } = await interruptible();
      const dreamId = await dream({ review: 'required' });
      const held = hold(point);
      const first = await start(dreamId);
      // The answer of a decision that the termination cuts off is nobody's.
      const approving = behindTheReview(point) ? approve(first).catch(() => undefined) : Promise.resolve();
      await held.reached;
      const { runId } = await first.describe();
      await first.terminate('a test');
      await approving;

      const isCommitted = point.startsWith('closeDream');
      expect(await sweep()).toEqual([{ dreamId, did: isCommitted ? 'closed' : 'ended' }]);
      expect(await sweep()).toEqual([]);
      const opened = !point.startsWith('openDream');
      expect(await row(dreamId)).toMatchObject(
        isCommitted
          ? { status: 'completed', outcome: 'committed', stage: 'closeDream', terminatedRunIds: [] }
          : { status: 'failed', outcome: 'terminated', error: { type: 'internal_error' }, terminatedRunIds: [runId], historyState: 'due' },
      );
      if (opened) expect(await liveStatus(dreamId)).toBe('terminated');

      const second = await reset(worker, dreamId, 'first task');
      // With a decision on record nobody is asked again.
      if (!['commitDream', 'closeDream'].some((step) => point.startsWith(step))) await approve(second);
      expect(await second.result()).toMatchObject({ outcome: 'committed' });
      expect(await row(dreamId)).toMatchObject({ status: 'completed', outcome: 'committed', error: null, stage: 'closeDream' });
      expect(await liveStatus(dreamId)).toBe('terminated');
      expect(await files(dreamId)).toEqual(wanted);

      const before = await rows();
      held.release();
      await stop();
      expect(await rows()).toEqual(before);
    });
  }
});
