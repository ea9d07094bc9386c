/** Aliases as they are shown. */
import type { AliasMoveRow, AliasRow } from '../../db/aliases.ts';
import type { AliasMoveKind } from '../../domain/alias.ts';

export interface WireAlias {
  type: 'alias';
  name: string;
  memory_store_id: string;
  created_at: string;
  /** Since when it points there. */
  updated_at: string;
}

export interface WireAliasMove {
  kind: AliasMoveKind;
  memory_store_id: string;
  by: string;
  note: string | null;
  /** The dream that wrote the store, where it is one that a dream made. */
  dream_id: string | null;
  at: string;
}

export function toWireAlias({ name, storeId, createdAt, updatedAt }: AliasRow): WireAlias {
  return {
    type: 'alias',
    name,
    memory_store_id: storeId,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}

export function toWireAliasMove(move: AliasMoveRow, dreamId: string | null): WireAliasMove {
  const { kind, storeId, by, note, createdAt } = move;
  return { kind, memory_store_id: storeId, by, note, dream_id: move.dreamId ?? dreamId, at: createdAt.toISOString() };
}
