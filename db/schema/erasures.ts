import { foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ErasureReport } from '../../domain/erasure.ts';
import { createdAt, document, workspaceId } from './columns.ts';
import { sessions } from './sessions.ts';

/** Who had a session erased, and what went and stayed; ids, counts and paths only. */
export const erasures = pgTable(
  'erasures',
  {
    workspaceId: workspaceId(),
    sessionId: text('session_id').notNull(),
    by: text('by').notNull(),
    note: text('note'),
    report: document<ErasureReport>('report').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'erasures_pkey', columns: [table.workspaceId, table.sessionId] }),
    foreignKey({
      name: 'an_erasure_concerns_a_session',
      columns: [table.workspaceId, table.sessionId],
      foreignColumns: [sessions.workspaceId, sessions.id],
    }),
  ],
);
