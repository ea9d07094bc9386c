import { withWorkspace } from '../db/database.ts';
import { readHeads } from '../db/memories.ts';
import { newestOperation } from '../db/operations.ts';
import { requireStore } from '../db/stores.ts';
import type { OperationKind } from '../domain/operation.ts';
import type { Context } from './context.ts';
import type { WireMemory, WireStore } from './wire/store.ts';
import { toWireMemory, toWireStore } from './wire/store.ts';

export interface ShownStore extends WireStore {
  memories: WireMemory[];
  /** What wrote the store last; null for one that nothing was written to. */
  last_operation: { id: string; kind: OperationKind; dream_id: string | null; created_at: string } | null;
}

export async function showStore(context: Context, id: string): Promise<ShownStore> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const store = await requireStore(tx, id);
    const heads = await readHeads(tx, id);
    const operation = await newestOperation(tx, id);
    return {
      ...toWireStore(store),
      memories: heads.map((head) => toWireMemory(head, null)),
      last_operation:
        operation === undefined
          ? null
          : { id: operation.id, kind: operation.kind, dream_id: operation.dreamId, created_at: operation.createdAt.toISOString() },
    };
  });
}
