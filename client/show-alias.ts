import { readAliasMoves, readDreamsBehind, requireAlias } from '../db/aliases.ts';
import { withWorkspace } from '../db/database.ts';
import { standingStores } from '../domain/alias.ts';
import type { Context } from './context.ts';
import type { WireAlias, WireAliasMove } from './wire/alias.ts';
import { toWireAlias, toWireAliasMove } from './wire/alias.ts';

export interface ShownAlias extends WireAlias {
  /** Newest first. */
  moves: WireAliasMove[];
  /** The store that a rollback leads to; null where there is nothing to go back to. */
  rollback_to: string | null;
}

/** Where an alias points, and how it came to. */
export async function showAlias(context: Context, name: string): Promise<ShownAlias> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const alias = await requireAlias(tx, name);
    const moves = await readAliasMoves(tx, name);
    const behind = await readDreamsBehind(
      tx,
      moves.map((move) => move.storeId),
    );
    return {
      ...toWireAlias(alias),
      moves: moves.map((move) => toWireAliasMove(move, behind.get(move.storeId) ?? null)).toReversed(),
      rollback_to: standingStores(moves).at(-2) ?? null,
    };
  });
}
