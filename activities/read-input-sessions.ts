import type { Transaction } from '../db/database.ts';
import { readDreamSessions } from '../db/dreams.ts';
import { readSessions } from '../db/sessions.ts';

/** The dream's input sessions, oldest first. */
export async function readInputSessions(tx: Transaction, dreamId: string): Promise<{ id: string; at: string | null }[]> {
  const ids = (await readDreamSessions(tx, dreamId)).map((row) => row.sessionId);
  const rows = await readSessions(tx, ids);
  return ids.map((id) => ({ id, at: rows.get(id)?.createdAt.toISOString() ?? null }));
}
