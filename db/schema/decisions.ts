import { check, foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { decisionChannels, verdicts } from '../../domain/decision.ts';
import { createdAt, workspaceId } from './columns.ts';
import { drafts } from './drafts.ts';

/** What was decided about a draft; the first decision stands. */
export const decisions = pgTable(
  'decisions',
  {
    workspaceId: workspaceId(),
    draftId: text('draft_id').notNull(),
    dreamId: text('dream_id').notNull(),
    digest: text('digest').notNull(),
    verdict: text('verdict', { enum: verdicts }).notNull(),
    /** Ids of changes that were left out. */
    excluded: text('excluded').array().notNull(),
    by: text('by').notNull(),
    note: text('note'),
    channel: text('channel', { enum: decisionChannels }).notNull(),
    /** Names the request, so that a repeated one is told from a second one. */
    request: text('request').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'a_draft_is_decided_once', columns: [table.workspaceId, table.draftId] }),
    foreignKey({
      name: 'a_decision_concerns_a_draft',
      columns: [table.workspaceId, table.draftId],
      foreignColumns: [drafts.workspaceId, drafts.id],
    }).onDelete('cascade'),
    check('a_verdict_is_known', sql`${table.verdict} in ('approve', 'reject')`),
    check('a_decision_channel_is_known', sql`${table.channel} in ('update', 'signal', 'timeout')`),
    check('only_an_approval_excludes', sql`${table.verdict} = 'approve' or ${table.excluded} = '{}'`),
  ],
);
