import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { OperationCounts, OperationReport } from '../../domain/operation.ts';
import { operationKinds } from '../../domain/operation.ts';
import { createdAt, document, workspaceId } from './columns.ts';
import { dreams } from './dreams.ts';
import { drafts } from './drafts.ts';
import { memoryStores, memoryVersions } from './memory-stores.ts';

/** What a commit appends to a store's history; nothing is ever removed from it. */
export const operations = pgTable(
  'operations',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    storeId: text('store_id').notNull(),
    parentId: text('parent_id'),
    /** The store's revision that it made: the order of a store's operations. */
    revision: integer('revision').notNull(),
    kind: text('kind', { enum: operationKinds }).notNull(),
    by: text('by').notNull(),
    dreamId: text('dream_id'),
    draftId: text('draft_id'),
    /** The operation that this one takes back. */
    undoesId: text('undoes_id'),
    /** In the words of whoever did it. */
    note: text('note'),
    counts: document<OperationCounts>('counts').notNull(),
    report: document<OperationReport>('report').notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'operations_pkey', columns: [table.workspaceId, table.id] }),
    foreignKey({
      name: 'an_operation_belongs_to_a_store',
      columns: [table.workspaceId, table.storeId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'an_operation_follows_its_parent',
      columns: [table.workspaceId, table.parentId],
      foreignColumns: [table.workspaceId, table.id],
    }),
    foreignKey({
      name: 'an_operation_comes_from_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }),
    foreignKey({
      name: 'an_operation_commits_a_draft',
      columns: [table.workspaceId, table.draftId],
      foreignColumns: [drafts.workspaceId, drafts.id],
    }),
    foreignKey({
      name: 'an_undo_takes_back_an_operation',
      columns: [table.workspaceId, table.undoesId],
      foreignColumns: [table.workspaceId, table.id],
    }),
    unique('an_operation_is_undone_once').on(table.workspaceId, table.undoesId),
    unique('a_dream_commits_once').on(table.workspaceId, table.dreamId),
    check(
      'a_dream_operation_names_dream_and_draft',
      sql`(${table.kind} = 'dream') = (${table.dreamId} is not null and ${table.draftId} is not null)`,
    ),
    check('an_undo_names_what_it_undoes', sql`(${table.kind} = 'undo') = (${table.undoesId} is not null)`),
    check('an_operation_kind_is_known', sql`${table.kind} in ('import', 'dream', 'edit', 'undo', 'erase')`),
    unique('a_revision_is_made_by_one_operation').on(table.workspaceId, table.storeId, table.revision),
  ],
);

/** What an operation did to each memory: its predecessor and its successor. */
export const operationMemories = pgTable(
  'operation_memories',
  {
    workspaceId: workspaceId(),
    operationId: text('operation_id').notNull(),
    memoryId: text('memory_id').notNull(),
    path: text('path').notNull(),
    beforeVersionId: text('before_version_id'),
    afterVersionId: text('after_version_id'),
  },
  (table) => [
    primaryKey({ name: 'operation_memories_pkey', columns: [table.workspaceId, table.operationId, table.memoryId] }),
    foreignKey({
      name: 'an_operation_step_belongs_to_an_operation',
      columns: [table.workspaceId, table.operationId],
      foreignColumns: [operations.workspaceId, operations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_predecessor_is_a_version',
      columns: [table.workspaceId, table.beforeVersionId],
      foreignColumns: [memoryVersions.workspaceId, memoryVersions.id],
    }),
    foreignKey({
      name: 'a_successor_is_a_version',
      columns: [table.workspaceId, table.afterVersionId],
      foreignColumns: [memoryVersions.workspaceId, memoryVersions.id],
    }),
    check(
      'an_operation_step_has_a_predecessor_or_a_successor',
      sql`${table.beforeVersionId} is not null or ${table.afterVersionId} is not null`,
    ),
    index('operation_steps_by_successor').on(table.workspaceId, table.afterVersionId),
  ],
);
