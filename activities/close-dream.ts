import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { endDream, lockDream, updateDream } from '../db/dreams.ts';
import { sumUsage } from '../db/model-calls.ts';
import { setSessionStatus } from '../db/sessions.ts';
import { readWindows } from '../db/windows.ts';
import type { DreamCoverage } from '../domain/dream.ts';
import type { DreamEnd } from '../workflows/end-of.ts';
import type { DreamInput, DreamResult } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { appendLive, liveEvent, stepMessage } from './live-session.ts';

/** Every end of a dream: status, usage, coverage, the live session archived. A commit that happened stands, whatever came after it. */
export function closeDream({ database }: Dependencies) {
  return async ({ workspaceId, dreamId, end }: DreamInput & { end: DreamEnd }): Promise<DreamResult> => {
    return await withWorkspace(database, workspaceId, async (tx) => {
      await lockDream(tx, dreamId);
      await endDream(tx, dreamId, end);
      const dream = await lockDream(tx, dreamId);
      const coverage = await finalCoverage(tx, dream);
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

/** What was read, now that the windows say so; null when the dream ended before it planned any. */
async function finalCoverage(tx: Transaction, dream: DreamRow): Promise<DreamCoverage | null> {
  if (dream.coverage === null) return null;
  const rows = await readWindows(tx, dream.id);
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const sessions = dream.coverage.sessions.map((session) => {
    const own = rows.filter((row) => row.sessionId === session.id);
    const facts = own.reduce((sum, row) => sum + row.facts, 0);
    const state =
      session.state === 'empty'
        ? ('empty' as const)
        : own.some((row) => row.state === 'failed')
          ? ('failed' as const)
          : own.some((row) => row.state === 'planned')
            ? ('planned' as const)
            : facts === 0
              ? ('no_signal' as const)
              : ('read' as const);
    return { ...session, facts, state };
  });
  return { ...dream.coverage, read: count('read'), noSignal: count('no_signal'), failed: count('failed'), sessions };
}
