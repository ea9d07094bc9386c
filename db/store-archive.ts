import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { dreams, memoryStores } from './schema/index.ts';
import type { StoreRow } from './stores.ts';
import { requireStore } from './stores.ts';

/**
 * The store, kept from being archived until the transaction ends: `lockStore` waits. Others that hold it so do not, so that
 * two transactions that both refer to it cannot wait for each other.
 */
export async function holdStore(tx: Transaction, storeId: string): Promise<StoreRow> {
  const [store] = await tx.select().from(memoryStores).where(eq(memoryStores.id, storeId)).for('key share');
  return store ?? (await requireStore(tx, storeId));
}

/** One way: a store that is archived stays so, since when it first was. Answers whether this call archived it. */
export async function markArchived(tx: Transaction, storeId: string): Promise<boolean> {
  const now = new Date();
  const rows = await tx
    .update(memoryStores)
    .set({ archivedAt: now, updatedAt: now })
    .where(and(eq(memoryStores.id, storeId), isNull(memoryStores.archivedAt)))
    .returning({ id: memoryStores.id });
  return rows.length === 1;
}

/** The open dream that will write to this store: into its input, or into the copy that it made. */
export async function findOpenWriter(tx: Transaction, storeId: string): Promise<string | undefined> {
  const writes = or(eq(dreams.outputStoreId, storeId), and(eq(dreams.inputStoreId, storeId), eq(dreams.outputBehavior, 'update_existing')));
  const [dream] = await tx
    .select({ id: dreams.id })
    .from(dreams)
    .where(and(inArray(dreams.status, ['pending', 'running']), writes))
    .limit(1);
  return dream?.id;
}
