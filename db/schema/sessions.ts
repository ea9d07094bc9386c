import { check, foreignKey, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, document, time, workspaceId } from './columns.ts';
import { workspaces } from './workspaces.ts';

/** A transcript. Imported ones are the same when source kind, id there and first event's hash are. */
export const sessions = pgTable(
  'sessions',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    /** `dream` for a dream's own live session, whose source id is the dream's. */
    sourceKind: text('source_kind').notNull(),
    sourceId: text('source_id').notNull(),
    firstEventSha256: text('first_event_sha256').notNull(),
    title: text('title'),
    status: text('status', { enum: ['idle', 'running', 'rescheduling', 'terminated'] })
      .notNull()
      .default('idle'),
    metadata: document<Record<string, string>>('metadata').notNull().default({}),
    /** Number of the last event; taken and raised under this row's lock, so that numbers have no gaps. */
    lastEventNumber: integer('last_event_number').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
    archivedAt: time('archived_at'),
    /** Nothing but the id is left of an erased session. */
    erasedAt: time('erased_at'),
  },
  (table) => [
    primaryKey({ name: 'sessions_pkey', columns: [table.workspaceId, table.id] }),
    unique('a_session_is_imported_once').on(table.workspaceId, table.sourceKind, table.sourceId, table.firstEventSha256),
    foreignKey({ name: 'a_session_belongs_to_a_workspace', columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
    check('a_session_status_is_known', sql`${table.status} in ('idle', 'running', 'rescheduling', 'terminated')`),
  ],
);

export const sessionEvents = pgTable(
  'session_events',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    sessionId: text('session_id').notNull(),
    number: integer('number').notNull(),
    type: text('type').notNull(),
    processedAt: time('processed_at'),
    payload: document<Record<string, unknown>>('payload').notNull(),
    /** Hash of type, time and payload as imported: how a grown transcript knows what is new. */
    sha256: text('sha256').notNull(),
    sourceEventId: text('source_event_id'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'session_events_pkey', columns: [table.workspaceId, table.id] }),
    unique('an_event_has_its_own_number_in_its_session').on(table.workspaceId, table.sessionId, table.number),
    unique('an_event_is_named_within_its_session').on(table.workspaceId, table.sessionId, table.id),
    foreignKey({
      name: 'an_event_belongs_to_a_session',
      columns: [table.workspaceId, table.sessionId],
      foreignColumns: [sessions.workspaceId, sessions.id],
    }).onDelete('cascade'),
    check('event_numbers_start_at_one', sql`${table.number} >= 1`),
  ],
);
