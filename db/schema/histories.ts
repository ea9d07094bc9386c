import { check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { bytes, createdAt, time, workspaceId } from './columns.ts';
import { dreams } from './dreams.ts';
import { workspaces } from './workspaces.ts';

/** The workflow code that runs went by, as the worker loaded it. */
export const bundles = pgTable(
  'bundles',
  {
    workspaceId: workspaceId(),
    /** Of the code before it was compressed; workers put the same hash into each run's history. */
    sha256: text('sha256').notNull(),
    /** gzip. */
    bytes: bytes('bytes').notNull(),
    /** Bytes of the code. */
    size: integer('size').notNull(),
    /** Of @temporalio/worker. */
    sdkVersion: text('sdk_version').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'bundles_pkey', columns: [table.workspaceId, table.sha256] }),
    foreignKey({ name: 'a_bundle_belongs_to_a_workspace', columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
  ],
);

/** Finished runs as the Temporal server recorded them, kept because a server forgets them. A reset gives a dream several. */
export const histories = pgTable(
  'histories',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    runId: text('run_id').notNull(),
    status: text('status', { enum: ['completed', 'failed', 'canceled', 'terminated', 'timed_out', 'continued_as_new'] }).notNull(),
    events: integer('events').notNull(),
    /** A `temporal.api.history.v1.History` in protobuf, gzip. */
    bytes: bytes('bytes').notNull(),
    /** Bytes of the protobuf. */
    size: integer('size').notNull(),
    /** Of the protobuf. */
    sha256: text('sha256').notNull(),
    /** The bundle that took the run's last step; null for a run that was ended before it took one, or whose worker's bundle nobody kept. */
    bundleSha256: text('bundle_sha256'),
    /** Of the worker that took the last step. */
    sdkVersion: text('sdk_version'),
    startedAt: time('started_at').notNull(),
    closedAt: time('closed_at').notNull(),
    /** When words of an erased session were taken out of it. */
    redactedAt: time('redacted_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'histories_pkey', columns: [table.workspaceId, table.dreamId, table.runId] }),
    foreignKey({
      name: 'a_history_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_history_was_made_by_a_bundle',
      columns: [table.workspaceId, table.bundleSha256],
      foreignColumns: [bundles.workspaceId, bundles.sha256],
    }),
    check(
      'a_history_status_is_known',
      sql`${table.status} in ('completed', 'failed', 'canceled', 'terminated', 'timed_out', 'continued_as_new')`,
    ),
    index('histories_of_a_bundle').on(table.workspaceId, table.bundleSha256),
  ],
);
