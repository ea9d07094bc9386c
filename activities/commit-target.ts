import { lockAlias } from '../db/aliases.ts';
import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import type { Head } from '../db/memories.ts';
import { readHeads } from '../db/memories.ts';
import type { StoreRow } from '../db/stores.ts';
import { findStore, lockStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';

/** Where a commit writes, locked until the transaction ends. */
export interface CommitTarget {
  storeId: string;
  /** What stands now where the dream's base stood; null while that is what the snapshot pinned. */
  moved: Head[] | null;
}

/** Locks what the commit depends on, always in one order (alias, then stores by id), so that two commits never wait for each other. */
export async function lockTarget(tx: Transaction, dream: DreamRow): Promise<CommitTarget> {
  const outputId = dream.outputStoreId ?? '';
  const { alias } = dream.options;
  const isUpdate = dream.outputBehavior === 'update_existing';
  // A new store that no alias names is what the dream made of its snapshot, whatever became of the input since.
  const stands = alias === null && !isUpdate;
  const baseId = alias === null ? dream.inputStoreId : (await lockAlias(tx, alias)).storeId;
  const locked = new Map<string, StoreRow>();
  for (const id of [...new Set(stands ? [outputId] : [baseId, outputId])].sort()) locked.set(id, await lockStore(tx, id));
  const base = locked.get(baseId) ?? (await findStore(tx, baseId));
  if (base === undefined || base.archivedAt !== null)
    throw new DreamsError('store_not_found', `The store ${baseId} was archived or deleted while the dream ran.`);
  if (!isUpdate && locked.get(outputId)?.revision !== 0)
    throw new DreamsError('store_changed', `The output store ${outputId} was written to while the dream ran.`, {
      hint: 'Dream again; leave an output store alone until its dream has ended.',
    });
  const isAsPinned = stands || (base.id === dream.inputStoreId && base.revision === dream.baseRevision);
  return { storeId: outputId, moved: isAsPinned ? null : await readHeads(tx, base.id) };
}
