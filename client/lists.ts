/** What there is, newest first. */
import { withWorkspace } from '../db/database.ts';
import { listDreams as readDreams } from '../db/dreams.ts';
import { newestTranscripts } from '../db/sessions.ts';
import { listStores as readStores } from '../db/stores.ts';
import type { Context } from './context.ts';
import type { WireDream } from './wire/dream.ts';
import { readWireDream } from './wire/dream.ts';
import type { WireSession } from './wire/session.ts';
import { toWireSession } from './wire/session.ts';
import type { WireStore } from './wire/store.ts';
import { toWireStore } from './wire/store.ts';

const defaultLimit = 20;

export async function listDreams(context: Context, limit = defaultLimit): Promise<WireDream[]> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const dreams: WireDream[] = [];
    for (const row of await readDreams(tx, limit)) dreams.push(await readWireDream(tx, row));
    return dreams;
  });
}

export async function listStores(context: Context, limit = defaultLimit): Promise<(WireStore & { memories: number })[]> {
  const rows = await withWorkspace(context.database, context.workspaceId, (tx) => readStores(tx, limit));
  return rows.map((row) => ({ ...toWireStore(row), memories: row.memories }));
}

/** Transcripts; the live sessions of dreams are shown with their dream. */
export async function listSessions(context: Context, limit = defaultLimit): Promise<WireSession[]> {
  const rows = await withWorkspace(context.database, context.workspaceId, (tx) => newestTranscripts(tx, limit));
  return rows.map(toWireSession);
}
