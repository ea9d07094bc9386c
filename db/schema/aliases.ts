import { check, foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { aliasMoveKinds } from '../../domain/alias.ts';
import { createdAt, time, workspaceId } from './columns.ts';
import { dreams } from './dreams.ts';
import { memoryStores } from './memory-stores.ts';

/** A name that agents and schedules use for a store, and that moves. */
export const aliases = pgTable(
  'aliases',
  {
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    storeId: text('store_id').notNull(),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'aliases_pkey', columns: [table.workspaceId, table.name] }),
    foreignKey({
      name: 'an_alias_names_a_store',
      columns: [table.workspaceId, table.storeId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }),
    check('an_alias_is_a_short_name', sql`${table.name} ~ '^[a-z0-9][a-z0-9._-]{0,62}$'`),
  ],
);

/** Where an alias pointed, move by move; a rollback is a move too. */
export const aliasMoves = pgTable(
  'alias_moves',
  {
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    number: integer('number').notNull(),
    kind: text('kind', { enum: aliasMoveKinds }).notNull(),
    storeId: text('store_id').notNull(),
    by: text('by').notNull(),
    note: text('note'),
    /** The dream whose commit moved it. */
    dreamId: text('dream_id'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'alias_moves_pkey', columns: [table.workspaceId, table.name, table.number] }),
    foreignKey({
      name: 'a_move_belongs_to_an_alias',
      columns: [table.workspaceId, table.name],
      foreignColumns: [aliases.workspaceId, aliases.name],
    }).onDelete('cascade'),
    foreignKey({
      name: 'a_move_leads_to_a_store',
      columns: [table.workspaceId, table.storeId],
      foreignColumns: [memoryStores.workspaceId, memoryStores.id],
    }),
    foreignKey({
      name: 'a_move_is_made_by_a_dream',
      columns: [table.workspaceId, table.dreamId],
      foreignColumns: [dreams.workspaceId, dreams.id],
    }),
    check('a_move_kind_is_known', sql`${table.kind} in ('set', 'promote', 'rollback', 'dream')`),
    check('moves_are_numbered_from_one', sql`${table.number} >= 1`),
    check('a_dream_moves_by_its_commit', sql`(${table.kind} = 'dream') = (${table.dreamId} is not null)`),
  ],
);
