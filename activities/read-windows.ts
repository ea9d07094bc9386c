import type { Transaction } from '../db/database.ts';
import { readEvents } from '../db/events.ts';
import { readSessions } from '../db/sessions.ts';
import type { WindowRow } from '../db/windows.ts';
import type { TranscriptEvent } from '../domain/transcript.ts';
import { toTranscriptEvent } from '../domain/transcript.ts';
import type { Window } from '../domain/window.ts';

/** Events before a window that an answer in it may lean on. */
export const contextEvents = 4;

/** The windows of these rows with their events, as an engine reads them. */
export async function readWindowTexts(tx: Transaction, rows: readonly WindowRow[]): Promise<Window[]> {
  const sessions = await readSessions(tx, [...new Set(rows.map((row) => row.sessionId))]);
  const windows: Window[] = [];
  for (const row of rows) {
    const session = sessions.get(row.sessionId);
    const stored = await readEvents(tx, row.sessionId, Math.max(1, row.firstNumber - contextEvents), row.lastNumber);
    const readable = stored.map(toTranscriptEvent).filter((event): event is TranscriptEvent => event !== null);
    const first = readable.find((event) => event.number >= row.firstNumber);
    windows.push({
      ordinal: row.ordinal,
      sessionId: row.sessionId,
      sessionTitle: session?.title ?? null,
      sessionAt: session?.createdAt.toISOString() ?? null,
      sha256: row.sha256,
      events: readable.filter((event) => event.number >= row.firstNumber),
      context: readable.filter((event) => event.number < row.firstNumber),
      parts: row.part === null || first === undefined ? {} : { [first.id]: row.part },
    });
  }
  return windows;
}
