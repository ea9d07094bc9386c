/** The stores whose memories read differently now: a new version of each, in an operation that says why. */
import type { Transaction } from '../../db/database.ts';
import { putContents, readContents } from '../../db/contents.ts';
import type { Head, NewVersion } from '../../db/memories.ts';
import { readHeads, writeVersions } from '../../db/memories.ts';
import type { OperationStep } from '../../db/operations.ts';
import { appendOperation } from '../../db/operations.ts';
import { buildIndex, isOwnIndex, rootIndexPath } from '../../domain/index-file.ts';
import type { OperationCounts } from '../../domain/operation.ts';
import { utf8Length } from '../../domain/utf8.ts';
import type { Context } from '../context.ts';

export interface HeadsErasure {
  storeId: string;
  by: string;
  note: string | null;
  /** Ids of versions whose text reads differently now. */
  edited: ReadonlySet<string>;
}

interface Next {
  path: string;
  /** null: an index of ours that is not needed any more. */
  content: string | null;
  head: Head | null;
}

/**
 * Runs after the texts were replaced: the old versions read like the new ones, which are there for the log. A memory that
 * states nothing any more stays, empty: as long as its bytes are those of the version that made it, that can be undone.
 * Answers the operation.
 */
export async function rewriteHeads(context: Context, tx: Transaction, erasure: HeadsErasure): Promise<string> {
  const { workspaceId, makeId } = context;
  const { storeId, by, note } = erasure;
  const heads = await readHeads(tx, storeId);
  const contents = await readContents(
    tx,
    heads.map((head) => head.sha256),
  );
  const next = withIndex(
    heads.map((head) => ({
      head,
      path: head.path,
      content: contents.get(head.sha256) ?? '',
    })),
  );
  const written = next.filter(
    ({ head, content }) => head === null || content === null || erasure.edited.has(head.versionId) || content !== contents.get(head.sha256),
  );
  const hashes = await putContents(
    tx,
    workspaceId,
    written.map((file) => file.content ?? ''),
  );
  const versions = written.map(({ head, path, content }, at): NewVersion => {
    const operation = content === null ? 'deleted' : head === null ? 'created' : 'modified';
    const text = content === null ? { sha256: null, size: null } : { sha256: hashes[at] ?? '', size: utf8Length(content) };
    // Lines and their evidence are recorded at the version that this one repeats.
    const repeats = head === null || content !== contents.get(head.sha256) ? null : (head.copiedFrom ?? head.versionId);
    const common = { workspaceId, storeId, path, operation, createdBy: { type: 'user_actor', user_id: by }, copiedFrom: repeats } as const;
    return { ...common, ...text, id: makeId('memver'), memoryId: head?.memoryId ?? makeId('mem') };
  });
  await writeVersions(tx, versions);
  const operationId = makeId('op');
  const steps = versions.map((version, at): OperationStep => ({
    memoryId: version.memoryId,
    path: version.path,
    beforeVersionId: written[at]?.head?.versionId ?? null,
    afterVersionId: version.operation === 'deleted' ? null : version.id,
  }));
  await appendOperation(
    tx,
    { workspaceId, id: operationId, storeId, kind: 'erase', by, note, counts: countsOf(versions), report: {} },
    steps,
  );
  return operationId;
}

/** An index of ours lists what there is now; a store without one gets none. */
function withIndex(files: readonly Next[]): Next[] {
  const standing = files.flatMap(({ path, content }) => (content === null ? [] : [{ path, content }]));
  const own = new Set(standing.filter(isOwnIndex).map((file) => file.path));
  if (!own.has(rootIndexPath)) return [...files];
  const existing = standing.filter((file) => own.has(file.path));
  const made = new Map(
    buildIndex(
      standing.filter((file) => !own.has(file.path)),
      existing,
    ).map((file) => [file.path, file.content]),
  );
  const kept = files.map((file) => (own.has(file.path) ? { ...file, content: made.get(file.path) ?? null } : file));
  const known = new Set(files.map((file) => file.path));
  return [...kept, ...[...made].filter(([path]) => !known.has(path)).map(([path, content]) => ({ path, content, head: null }))];
}

function countsOf(versions: readonly NewVersion[]): OperationCounts {
  const counts: OperationCounts = {};
  for (const { operation } of versions) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}
