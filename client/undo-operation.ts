/** Takes an operation back by another one: what stood before it stands again, byte for byte, or nothing is done. */
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { Head, NewVersion, VersionRow } from '../db/memories.ts';
import { readHeads, readVersions, writeVersions } from '../db/memories.ts';
import type { OperationRow } from '../db/operations.ts';
import { appendOperation, readOperationSteps, readUndos, requireOperation } from '../db/operations.ts';
import { parkPaths } from '../db/parked-paths.ts';
import { lockStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import { maxMemoriesPerStore } from '../domain/limits.ts';
import type { OperationCounts } from '../domain/operation.ts';
import type { DoneStep, Restored, Standing } from '../domain/undo.ts';
import { countRestored, planUndo } from '../domain/undo.ts';
import type { Author } from './author.ts';
import { checkAuthor } from './author.ts';
import type { Context } from './context.ts';
import { toPathsChanged } from './paths-changed.ts';

export interface UndoneOperation {
  operation_id: string;
  undoes: string;
  store_id: string;
  /** Memories by what became of them; one that gets its old path back counts as renamed. */
  counts: OperationCounts;
  paths: string[];
}

/** A version that stood before, with what its successor needs to repeat it. */
interface Before extends Standing {
  version: VersionRow;
}

export async function undoOperation(context: Context, operationId: string, author: Author): Promise<UndoneOperation> {
  const { by, note } = checkAuthor(author);
  if (!operationId.startsWith('op_'))
    throw new DreamsError('invalid_input', `${JSON.stringify(operationId)} is no id of an operation; those begin with op_.`, {
      hint: 'See "dreams log memstore_..." for the operations of a store.',
    });
  const { workspaceId } = context;
  return await withWorkspace(context.database, workspaceId, async (tx) => {
    const operation = await requireOperation(tx, operationId);
    // From here on nobody else writes to the store, so what is found now still holds at the end.
    const store = await lockStore(tx, operation.storeId);
    await assertUndoable(tx, operation, store.archivedAt);
    const heads = await readHeads(tx, store.id);
    const plan = planUndo(await readSteps(tx, operationId), new Map(heads.map((head) => [head.memoryId, head])));
    if (plan.conflicts.length > 0) throw await toPathsChanged(tx, operation, plan.conflicts);
    const counts = countRestored(plan.restored);
    const memories = heads.length + (counts.created ?? 0) - (counts.deleted ?? 0);
    if (memories > maxMemoriesPerStore)
      throw new DreamsError(
        'store_too_large',
        `With what the undo of ${operationId} brings back, ${store.id} would hold ${String(memories)} memories; a store holds at most ${String(maxMemoriesPerStore)}.`,
        { hint: 'Take other memories out of the store first; nothing was changed.' },
      );
    const id = context.makeId('op');
    await writeBack(context, tx, store.id, { id, by, note, undoesId: operationId, counts }, plan.restored, heads);
    const paths = plan.restored.map(({ now, back }) => back?.path ?? now?.path ?? '').sort();
    return { operation_id: id, undoes: operationId, store_id: store.id, counts, paths };
  });
}

async function assertUndoable(tx: Transaction, operation: OperationRow, archivedAt: Date | null): Promise<void> {
  if (archivedAt !== null)
    throw new DreamsError('store_archived', `The memory store ${operation.storeId} is archived, so nothing is written to it any more.`, {
      hint: 'An archived store stays as it is; move an alias to another store instead, see "dreams alias list".',
    });
  if (operation.kind === 'erase')
    throw new DreamsError(
      'invalid_input',
      `The operation ${operation.id} erased a session; what it took away is gone for good and cannot be brought back.`,
      { hint: `See "dreams log ${operation.storeId}" for operations that can be undone.` },
    );
  const undos = await readUndos(tx, operation.id);
  const last = undos.at(-1);
  if (last === undefined) return;
  const story = undos.map((undo, index) => `${index % 2 === 0 ? 'undone' : 'brought back'} by ${undo.id} ${dated(undo)}`).join(', then ');
  throw new DreamsError('already_undone', `The operation ${operation.id} was ${story}.`, {
    hint: `"dreams undo ${last.id}" ${undos.length % 2 === 1 ? 'brings it back' : 'takes it back again'}.`,
  });
}

function dated(operation: OperationRow): string {
  return `on ${operation.createdAt.toISOString().slice(0, 16).replace('T', ' ')} by ${operation.by}`;
}

async function readSteps(tx: Transaction, operationId: string): Promise<DoneStep<Before>[]> {
  const steps = await readOperationSteps(tx, operationId);
  if (steps.length === 0)
    throw new DreamsError('invalid_input', `The operation ${operationId} changed no memory, so there is nothing to undo.`);
  const versions = await readVersions(
    tx,
    steps.flatMap((step) => [step.beforeVersionId ?? [], step.afterVersionId ?? []].flat()),
  );
  const standing = (id: string | null): Before | null => {
    const version = versions.get(id ?? '');
    return version?.sha256 === undefined || version.sha256 === null ? null : { path: version.path, sha256: version.sha256, version };
  };
  return steps.map(({ memoryId, beforeVersionId, afterVersionId }) => ({
    memoryId,
    before: standing(beforeVersionId),
    after: standing(afterVersionId),
  }));
}

async function writeBack(
  { workspaceId, makeId }: Context,
  tx: Transaction,
  storeId: string,
  operation: { id: string; by: string; note: string | null; undoesId: string; counts: OperationCounts },
  restored: readonly Restored<Before>[],
  heads: readonly Head[],
): Promise<void> {
  const versions = restored.map(({ memoryId, now, back }): NewVersion => {
    const common = { workspaceId, storeId, id: makeId('memver'), memoryId, createdBy: { type: 'user_actor', user_id: operation.by } };
    if (back === null) return { ...common, operation: 'deleted', path: now?.path ?? '', sha256: null, size: null };
    const { path, sha256, version } = back;
    // The lines keep the origin that is recorded with the version that stood there.
    const copiedFrom = version.copiedFrom ?? version.id;
    return { ...common, operation: now === null ? 'created' : 'modified', path, sha256, size: version.size, copiedFrom };
  });
  const before = new Map(heads.map((head) => [head.memoryId, head.versionId]));
  await parkPaths(
    tx,
    restored.filter(({ now, back }) => now !== null && back !== null && now.path !== back.path).map(({ memoryId }) => memoryId),
  );
  await writeVersions(tx, versions);
  await appendOperation(
    tx,
    { workspaceId, storeId, kind: 'undo', ...operation },
    versions.map((version) => ({
      memoryId: version.memoryId,
      path: version.path,
      beforeVersionId: before.get(version.memoryId) ?? null,
      afterVersionId: version.operation === 'deleted' ? null : version.id,
    })),
  );
}
