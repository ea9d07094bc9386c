import { desc, eq } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { operationMemories, operations } from './schema/index.ts';

export type OperationRow = typeof operations.$inferSelect;
export type OperationStep = Omit<typeof operationMemories.$inferInsert, 'workspaceId' | 'operationId'>;

/** Appends an operation after the store's newest one. Repeating it changes nothing. */
export async function appendOperation(
  tx: Transaction,
  operation: Omit<typeof operations.$inferInsert, 'parentId' | 'createdAt'>,
  steps: readonly OperationStep[],
): Promise<void> {
  const parent = await newestOperation(tx, operation.storeId);
  const inserted = await tx
    .insert(operations)
    .values({ ...operation, parentId: parent?.id ?? null })
    .onConflictDoNothing()
    .returning({ id: operations.id });
  if (inserted.length === 0) return;
  const rows = steps.map((step) => ({ workspaceId: operation.workspaceId, operationId: operation.id, ...step }));
  for (const chunk of chunks(rows)) await tx.insert(operationMemories).values(chunk);
}

export async function newestOperation(tx: Transaction, storeId: string): Promise<OperationRow | undefined> {
  return (
    await tx
      .select()
      .from(operations)
      .where(eq(operations.storeId, storeId))
      .orderBy(desc(operations.createdAt), desc(operations.id))
      .limit(1)
  )[0];
}

export async function findDreamOperation(tx: Transaction, dreamId: string): Promise<OperationRow | undefined> {
  return (await tx.select().from(operations).where(eq(operations.dreamId, dreamId)))[0];
}
