import { putContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { readHeads, writeVersions } from '../db/memories.ts';
import { appendOperation } from '../db/operations.ts';
import { findStoresNamed, insertStore } from '../db/stores.ts';
import { sha256Hex } from '../domain/hash.ts';
import { utf8Length } from '../domain/utf8.ts';
import type { ImportedStore } from '../sources/source.ts';
import type { Context } from './context.ts';

export interface StoreResult {
  /** null in a dry run of a store that is not there yet. */
  id: string | null;
  name: string;
  memories: number;
  /** A store of that name with the same bytes was there already and is answered instead of a second one. */
  existed: boolean;
}

export async function importStore(context: Context, tx: Transaction, store: ImportedStore, dryRun: boolean): Promise<StoreResult> {
  const { name } = store;
  const memories = store.memories.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const existing = await findSameStore(tx, name, memories);
  const common = { name, memories: memories.length };
  if (existing !== undefined) return { id: existing, ...common, existed: true };
  if (dryRun) return { id: null, ...common, existed: false };
  const { workspaceId } = context;
  const id = context.makeId('memstore');
  await insertStore(tx, { workspaceId, id, name });
  const hashes = await putContents(
    tx,
    workspaceId,
    memories.map((memory) => memory.content),
  );
  const versions = memories.map((memory, index) => ({
    workspaceId,
    storeId: id,
    id: context.makeId('memver'),
    memoryId: context.makeId('mem'),
    operation: 'created' as const,
    path: memory.path,
    sha256: hashes[index] ?? '',
    size: utf8Length(memory.content),
    createdBy: { type: 'user_actor', user_id: 'import' },
  }));
  await writeVersions(tx, versions);
  const steps = versions.map((version) => ({
    memoryId: version.memoryId,
    path: version.path,
    beforeVersionId: null,
    afterVersionId: version.id,
  }));
  const counts = versions.length === 0 ? {} : { created: versions.length };
  await appendOperation(tx, { workspaceId, id: context.makeId('op'), storeId: id, kind: 'import', by: 'import', counts }, steps);
  return { id, ...common, existed: false };
}

/** A store of this name that holds these paths with these bytes and nothing else. */
async function findSameStore(
  tx: Transaction,
  name: string,
  memories: readonly { path: string; content: string }[],
): Promise<string | undefined> {
  const wanted = new Map(memories.map((memory) => [memory.path, sha256Hex(memory.content)]));
  for (const store of await findStoresNamed(tx, name)) {
    if (store.archivedAt !== null) continue;
    const heads = await readHeads(tx, store.id);
    if (heads.length === wanted.size && heads.every((head) => wanted.get(head.path) === head.sha256)) return store.id;
  }
  return undefined;
}
