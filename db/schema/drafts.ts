import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Change } from '../../domain/change.ts';
import { changeKinds } from '../../domain/change.ts';
import type { LeftOut, PathConflict } from '../../domain/operation.ts';
import type { DraftReport } from '../../domain/report.ts';
import { createdAt, document, time, workspaceId } from './columns.ts';
import { contents } from './contents.ts';
import { dreams } from './dreams.ts';
import { memoryVersions } from './memory-stores.ts';
import { sessionEvents } from './sessions.ts';

/** A staged result, immutable: leaving changes out makes the next round's draft. */
export const drafts = pgTable(
  'drafts',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    dreamId: text('dream_id').notNull(),
    round: integer('round').notNull(),
    digest: text('digest').notNull(),
    deleted: text('deleted').array().notNull(),
    report: document<DraftReport>('report').notNull(),
    /** Changes of earlier drafts that this one does without. */
    leftOut: document<LeftOut[]>('left_out').notNull().default([]),
    /** Set when the draft is put before a reviewer. */
    reviewEndsAt: time('review_ends_at'),
    /** Set when its commit found paths that others had touched too. */
    conflicts: document<PathConflict[]>('conflicts'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'drafts_pkey', columns: [table.workspaceId, table.id] }),
    unique('a_dream_has_one_draft_a_round').on(table.workspaceId, table.dreamId, table.round),
    foreignKey({
      name: 'a_draft_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
    check('a_digest_is_a_sha256', sql`${table.digest} ~ '^[0-9a-f]{64}$'`),
  ],
);

export const draftFiles = pgTable(
  'draft_files',
  {
    workspaceId: workspaceId(),
    draftId: text('draft_id').notNull(),
    path: text('path').notNull(),
    sha256: text('sha256').notNull(),
    /** The input's memory that it continues; null for a new file. */
    memoryId: text('memory_id'),
  },
  (table) => [
    primaryKey({ name: 'draft_files_pkey', columns: [table.workspaceId, table.draftId, table.path] }),
    foreignKey({
      name: 'a_draft_file_belongs_to_a_draft',
      columns: [table.workspaceId, table.draftId],
      foreignColumns: [drafts.workspaceId, drafts.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_draft_file_has_its_content',
      columns: [table.workspaceId, table.sha256],
      foreignColumns: [contents.workspaceId, contents.sha256],
    }),
  ],
);

export const changes = pgTable(
  'changes',
  {
    workspaceId: workspaceId(),
    draftId: text('draft_id').notNull(),
    /** The same in every round, so that a refusal can name it. */
    id: text('id').notNull(),
    ordinal: integer('ordinal').notNull(),
    kind: text('kind', { enum: changeKinds }).notNull(),
    path: text('path').notNull(),
    body: document<Change>('body').notNull(),
  },
  (table) => [
    primaryKey({ name: 'changes_pkey', columns: [table.workspaceId, table.draftId, table.id] }),
    foreignKey({
      name: 'a_change_belongs_to_a_draft',
      columns: [table.workspaceId, table.draftId],
      foreignColumns: [drafts.workspaceId, drafts.id],
    }).onDelete('cascade'),
    check(
      'a_change_kind_is_known',
      sql`${table.kind} in ('add', 'merge', 'supersede', 'retire', 'move', 'rewrite', 'pattern', 'open_conflict')`,
    ),
  ],
);

/** A line of a staged, then committed, memory and the change that made it. The text is a range of the memory's content. */
export const claims = pgTable(
  'claims',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    draftId: text('draft_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    path: text('path').notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    changeId: text('change_id'),
    /** Set by the commit. */
    memoryVersionId: text('memory_version_id'),
  },
  (table) => [
    primaryKey({ name: 'claims_pkey', columns: [table.workspaceId, table.draftId, table.id] }),
    foreignKey({
      name: 'a_claim_belongs_to_a_draft',
      columns: [table.workspaceId, table.draftId],
      foreignColumns: [drafts.workspaceId, drafts.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_claim_stands_in_a_version',
      columns: [table.workspaceId, table.memoryVersionId],
      foreignColumns: [memoryVersions.workspaceId, memoryVersions.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_claim_is_made_by_a_change',
      columns: [table.workspaceId, table.draftId, table.changeId],
      foreignColumns: [changes.workspaceId, changes.draftId, changes.id],
    }),
    check('a_claim_is_a_range', sql`${table.start} between 0 and ${table.end}`),
    index('claims_of_a_version').on(table.workspaceId, table.memoryVersionId),
  ],
);

/** Where a line comes from: a range of an event's block or of a memory version. The words are read there, not copied. */
export const evidence = pgTable(
  'evidence',
  {
    workspaceId: workspaceId(),
    draftId: text('draft_id').notNull(),
    claimId: text('claim_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    origin: text('origin', { enum: ['user', 'agent', 'tool', 'memory', 'operator'] }).notNull(),
    at: time('at'),
    sessionId: text('session_id'),
    eventId: text('event_id'),
    block: integer('block'),
    memoryVersionId: text('memory_version_id'),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
  },
  (table) => [
    primaryKey({ name: 'evidence_pkey', columns: [table.workspaceId, table.draftId, table.claimId, table.ordinal] }),
    foreignKey({
      name: 'evidence_supports_a_claim',
      columns: [table.workspaceId, table.draftId, table.claimId],
      foreignColumns: [claims.workspaceId, claims.draftId, claims.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'evidence_names_an_event_of_its_session',
      columns: [table.workspaceId, table.sessionId, table.eventId],
      foreignColumns: [sessionEvents.workspaceId, sessionEvents.sessionId, sessionEvents.id],
    }),
    foreignKey({
      name: 'evidence_names_a_memory_version',
      columns: [table.workspaceId, table.memoryVersionId],
      foreignColumns: [memoryVersions.workspaceId, memoryVersions.id],
    }),
    check(
      'evidence_is_an_event_or_a_memory',
      sql`(${table.eventId} is not null and ${table.sessionId} is not null and ${table.block} is not null) <> (${table.memoryVersionId} is not null)`,
    ),
    check('an_origin_is_known', sql`${table.origin} in ('user', 'agent', 'tool', 'memory', 'operator')`),
    index('evidence_of_an_event').on(table.workspaceId, table.sessionId, table.eventId),
  ],
);
