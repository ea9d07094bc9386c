import { asc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { memories, memoryVersions } from './schema/index.ts';

export type VersionRow = typeof memoryVersions.$inferSelect;

/** A memory with its head version. */
export interface Head {
  memoryId: string;
  storeId: string;
  versionId: string;
  path: string;
  sha256: string;
  size: number;
  copiedFrom: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const headColumns = {
  memoryId: memories.id,
  storeId: memories.storeId,
  versionId: memories.versionId,
  path: memories.path,
  sha256: memoryVersions.sha256,
  size: memoryVersions.size,
  copiedFrom: memoryVersions.copiedFrom,
  createdAt: memories.createdAt,
  updatedAt: memories.updatedAt,
};

function toHead(row: { [K in keyof Head]: Head[K] | null }): Head {
  // A head is never a deletion, so hash and size are there (a_version_has_content_unless_it_is_a_deletion).
  return row as Head;
}

/** The store's memories in the byte order of their paths. */
export async function readHeads(tx: Transaction, storeId: string): Promise<Head[]> {
  const rows = await tx
    .select(headColumns)
    .from(memories)
    .innerJoin(memoryVersions, eq(memories.versionId, memoryVersions.id))
    .where(eq(memories.storeId, storeId))
    .orderBy(asc(memories.path));
  return rows.map(toHead);
}

export async function findHead(tx: Transaction, memoryId: string): Promise<Head | undefined> {
  const rows = await tx
    .select(headColumns)
    .from(memories)
    .innerJoin(memoryVersions, eq(memories.versionId, memoryVersions.id))
    .where(eq(memories.id, memoryId));
  return rows.map(toHead)[0];
}

export async function readVersions(tx: Transaction, ids: readonly string[]): Promise<Map<string, VersionRow>> {
  const found = new Map<string, VersionRow>();
  for (const chunk of chunks([...new Set(ids)])) {
    for (const row of await tx.select().from(memoryVersions).where(inArray(memoryVersions.id, chunk))) found.set(row.id, row);
  }
  return found;
}

export type NewVersion = Omit<typeof memoryVersions.$inferInsert, 'createdAt'>;

/** Appends versions and moves the heads: created and modified ones are set, deleted ones go. Repeating it changes nothing. */
export async function writeVersions(tx: Transaction, versions: readonly NewVersion[]): Promise<void> {
  for (const chunk of chunks(versions, 500)) await tx.insert(memoryVersions).values(chunk).onConflictDoNothing();
  const deleted = versions.filter((version) => version.operation === 'deleted').map((version) => version.memoryId);
  for (const chunk of chunks(deleted)) await tx.delete(memories).where(inArray(memories.id, chunk));
  for (const version of versions)
    if (version.operation === 'modified') {
      await tx
        .update(memories)
        .set({ versionId: version.id, path: version.path, updatedAt: new Date() })
        .where(eq(memories.id, version.memoryId));
    }
  const created = versions
    .filter((version) => version.operation === 'created')
    .map(({ workspaceId, storeId, memoryId, path, id }) => ({ workspaceId, storeId, id: memoryId, path, versionId: id }));
  for (const chunk of chunks(created))
    await tx
      .insert(memories)
      .values(chunk)
      .onConflictDoNothing({ target: [memories.workspaceId, memories.id] });
}
