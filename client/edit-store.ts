/** Changes a store by hand: all edits or none, as one operation that can be undone. */
import { putContents } from '../db/contents.ts';
import { withWorkspace } from '../db/database.ts';
import { readHeads, writeVersions } from '../db/memories.ts';
import type { Head, NewVersion } from '../db/memories.ts';
import { appendOperation } from '../db/operations.ts';
import { parkPaths } from '../db/parked-paths.ts';
import { lockStore, requireStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import { sha256Hex } from '../domain/hash.ts';
import type { OperationCounts } from '../domain/operation.ts';
import { utf8Length } from '../domain/utf8.ts';
import type { Author } from './author.ts';
import { checkAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { EditPlan, StoreEdit } from './plan-edits.ts';
import { planEdits } from './plan-edits.ts';
import type { WireMemory } from './wire/store.ts';
import { toWireMemory } from './wire/store.ts';

export type { StoreEdit } from './plan-edits.ts';

export interface EditedStore {
  /** null where nothing had to change. */
  operation_id: string | null;
  /** Memories by what became of them; one that is renamed and rewritten counts as renamed. */
  counts: OperationCounts;
  /** Those that were created, modified or renamed, as they stand now. */
  memories: WireMemory[];
}

/** A version to write, beside the head that it follows. */
interface Step {
  before: Head | null;
  version: NewVersion;
}

export async function editStore(context: Context, storeId: string, edits: readonly StoreEdit[], author: Author): Promise<EditedStore> {
  const { by, note } = checkAuthor(author);
  const { workspaceId } = context;
  return await withWorkspace(context.database, workspaceId, async (tx) => {
    await requireStore(tx, storeId);
    const store = await lockStore(tx, storeId);
    if (store.archivedAt !== null)
      throw new DreamsError('store_archived', `The memory store ${storeId} is archived, so nothing is written to it any more.`, {
        hint: 'Write to a store that is not archived; see "dreams list".',
      });
    const plan = planEdits(await readHeads(tx, storeId), edits);
    const steps = planSteps(context, storeId, plan, by);
    if (steps.length === 0) return { operation_id: null, counts: {}, memories: [] };
    await putContents(
      tx,
      workspaceId,
      plan.placed.flatMap(({ content }) => content ?? []),
    );
    const renamed = steps.filter(isRename).map(({ version }) => version.memoryId);
    await parkPaths(tx, renamed);
    await writeVersions(
      tx,
      steps.map(({ version }) => version),
    );
    const counts = countSteps(steps);
    const operationId = context.makeId('op');
    await appendOperation(
      tx,
      { workspaceId, id: operationId, storeId, kind: 'edit', by, note, counts },
      steps.map(({ before, version }) => ({
        memoryId: version.memoryId,
        path: version.path,
        beforeVersionId: before?.versionId ?? null,
        afterVersionId: version.operation === 'deleted' ? null : version.id,
      })),
    );
    const written = new Set(steps.map(({ version }) => version.id));
    const heads = (await readHeads(tx, storeId)).filter((head) => written.has(head.versionId));
    return { operation_id: operationId, counts, memories: heads.map((head) => toWireMemory(head, null)) };
  });
}

/** Nothing for what stands already as it is asked for. */
function planSteps(context: Context, storeId: string, plan: EditPlan, by: string): Step[] {
  const common = () => ({
    workspaceId: context.workspaceId,
    storeId,
    id: context.makeId('memver'),
    createdBy: { type: 'user_actor', user_id: by },
  });
  const deleted = plan.deleted.map((before): Step => {
    const { memoryId, path } = before;
    return { before, version: { ...common(), memoryId, operation: 'deleted', path, sha256: null, size: null } };
  });
  const placed = plan.placed.flatMap(({ path, head, content }): Step[] => {
    const sha256 = content === null ? (head?.sha256 ?? '') : sha256Hex(content);
    const size = content === null ? (head?.size ?? 0) : utf8Length(content);
    if (head === null)
      return [{ before: null, version: { ...common(), memoryId: context.makeId('mem'), operation: 'created', path, sha256, size } }];
    if (head.path === path && head.sha256 === sha256) return [];
    // The text is the same under another path, so its lines keep the origin that is recorded with the version before.
    const copiedFrom = head.sha256 === sha256 ? (head.copiedFrom ?? head.versionId) : null;
    return [{ before: head, version: { ...common(), memoryId: head.memoryId, operation: 'modified', path, sha256, size, copiedFrom } }];
  });
  return [...deleted, ...placed];
}

function isRename({ before, version }: Step): boolean {
  return version.operation === 'modified' && before?.path !== version.path;
}

function countSteps(steps: readonly Step[]): OperationCounts {
  const counts: OperationCounts = {};
  for (const step of steps) {
    const kind = isRename(step) ? 'renamed' : step.version.operation;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
