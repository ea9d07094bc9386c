import { readContentSizes } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import type { NewVersion } from '../db/memories.ts';
import { readHeads } from '../db/memories.ts';
import type { OperationStep } from '../db/operations.ts';
import { deriveId } from '../domain/ids.ts';
import type { WantedFile } from './rebase-draft.ts';

/**
 * What becomes of each memory of a store so that these files stand in it, and nothing else: a path that is held keeps its
 * memory, a new one gets a memory of its own, the rest go. A `confirmed` path gets a version of its own with the bytes it had,
 * where what speaks for its lines is recorded.
 */
export async function planVersions(
  tx: Transaction,
  dream: DreamRow,
  storeId: string,
  wanted: readonly WantedFile[],
  confirmed: ReadonlySet<string>,
): Promise<{ versions: NewVersion[]; steps: OperationStep[] }> {
  const heads = new Map((await readHeads(tx, storeId)).map((head) => [head.path, head]));
  const sizes = await readContentSizes(
    tx,
    wanted.map((file) => file.sha256),
  );
  const common = { workspaceId: dream.workspaceId, storeId, createdBy: { type: 'session_actor', session_id: dream.sessionId ?? '' } };
  const deleted = new Map(heads);
  const written: NewVersion[] = [];
  for (const { path, sha256, copiedFrom } of wanted) {
    const head = heads.get(path);
    deleted.delete(path);
    if (head?.sha256 === sha256 && !confirmed.has(path)) continue;
    written.push({
      ...common,
      id: deriveId('memver', dream.id, 'commitDream', path),
      memoryId: head?.memoryId ?? deriveId('mem', dream.id, 'commitDream', path),
      operation: head === undefined ? 'created' : 'modified',
      path,
      sha256,
      size: sizes.get(sha256) ?? 0,
      copiedFrom,
    });
  }
  const gone = [...deleted.values()].map(({ memoryId, path }): NewVersion => ({
    ...common,
    id: deriveId('memver', dream.id, 'commitDream', `deleted ${path}`),
    memoryId,
    operation: 'deleted',
    path,
    sha256: null,
    size: null,
  }));
  const versions = [...gone, ...written];
  const steps = versions.map((version) => ({
    memoryId: version.memoryId,
    path: version.path,
    beforeVersionId: heads.get(version.path)?.versionId ?? null,
    afterVersionId: version.operation === 'deleted' ? null : version.id,
  }));
  return { versions, steps };
}
