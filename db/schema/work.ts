import { check, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Claim } from '../../domain/claim.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import type { Proposal } from '../../domain/proposal.ts';
import type { Usage } from '../../domain/usage.ts';
import { createdAt, document, workspaceId } from './columns.ts';
import { dreams } from './dreams.ts';
import { sessions } from './sessions.ts';
import { workspaces } from './workspaces.ts';

/** How the transcripts were cut, and what became of each piece: a dream's coverage, row by row. */
export const dreamWindows = pgTable(
  'dream_windows',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    sessionId: text('session_id').notNull(),
    firstNumber: integer('first_number').notNull(),
    lastNumber: integer('last_number').notNull(),
    /** Of an oversized event, the part: block and UTF-16 range; null when the events are whole. */
    part: document<{ block: number; start: number; end: number }>('part'),
    sha256: text('sha256').notNull(),
    characters: integer('characters').notNull(),
    pack: integer('pack').notNull(),
    state: text('state', { enum: ['planned', 'read', 'no_signal', 'failed'] })
      .notNull()
      .default('planned'),
    facts: integer('facts').notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'dream_windows_pkey', columns: [table.workspaceId, table.dreamId, table.ordinal] }),
    foreignKey({
      name: 'a_window_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_window_is_cut_from_a_session',
      columns: [table.workspaceId, table.sessionId],
      foreignColumns: [sessions.workspaceId, sessions.id],
    }),
    check('a_window_state_is_known', sql`${table.state} in ('planned', 'read', 'no_signal', 'failed')`),
    check('a_window_covers_events', sql`${table.firstNumber} between 1 and ${table.lastNumber}`),
  ],
);

/** Every answer of an engine, kept under the hash of its request: the same question is never paid for twice. */
export const modelCalls = pgTable(
  'model_calls',
  {
    workspaceId: workspaceId(),
    requestSha256: text('request_sha256').notNull(),
    /** The dream that asked first. */
    dreamId: text('dream_id').notNull(),
    step: text('step').notNull(),
    engine: text('engine').notNull(),
    engineVersion: text('engine_version').notNull(),
    model: text('model').notNull(),
    response: document<unknown>('response').notNull(),
    usage: document<Usage>('usage').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'model_calls_pkey', columns: [table.workspaceId, table.requestSha256] }),
    foreignKey({ name: 'a_model_call_belongs_to_a_workspace', columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
  ],
);

export const facts = pgTable(
  'facts',
  {
    workspaceId: workspaceId(),
    id: text('id').notNull(),
    dreamId: text('dream_id').notNull(),
    windowOrdinal: integer('window_ordinal').notNull(),
    ordinal: integer('ordinal').notNull(),
    sessionId: text('session_id').notNull(),
    body: document<CandidateFact>('body').notNull(),
  },
  (table) => [
    primaryKey({ name: 'facts_pkey', columns: [table.workspaceId, table.id] }),
    foreignKey({
      name: 'a_fact_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_fact_comes_from_a_session',
      columns: [table.workspaceId, table.sessionId],
      foreignColumns: [sessions.workspaceId, sessions.id],
    }),
    index('facts_of_a_dream').on(table.workspaceId, table.dreamId, table.windowOrdinal, table.ordinal),
  ],
);

/** The input store's lines as the dream read them. */
export const inputClaims = pgTable(
  'input_claims',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    id: text('id').notNull(),
    ordinal: integer('ordinal').notNull(),
    body: document<Claim>('body').notNull(),
  },
  (table) => [
    primaryKey({ name: 'input_claims_pkey', columns: [table.workspaceId, table.dreamId, table.id] }),
    foreignKey({
      name: 'an_input_claim_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
  ],
);

export const groups = pgTable(
  'groups',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    ordinal: integer('ordinal').notNull(),
    pack: integer('pack').notNull(),
    claimIds: text('claim_ids').array().notNull(),
    factIds: text('fact_ids').array().notNull(),
  },
  (table) => [
    primaryKey({ name: 'groups_pkey', columns: [table.workspaceId, table.dreamId, table.ordinal] }),
    foreignKey({
      name: 'a_group_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
  ],
);

/** What the engine proposed, pack by pack; the draft is made of these. */
export const proposals = pgTable(
  'proposals',
  {
    workspaceId: workspaceId(),
    dreamId: text('dream_id').notNull(),
    step: text('step', { enum: ['reconcileGroup', 'minePatterns'] }).notNull(),
    pack: integer('pack').notNull(),
    ordinal: integer('ordinal').notNull(),
    body: document<Proposal>('body').notNull(),
  },
  (table) => [
    primaryKey({ name: 'proposals_pkey', columns: [table.workspaceId, table.dreamId, table.step, table.pack, table.ordinal] }),
    foreignKey({
      name: 'a_proposal_belongs_to_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }).onDelete('cascade'),
  ],
);
