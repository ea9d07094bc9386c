import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { readWindows } from '../db/windows.ts';
import type { DreamCoverage } from '../domain/dream.ts';

/** What was read, now that the windows say so; null when the dream ended before it planned any. */
export async function readCoverage(tx: Transaction, dream: DreamRow): Promise<DreamCoverage | null> {
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
