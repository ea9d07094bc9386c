import { withWorkspace } from '../db/database.ts';
import { requireDream } from '../db/dreams.ts';
import type { Context } from './context.ts';
import type { WireDream } from './wire/dream.ts';
import { readWireDream } from './wire/dream.ts';

export async function getDream(context: Context, id: string): Promise<WireDream> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => await readWireDream(tx, await requireDream(tx, id)));
}
