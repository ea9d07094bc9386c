/** What every move of an alias has in common: the store can be pointed at, and the answer says from where to where. */
import { moveAlias as recordMove } from '../db/aliases.ts';
import type { Transaction } from '../db/database.ts';
import { holdStore } from '../db/store-archive.ts';
import type { AliasMoveKind } from '../domain/alias.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Context } from './context.ts';

export interface MovedAlias {
  name: string;
  memory_store_id: string;
  /** Where it pointed before; null for one that is new. */
  before: string | null;
  /** false: it pointed there already, and nothing was written. */
  moved: boolean;
  /** The dream that made the store, where that was asked for. */
  dream_id: string | null;
}

export interface AliasStep {
  name: string;
  kind: AliasMoveKind;
  before: string | null;
  storeId: string;
  by: string;
  note: string | null;
  /** For the answer only. */
  dreamId?: string;
}

/** Under the lock of the alias's row. */
export async function moveAlias(context: Context, tx: Transaction, step: AliasStep): Promise<MovedAlias> {
  const { name, kind, before, storeId, by, note, dreamId = null } = step;
  const answer = { name, memory_store_id: storeId, before, dream_id: dreamId };
  if (before === storeId) return { ...answer, moved: false };
  const store = await holdStore(tx, storeId);
  if (store.archivedAt !== null)
    throw new DreamsError(
      'store_archived',
      `The memory store ${storeId} was archived on ${store.archivedAt.toISOString().slice(0, 10)}, so the alias ${name} cannot point at it.`,
      {
        // Only an alias that there is can be promoted.
        hint: `Point it at a store that is not archived: ${kind === 'set' ? `dreams alias set ${name} memstore_...` : `dreams promote memstore_... --alias ${name}`}`,
      },
    );
  await recordMove(tx, { workspaceId: context.workspaceId, name, kind, storeId, by, note });
  return { ...answer, moved: true };
}
