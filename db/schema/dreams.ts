import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { DreamCoverage, DreamError, DreamOptions } from '../../domain/dream.ts';
import type { Usage } from '../../domain/usage.ts';
import { createdAt, document, time, workspaceId } from './columns.ts';
import { memoryStores, memoryVersions } from './memory-stores.ts';
import { sessions } from './sessions.ts';

export const dreams = pgTable(
  'dreams',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    workflowId: text('workflow_id').notNull(),
    status: text('status', { enum: ['pending', 'running', 'completed', 'failed', 'canceled'] })
      .notNull()
      .default('pending'),
    outcome: text('outcome', { enum: ['committed', 'rejected', 'expired', 'skipped', 'over_budget', 'canceled', 'failed', 'terminated'] }),
    stage: text('stage').notNull().default('pending'),
    trigger: text('trigger').notNull(),
    inputStoreId: text('input_store_id').notNull(),
    outputStoreId: text('output_store_id'),
    /** `update_existing`: the output store is the input store. */
    outputBehavior: text('output_behavior', { enum: ['create_new', 'update_existing'] })
      .notNull()
      .default('create_new'),
    /** The input's revision when the snapshot was taken. */
    baseRevision: integer('base_revision'),
    model: text('model').notNull(),
    instructions: text('instructions'),
    options: document<DreamOptions>('options').notNull(),
    /** The dream's own live session. */
    sessionId: text('session_id'),
    draftId: text('draft_id'),
    coverage: document<DreamCoverage>('coverage'),
    usage: document<Usage>('usage').notNull(),
    error: document<DreamError>('error'),
    createdAt: createdAt(),
    endedAt: time('ended_at'),
    archivedAt: time('archived_at'),
    /** The runs that ended without a word of ours (terminated, timed out), newest last; another run of the same dream may open the row again. */
    terminatedRunIds: text('terminated_run_ids').array().notNull().default([]),
    /** Whether the histories of its finished runs are kept: still due, kept, or missing because no server knows them any more. */
    historyState: text('history_state', { enum: ['due', 'archived', 'missing'] })
      .notNull()
      .default('due'),
  },
  (table) => [
    primaryKey({ name: 'dreams_pkey', columns: [table.workspaceId, table.id] }),
    unique('a_workflow_runs_one_dream').on(table.workspaceId, table.workflowId),
    foreignKey({
      name: 'a_dream_reads_a_store',
      columns: [table.workspaceId, table.inputStoreId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }),
    foreignKey({
      name: 'a_dream_writes_a_store',
      columns: [table.workspaceId, table.outputStoreId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }),
    foreignKey({
      name: 'a_dream_has_its_own_session',
      columns: [table.workspaceId, table.sessionId],
      foreignColumns: [sessions.workspaceId, sessions.id],
    }),
    check(
      'an_ended_dream_has_a_final_status_and_an_outcome',
      sql`(${table.status} in ('completed', 'failed', 'canceled')) = (${table.endedAt} is not null and ${table.outcome} is not null)`,
    ),
    check('only_a_failed_dream_has_an_error', sql`(${table.status} = 'failed') = (${table.error} is not null)`),
    check('a_dream_status_is_known', sql`${table.status} in ('pending', 'running', 'completed', 'failed', 'canceled')`),
    check(
      'a_dream_outcome_is_known',
      sql`${table.outcome} in ('committed', 'rejected', 'expired', 'skipped', 'over_budget', 'canceled', 'failed', 'terminated')`,
    ),
    check('a_history_state_is_known', sql`${table.historyState} in ('due', 'archived', 'missing')`),
    check('an_output_behavior_is_known', sql`${table.outputBehavior} in ('create_new', 'update_existing')`),
    uniqueIndex('one_open_dream_per_target')
      .on(table.workspaceId, table.inputStoreId)
      .where(sql`${table.outputBehavior} = 'update_existing' and ${table.status} in ('pending', 'running')`),
    check('instructions_have_1_to_4096_characters', sql`char_length(${table.instructions}) between 1 and 4096`),
    index('dreams_whose_history_is_due')
      .on(table.endedAt)
      .where(sql`${table.historyState} = 'due' and ${table.endedAt} is not null`),
    index('dreams_newest_first').on(table.workspaceId, table.createdAt, table.id),
  ],
);

/** The sessions that a dream was asked to read; the snapshot pins how far. */
export const dreamSessions = pgTable(
  'dream_sessions',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    sessionId: text('session_id').notNull(),
    lastEventNumber: integer('last_event_number'),
  },
  (table) => [
    primaryKey({ name: 'dream_sessions_pkey', columns: [table.workspaceId, table.dreamId, table.sessionId] }),
    foreignKey({
      name: 'a_pinned_session_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_pinned_session_exists',
      columns: [table.workspaceId, table.sessionId],
      foreignColumns: [sessions.workspaceId, sessions.id],
    }),
  ],
);

/** The input store's memories as the snapshot found them. */
export const dreamMemories = pgTable(
  'dream_memories',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    memoryId: text('memory_id').notNull(),
    versionId: text('version_id').notNull(),
    path: text('path').notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [
    primaryKey({ name: 'dream_memories_pkey', columns: [table.workspaceId, table.dreamId, table.memoryId] }),
    foreignKey({
      name: 'a_pinned_memory_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_pinned_memory_has_its_version',
      columns: [table.workspaceId, table.versionId],
      foreignColumns: [memoryVersions.workspaceId, memoryVersions.id],
    }),
  ],
);
