import { endDream, lockDream, updateDream } from '../db/dreams.ts';
import { sumUsage } from '../db/model-calls.ts';
import { setSessionStatus } from '../db/sessions.ts';
import type { DreamEnd } from '../workflows/end-of.ts';
import type { DreamInput, DreamResult } from '../workflows/messages.ts';
import { readCoverage } from './coverage.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { appendLive, liveEvent, stepMessage } from './live-session.ts';

/** Every end of a dream: status, usage, coverage, the live session archived. A commit that happened stands, whatever came after it. */
export function closeDream(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, end }: DreamInput & { end: DreamEnd }): Promise<DreamResult> => {
    return await writing(dependencies, 'closeDream.close', workspaceId, async (tx) => {
      await lockDream(tx, dreamId);
      await endDream(tx, dreamId, end);
      const dream = await lockDream(tx, dreamId);
      const coverage = await readCoverage(tx, dream);
      await updateDream(tx, dreamId, {
        stage: 'closeDream',
        usage: await sumUsage(tx, dreamId),
        ...(coverage === null ? {} : { coverage }),
      });
      if (dream.sessionId !== null) {
        await setSessionStatus(tx, dream.sessionId, 'terminated', dream.endedAt);
        await appendLive(tx, dream, [
          stepMessage(dreamId, 'closeDream', `the dream has ended: ${dream.outcome ?? dream.status}`),
          liveEvent(dreamId, 'closeDream', 'status', 0, 'session.status_idle', { stop_reason: { type: 'end_turn' } }),
          liveEvent(dreamId, 'closeDream', 'status', 1, 'session.status_terminated', {}),
        ]);
      }
      return { outcome: dream.outcome ?? end.outcome, outputStoreId: dream.outputStoreId };
    });
  };
}
