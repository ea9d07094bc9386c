import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm';
import { DreamsError } from '../domain/errors.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { dreams, memoryVersions, operationMemories, operations } from './schema/index.ts';
import { raiseRevision } from './stores.ts';

export type OperationRow = typeof operations.$inferSelect;
export type OperationStepRow = typeof operationMemories.$inferSelect;
export type OperationStep = Omit<OperationStepRow, 'workspaceId' | 'operationId'>;

/**
 * Appends an operation after the store's newest one and raises the store's revision: every write of memories goes through
 * here, in the transaction that writes them. Repeating it changes nothing.
 */
export async function appendOperation(
  tx: Transaction,
  operation: Omit<typeof operations.$inferInsert, 'parentId' | 'createdAt' | 'revision'>,
  steps: readonly OperationStep[],
): Promise<void> {
  if ((await findOperation(tx, operation.id)) !== undefined) return;
  const parent = await newestOperation(tx, operation.storeId);
  const revision = await raiseRevision(tx, operation.storeId);
  await tx.insert(operations).values({ ...operation, parentId: parent?.id ?? null, revision });
  const rows = steps.map((step) => ({ workspaceId: operation.workspaceId, operationId: operation.id, ...step }));
  for (const chunk of chunks(rows)) await tx.insert(operationMemories).values(chunk);
}

export async function findOperation(tx: Transaction, id: string): Promise<OperationRow | undefined> {
  return (await tx.select().from(operations).where(eq(operations.id, id)))[0];
}

export async function requireOperation(tx: Transaction, id: string): Promise<OperationRow> {
  const operation = await findOperation(tx, id);
  if (operation !== undefined) return operation;
  throw new DreamsError('operation_not_found', `There is no operation ${id} in this workspace.`, {
    hint: 'See "dreams log memstore_..." for the operations of a store.',
  });
}

export async function newestOperation(tx: Transaction, storeId: string): Promise<OperationRow | undefined> {
  return (await tx.select().from(operations).where(eq(operations.storeId, storeId)).orderBy(desc(operations.revision)).limit(1))[0];
}

/** Newest first. */
export async function readOperations(tx: Transaction, storeId: string): Promise<OperationRow[]> {
  return await tx.select().from(operations).where(eq(operations.storeId, storeId)).orderBy(desc(operations.revision));
}

/** What the operation did to each memory, in the byte order of the paths. */
export async function readOperationSteps(tx: Transaction, operationId: string): Promise<OperationStepRow[]> {
  return await tx
    .select()
    .from(operationMemories)
    .where(eq(operationMemories.operationId, operationId))
    .orderBy(asc(operationMemories.path), asc(operationMemories.memoryId));
}

/** A step by paths: where the memory stood before, null where there was none. */
export interface StepPaths {
  operationId: string;
  path: string;
  beforePath: string | null;
  isDeleted: boolean;
}

/** The steps of all these operations, each operation's in the byte order of the paths. */
export async function readStepsOf(tx: Transaction, operationIds: readonly string[]): Promise<StepPaths[]> {
  const found: StepPaths[] = [];
  for (const chunk of chunks([...new Set(operationIds)])) {
    const rows = await tx
      .select({
        operationId: operationMemories.operationId,
        path: operationMemories.path,
        beforePath: memoryVersions.path,
        afterVersionId: operationMemories.afterVersionId,
      })
      .from(operationMemories)
      .leftJoin(memoryVersions, eq(memoryVersions.id, operationMemories.beforeVersionId))
      .where(inArray(operationMemories.operationId, chunk))
      .orderBy(asc(operationMemories.path), asc(operationMemories.memoryId));
    for (const { afterVersionId, ...row } of rows) found.push({ ...row, isDeleted: afterVersionId === null });
  }
  return found;
}

/** The operation that made a version, and the version that stood there before; null where there was none. */
export interface Maker {
  operation: OperationRow;
  beforeVersionId: string | null;
}

/** Key: the version. What no operation made, as the clone that a dream begins with, is absent. */
export async function readMakers(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, Maker>> {
  const found = new Map<string, Maker>();
  for (const chunk of chunks([...new Set(versionIds)])) {
    const rows = await tx
      .select({ operation: operations, step: operationMemories })
      .from(operationMemories)
      .innerJoin(operations, eq(operations.id, operationMemories.operationId))
      .where(inArray(operationMemories.afterVersionId, chunk));
    for (const { operation, step } of rows)
      if (step.afterVersionId !== null) found.set(step.afterVersionId, { operation, beforeVersionId: step.beforeVersionId });
  }
  return found;
}

/** The operation that took this one back. */
export async function findUndo(tx: Transaction, operationId: string): Promise<OperationRow | undefined> {
  return (await tx.select().from(operations).where(eq(operations.undoesId, operationId)))[0];
}

/** The undo of the operation, the undo of that one, and so on: an odd number means that it is taken back. */
export async function readUndos(tx: Transaction, operationId: string): Promise<OperationRow[]> {
  const undos: OperationRow[] = [];
  for (let undo = await findUndo(tx, operationId); undo !== undefined; undo = await findUndo(tx, undo.id)) undos.push(undo);
  return undos;
}

export async function findDreamOperation(tx: Transaction, dreamId: string): Promise<OperationRow | undefined> {
  return (await tx.select().from(operations).where(eq(operations.dreamId, dreamId)))[0];
}

/** The dream for which the store was made as a copy of another one; undefined for a store that began by itself. */
export async function findCopier(tx: Transaction, storeId: string): Promise<{ dreamId: string; storeId: string } | undefined> {
  const rows = await tx
    .select({ dreamId: dreams.id, storeId: dreams.inputStoreId })
    .from(dreams)
    .where(and(eq(dreams.outputStoreId, storeId), ne(dreams.inputStoreId, storeId)));
  return rows[0];
}
