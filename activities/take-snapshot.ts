import type { Transaction } from '../db/database.ts';
import type { DreamRow } from '../db/dreams.ts';
import { pinMemories, pinSessions, readDreamSessions, readPinnedMemories, updateDream } from '../db/dreams.ts';
import type { Head } from '../db/memories.ts';
import { readHeads, writeVersions } from '../db/memories.ts';
import { readSessions } from '../db/sessions.ts';
import type { StoreRow } from '../db/stores.ts';
import { insertStore, lockStore } from '../db/stores.ts';
import type { DreamOptions } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import { counted } from '../domain/guards/guard.ts';
import { deriveId } from '../domain/ids.ts';
import { maxStoreNameCharacters } from '../domain/limits.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { appendLive, stepMessage } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';

export interface Snapshot {
  sessions: number;
  memories: number;
  review: DreamOptions['review'];
}

/**
 * One transaction pins memory versions and event numbers and clones the store by reference: the clone copies no text. A dream
 * that updates its input store needs no clone; the commit finds by the revision whether others wrote meanwhile.
 */
export function takeSnapshot(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId }: DreamInput): Promise<Snapshot> => {
    return await writing(dependencies, 'takeSnapshot.pin', workspaceId, async (tx) => {
      const dream = await lockForStep(tx, dreamId);
      if (dream.outputStoreId !== null) return await readSnapshot(tx, dream);
      const store = await lockStore(tx, dream.inputStoreId);
      if (store.archivedAt !== null)
        throw new DreamsError('store_not_found', `The input store ${store.id} was archived after the dream was asked for.`);
      const sessions = await pinInputSessions(tx, dreamId);
      const heads = await readHeads(tx, store.id);
      await pinMemories(
        tx,
        heads.map(({ memoryId, versionId, path, sha256 }) => ({ workspaceId, dreamId, memoryId, versionId, path, sha256 })),
      );
      const isUpdate = dream.outputBehavior === 'update_existing';
      const outputStoreId = isUpdate ? store.id : await cloneStore(tx, dream, store, heads);
      await updateDream(tx, dreamId, { outputStoreId, baseRevision: store.revision, stage: 'takeSnapshot' });
      await appendLive(tx, dream, [
        stepMessage(
          dreamId,
          'takeSnapshot',
          `${counted(sessions, 'session')} and ${String(heads.length)} ${heads.length === 1 ? 'memory' : 'memories'} pinned; ${isUpdate ? `the commit will update ${outputStoreId} itself` : `the output store is ${outputStoreId}`}`,
        ),
      ]);
      return { sessions, memories: heads.length, review: dream.options.review };
    });
  };
}

async function readSnapshot(tx: Transaction, dream: DreamRow): Promise<Snapshot> {
  const sessions = await readDreamSessions(tx, dream.id);
  const memories = await readPinnedMemories(tx, dream.id);
  return { sessions: sessions.length, memories: memories.length, review: dream.options.review };
}

async function pinInputSessions(tx: Transaction, dreamId: string): Promise<number> {
  const wanted = await readDreamSessions(tx, dreamId);
  const found = await readSessions(
    tx,
    wanted.map((row) => row.sessionId),
  );
  const pins = wanted.map(({ sessionId }) => {
    const session = found.get(sessionId);
    if (session === undefined)
      throw new DreamsError('session_not_found', `The session ${sessionId} was deleted after the dream was asked for.`);
    if (session.erasedAt !== null)
      throw new DreamsError('session_not_found', `The session ${sessionId} was erased after the dream was asked for.`);
    return { sessionId, lastEventNumber: session.lastEventNumber };
  });
  await pinSessions(tx, dreamId, pins);
  return wanted.length;
}

async function cloneStore(tx: Transaction, dream: DreamRow, store: StoreRow, heads: readonly Head[]): Promise<string> {
  const { workspaceId, id: dreamId } = dream;
  const id = deriveId('memstore', dreamId, 'takeSnapshot', 'output');
  const suffix = ` (dream ${dreamId.slice(-6)})`;
  const name =
    Array.from(store.name)
      .slice(0, maxStoreNameCharacters - suffix.length)
      .join('') + suffix;
  await insertStore(tx, { workspaceId, id, name, description: store.description, metadata: store.metadata });
  await writeVersions(
    tx,
    heads.map((head) => ({
      workspaceId,
      storeId: id,
      operation: 'created' as const,
      path: head.path,
      sha256: head.sha256,
      size: head.size,
      id: deriveId('memver', dreamId, 'takeSnapshot', head.memoryId),
      memoryId: deriveId('mem', dreamId, 'takeSnapshot', head.memoryId),
      // One step back to where the lines are recorded, however often a store is cloned.
      copiedFrom: head.copiedFrom ?? head.versionId,
      createdBy: { type: 'session_actor', session_id: dream.sessionId ?? '' },
    })),
  );
  return id;
}
