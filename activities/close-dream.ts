import { endDream } from '../db/dreams.ts';
import { setHistoryDue } from '../db/under-way.ts';
import type { DreamError } from '../domain/dream.ts';
import type { DreamEnd } from '../workflows/end-of.ts';
import type { DreamInput, DreamResult } from '../workflows/messages.ts';
import { closeRows } from './close-rows.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { lockForClose } from './lock-for-step.ts';

/** How the dream ended, by its row: where it had ended before, not as this run would have it. */
export type ClosedDream = DreamResult & { error?: DreamError };

/** Every end of a dream: status, usage, coverage, the live session archived. A commit that happened stands, whatever came after it. */
export function closeDream(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, end }: DreamInput & { end: DreamEnd }): Promise<ClosedDream> => {
    return await writing(dependencies, 'closeDream.close', workspaceId, async (tx) => {
      const before = await lockForClose(tx, dreamId);
      if (before.outcome === 'terminated') {
        // It cannot be opened again; this run only tried.
        await setHistoryDue(tx, dreamId);
        return { outcome: before.outcome, outputStoreId: before.outputStoreId };
      }
      await endDream(tx, dreamId, end);
      const outcome = before.outcome ?? end.outcome;
      const dream = await closeRows(tx, dreamId, { stage: 'closeDream', words: `the dream has ended: ${outcome}` });
      return { outcome, outputStoreId: dream.outputStoreId, ...(dream.error === null ? {} : { error: dream.error }) };
    });
  };
}
