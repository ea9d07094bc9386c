/** Puts a store away: it can be read, and nothing is written to it or dreamt over it any more. There is no way back. */
import { findAliasesOf } from '../db/aliases.ts';
import { withWorkspace } from '../db/database.ts';
import { findOpenWriter, markArchived } from '../db/store-archive.ts';
import { lockStore, requireStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Context } from './context.ts';
import type { WireStore } from './wire/store.ts';
import { toWireStore } from './wire/store.ts';

export interface ArchivedStore {
  store: WireStore;
  /** false: it was archived before. */
  archived: boolean;
}

export async function archiveStore(context: Context, id: string): Promise<ArchivedStore> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    await requireStore(tx, id);
    // An alias is pointed at a store, and a dream commits to one, under this lock.
    await lockStore(tx, id);
    const names = await findAliasesOf(tx, id);
    if (names.length > 0)
      throw new DreamsError(
        'store_held',
        `${names.length === 1 ? `The alias ${String(names[0])} points` : `The aliases ${names.join(', ')} point`} at the memory store ${id}, so it was not archived.`,
        { hint: `Move ${names.length === 1 ? 'it' : 'them'} first: dreams promote memstore_... --alias ${String(names[0])}` },
      );
    const writer = await findOpenWriter(tx, id);
    if (writer !== undefined)
      throw new DreamsError('store_held', `The dream ${writer} is open and will write to the memory store ${id}, so it was not archived.`, {
        hint: `Wait for its end ("dreams watch ${writer}"), or stop it ("dreams cancel ${writer}").`,
      });
    const archived = await markArchived(tx, id);
    return { store: toWireStore(await requireStore(tx, id)), archived };
  });
}
