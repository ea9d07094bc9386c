/** A store in the neutral form, its sources under the ids that the imported files gave. */
import { withWorkspace } from '../db/database.ts';
import { readEventsById } from '../db/events.ts';
import { readSessions } from '../db/sessions.ts';
import { requireStore } from '../db/stores.ts';
import type { NeutralStore } from '../sources/export/neutral-export.ts';
import { exportNeutral as toNeutral } from '../sources/export/neutral-export.ts';
import type { Context } from './context.ts';
import { readStoreLines } from './store-lines.ts';

export async function exportNeutral(context: Context, id: string): Promise<NeutralStore> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    await requireStore(tx, id);
    const { memories, lines } = await readStoreLines(tx, id);
    const eventIds = lines.flatMap((line) => line.evidence.flatMap((item) => (item.kind === 'event' ? item.eventId : [])));
    const events = await readEventsById(tx, eventIds);
    const sessions = await readSessions(tx, [...new Set([...events.values()].map((event) => event.sessionId))]);
    const sources = new Map(
      [...events].map(([eventId, event]) => [
        eventId,
        { session: sessions.get(event.sessionId)?.sourceId ?? event.sessionId, event: event.sourceEventId },
      ]),
    );
    return toNeutral({ memories, claims: lines, sources });
  });
}
