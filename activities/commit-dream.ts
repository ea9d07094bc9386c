import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { DraftFileRow } from '../db/drafts.ts';
import { findDraft, newestDraft, placeClaims, readDraftFiles } from '../db/drafts.ts';
import type { DreamRow } from '../db/dreams.ts';
import { endDream, lockDream, lockOpenDream, readPinnedMemories, updateDream } from '../db/dreams.ts';
import type { NewVersion } from '../db/memories.ts';
import { readHeads, writeVersions } from '../db/memories.ts';
import { readContentSizes } from '../db/contents.ts';
import type { OperationStep } from '../db/operations.ts';
import { appendOperation, findDreamOperation } from '../db/operations.ts';
import { findStore, lockStore, raiseRevision } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import { deriveId } from '../domain/ids.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { appendLive, stepMessage } from './live-session.ts';

/** One transaction under the lock of the dream's row makes the draft the output store. Running it twice gives the same answer. */
export function commitDream({ database }: Dependencies) {
  return async ({
    workspaceId,
    dreamId,
    draftId,
    digest,
  }: DreamInput & { draftId: string; digest: string }): Promise<{ operationId: string }> => {
    return await withWorkspace(database, workspaceId, async (tx) => {
      await lockDream(tx, dreamId);
      const done = await findDreamOperation(tx, dreamId);
      if (done !== undefined) return { operationId: done.id };
      const dream = await lockOpenDream(tx, dreamId);
      const storeId = dream.outputStoreId ?? '';
      await assertUnmoved(tx, dream, draftId, digest);
      const { versions, steps } = await planVersions(tx, dream, storeId, draftId);
      await writeVersions(tx, versions);
      for (const version of versions) if (version.operation !== 'deleted') await placeClaims(tx, draftId, version.path, version.id);
      const operationId = deriveId('op', dreamId, 'commitDream', storeId);
      const draft = await findDraft(tx, draftId);
      await appendOperation(
        tx,
        {
          workspaceId,
          id: operationId,
          storeId,
          kind: 'dream',
          by: `dream ${dreamId}`,
          dreamId,
          draftId,
          counts: draft?.report.counts ?? {},
        },
        steps,
      );
      await raiseRevision(tx, storeId);
      await updateDream(tx, dreamId, { stage: 'commitDream', draftId });
      await endDream(tx, dreamId, { status: 'completed', outcome: 'committed', error: null });
      const counts = Object.entries(draft?.report.counts ?? {})
        .map(([kind, count]) => `${kind} ${String(count)}`)
        .join(', ');
      await appendLive(tx, dream, [
        stepMessage(
          dreamId,
          'commitDream',
          `${String(versions.length)} memories written to ${storeId}: ${counts === '' ? 'nothing to change' : counts}`,
        ),
      ]);
      return { operationId };
    });
  };
}

/** What was checked is what is committed: the newest draft, over an input that still stands as it was read. */
async function assertUnmoved(tx: Transaction, dream: DreamRow, draftId: string, digest: string): Promise<void> {
  const draft = await newestDraft(tx, dream.id);
  if (draft?.id !== draftId || draft.digest !== digest)
    throw new DreamsError('draft_changed', `The draft ${draftId} is not the newest of dream ${dream.id} any more.`);
  const input = await findStore(tx, dream.inputStoreId);
  if (input === undefined || input.archivedAt !== null)
    throw new DreamsError('store_not_found', `The input store ${dream.inputStoreId} was archived or deleted while the dream ran.`);
  const output = await lockStore(tx, dream.outputStoreId ?? '');
  if (output.revision !== 0)
    throw new DreamsError('store_changed', `The output store ${output.id} was written to while the dream ran.`, {
      hint: 'Dream again; leave an output store alone until its dream has ended.',
    });
}

/** What becomes of each memory of the output store, whose clone of the input still stands as the snapshot left it. */
async function planVersions(
  tx: Transaction,
  dream: DreamRow,
  storeId: string,
  draftId: string,
): Promise<{ versions: NewVersion[]; steps: OperationStep[] }> {
  const heads = new Map((await readHeads(tx, storeId)).map((head) => [head.memoryId, head]));
  const pinned = await readPinnedMemories(tx, dream.id);
  const cloneOf = new Map(pinned.map((memory) => [memory.memoryId, deriveId('mem', dream.id, 'takeSnapshot', memory.memoryId)]));
  const files = await readDraftFiles(tx, draftId);
  const sizes = await readContentSizes(
    tx,
    files.map((file) => file.sha256),
  );
  const common = { workspaceId: dream.workspaceId, storeId, createdBy: { type: 'session_actor', session_id: dream.sessionId ?? '' } };
  const continued = new Set<string>();
  const versions: NewVersion[] = [];
  const write = (file: DraftFileRow, memoryId: string, operation: 'created' | 'modified') =>
    versions.push({
      ...common,
      id: deriveId('memver', dream.id, 'commitDream', file.path),
      memoryId,
      operation,
      path: file.path,
      sha256: file.sha256,
      size: sizes.get(file.sha256) ?? 0,
    });
  for (const file of files) {
    const memoryId = cloneOf.get(file.memoryId ?? '');
    const head = heads.get(memoryId ?? '');
    if (memoryId === undefined || head === undefined) write(file, deriveId('mem', dream.id, 'commitDream', file.path), 'created');
    else {
      continued.add(memoryId);
      if (head.sha256 !== file.sha256 || head.path !== file.path) write(file, memoryId, 'modified');
    }
  }
  for (const head of heads.values())
    if (!continued.has(head.memoryId)) {
      versions.push({
        ...common,
        id: deriveId('memver', dream.id, 'commitDream', `deleted ${head.path}`),
        memoryId: head.memoryId,
        operation: 'deleted',
        path: head.path,
        sha256: null,
        size: null,
      });
    }
  // Deletions first: a new file may take a path that an old one leaves.
  versions.sort((a, b) => Number(b.operation === 'deleted') - Number(a.operation === 'deleted'));
  const steps = versions.map((version) => ({
    memoryId: version.memoryId,
    path: version.path,
    beforeVersionId: heads.get(version.memoryId)?.versionId ?? null,
    afterVersionId: version.operation === 'deleted' ? null : version.id,
  }));
  return { versions, steps };
}
