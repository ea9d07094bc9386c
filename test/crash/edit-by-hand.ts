import { editStore } from '../../client/edit-store.ts';
import type { Context } from '../../client/context.ts';
import type { Database } from '../../db/database.ts';
import { deriveId } from '../../domain/ids.ts';
import { workspaceId } from '../support/seeds.ts';

/** Somebody writes a memory by hand. Its ids are derived from the store and `item`, so that they are the same in every run. */
export async function editByHand(
  database: Database,
  { storeId, item, path, content }: { storeId: string; item: string; path: string; content: string },
): Promise<void> {
  let made = 0;
  const context: Context = {
    database,
    workspaceId,
    taskQueue: 'none',
    temporal: () => Promise.reject(new Error('an edit needs no Temporal server')),
    makeId: (prefix) => deriveId(prefix, storeId, item, String(++made)),
  };
  await editStore(context, storeId, [{ kind: 'write', path, content }], { by: 'somebody' });
}
