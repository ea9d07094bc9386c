/** The stores whose memories read differently now: a new version of each, in an operation that says why. */
import type { Transaction } from '../../db/database.ts';
import type { NewVersion } from '../../db/memories.ts';
import { readHeads, writeVersions } from '../../db/memories.ts';
import type { OperationStep } from '../../db/operations.ts';
import { appendOperation } from '../../db/operations.ts';
import type { Context } from '../context.ts';

export interface HeadsErasure {
  sessionId: string;
  storeId: string;
  by: string;
  note: string | null;
  /** Ids of versions whose text reads differently now. */
  edited: ReadonlySet<string>;
}

/**
 * Runs after the texts were replaced: the old versions read like the new ones, which are there for the log. A memory that
 * states nothing any more stays, empty: as long as its bytes are those of the version that made it, that can be undone.
 * Answers the operation.
 */
export async function rewriteHeads(context: Context, tx: Transaction, erasure: HeadsErasure): Promise<string> {
  const { workspaceId, makeId } = context;
  const { sessionId, storeId, by, note } = erasure;
  // An index too reads as its older versions do: one made anew would list what a hand has added since, and the dream that
  // wrote it could not be undone any more.
  const written = (await readHeads(tx, storeId)).filter((head) => erasure.edited.has(head.versionId));
  const versions = written.map(({ memoryId, path, sha256, size, copiedFrom, versionId }): NewVersion => {
    // Lines and their evidence are recorded at the version that this one repeats.
    const common = { workspaceId, storeId, path, operation: 'modified', createdBy: { type: 'user_actor', user_id: by } } as const;
    return { ...common, sha256, size, copiedFrom: copiedFrom ?? versionId, id: makeId('memver'), memoryId };
  });
  await writeVersions(tx, versions);
  const operationId = makeId('op');
  const steps = versions.map((version, at): OperationStep => ({
    memoryId: version.memoryId,
    path: version.path,
    beforeVersionId: written[at]?.versionId ?? null,
    afterVersionId: version.id,
  }));
  await appendOperation(
    tx,
    {
      workspaceId,
      id: operationId,
      storeId,
      kind: 'erase',
      by,
      note,
      counts: { modified: versions.length },
      report: { erased: sessionId },
    },
    steps,
  );
  return operationId;
}
