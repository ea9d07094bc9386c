import { check, pgTable, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt } from './columns.ts';

/** Whose data it is. Nothing in one workspace can see, name or count anything of another. */
export const workspaces = pgTable(
  'workspaces',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    createdAt: createdAt(),
  },
  (table) => [check('a_workspace_has_an_id', sql`${table.id} <> ''`)],
);
