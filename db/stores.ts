import { asc, desc, eq, sql } from 'drizzle-orm';
import { DreamsError } from '../domain/errors.ts';
import type { Transaction } from './database.ts';
import { memoryStores } from './schema/index.ts';

export type StoreRow = typeof memoryStores.$inferSelect;

export async function insertStore(
  tx: Transaction,
  store: { workspaceId: string; id: string; name: string; description?: string; metadata?: Record<string, string> },
): Promise<void> {
  await tx.insert(memoryStores).values(store).onConflictDoNothing();
}

export async function findStore(tx: Transaction, id: string): Promise<StoreRow | undefined> {
  return (await tx.select().from(memoryStores).where(eq(memoryStores.id, id)))[0];
}

/** Names are not unique; newest first. */
export async function findStoresNamed(tx: Transaction, name: string): Promise<StoreRow[]> {
  return await tx
    .select()
    .from(memoryStores)
    .where(eq(memoryStores.name, name))
    .orderBy(desc(memoryStores.createdAt), asc(memoryStores.id));
}

/** The store of this id, or a sentence that says what to do. */
export async function requireStore(tx: Transaction, id: string): Promise<StoreRow> {
  const store = await findStore(tx, id);
  if (store !== undefined) return store;
  throw new DreamsError('store_not_found', `There is no memory store ${id} in this workspace.`, {
    hint: 'See "dreams list" for the stores there are.',
  });
}

/** Newest first. */
export async function listStores(tx: Transaction, limit: number): Promise<(StoreRow & { memories: number })[]> {
  // Written out: drizzle leaves the table's name off a column where one table is selected from, and both have an id.
  const count = sql<number>`(select count(*)::int from memories m where m.workspace_id = memory_stores.workspace_id and m.store_id = memory_stores.id)`;
  const rows = await tx
    .select({ store: memoryStores, memories: count })
    .from(memoryStores)
    .orderBy(desc(memoryStores.createdAt), asc(memoryStores.id))
    .limit(limit);
  return rows.map((row) => ({ ...row.store, memories: row.memories }));
}

/** Raises the revision, under the row's lock, and answers the new one. Every write of memories goes through here. */
export async function raiseRevision(tx: Transaction, storeId: string): Promise<number> {
  const [row] = await tx
    .update(memoryStores)
    .set({ revision: sql`${memoryStores.revision} + 1` })
    .where(eq(memoryStores.id, storeId))
    .returning({ revision: memoryStores.revision });
  if (row === undefined) throw new DreamsError('store_not_found', `The memory store ${storeId} is gone.`);
  return row.revision;
}

/** Locks the store against writers until the transaction ends, so that heads and revision belong together. */
export async function lockStore(tx: Transaction, id: string): Promise<StoreRow> {
  const [store] = await tx.select().from(memoryStores).where(eq(memoryStores.id, id)).for('update');
  if (store === undefined) throw new DreamsError('store_not_found', `There is no memory store ${id} in this workspace.`);
  return store;
}
