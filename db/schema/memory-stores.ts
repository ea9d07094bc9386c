import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, document, time, workspaceId } from './columns.ts';
import { contents } from './contents.ts';
import { workspaces } from './workspaces.ts';

export const memoryStores = pgTable(
  'memory_stores',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    metadata: document<Record<string, string>>('metadata').notNull().default({}),
    /** Raised by every write, so that a commit notices that its base moved. */
    revision: integer('revision').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
    archivedAt: time('archived_at'),
  },
  (table) => [
    primaryKey({ name: 'memory_stores_pkey', columns: [table.workspaceId, table.id] }),
    foreignKey({ name: 'a_store_belongs_to_a_workspace', columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
    check('a_store_has_a_name_of_at_most_255_characters', sql`char_length(${table.name}) between 1 and 255`),
    check('a_revision_only_counts_up', sql`${table.revision} >= 0`),
  ],
);

/** What happened to a memory, immutable; survives the memory. */
export const memoryVersions = pgTable(
  'memory_versions',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    storeId: text('store_id').notNull(),
    memoryId: text('memory_id').notNull(),
    operation: text('operation', { enum: ['created', 'modified', 'deleted'] }).notNull(),
    path: text('path').notNull(),
    sha256: text('sha256'),
    size: integer('size'),
    createdBy: document<Record<string, string>>('created_by'),
    /** A clone's version names the version it repeats; lines and their evidence are recorded there. */
    copiedFrom: text('copied_from'),
    /** When the erasure of a session took lines out of it. */
    redactedAt: time('redacted_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'memory_versions_pkey', columns: [table.workspaceId, table.id] }),
    foreignKey({
      name: 'a_version_belongs_to_a_store',
      columns: [table.workspaceId, table.storeId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_version_has_its_content',
      columns: [table.workspaceId, table.sha256],
      foreignColumns: [contents.workspaceId, contents.sha256],
    }),
    check(
      'a_version_has_content_unless_it_is_a_deletion',
      sql`(${table.operation} = 'deleted') = (${table.sha256} is null) and (${table.sha256} is null) = (${table.size} is null)`,
    ),
    check('a_version_is_created_modified_or_deleted', sql`${table.operation} in ('created', 'modified', 'deleted')`),
    index('memory_versions_by_memory').on(table.workspaceId, table.storeId, table.memoryId),
  ],
);

/** The head: which path holds which version now. */
export const memories = pgTable(
  'memories',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    storeId: text('store_id').notNull(),
    path: text('path').notNull(),
    versionId: text('version_id').notNull(),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'memories_pkey', columns: [table.workspaceId, table.id] }),
    unique('a_path_is_held_once_in_a_store').on(table.workspaceId, table.storeId, table.path),
    foreignKey({
      name: 'a_memory_belongs_to_a_store',
      columns: [table.workspaceId, table.storeId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_memory_has_a_head_version',
      columns: [table.workspaceId, table.versionId],
      foreignColumns: [memoryVersions.workspaceId, memoryVersions.id],
    }),
    check('a_path_begins_with_a_slash', sql`${table.path} like '/%' and octet_length(${table.path}) <= 1024`),
  ],
);
