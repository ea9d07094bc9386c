import { check, foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { bytes, createdAt, workspaceId } from './columns.ts';
import { workspaces } from './workspaces.ts';

/** Every text of a memory once per workspace, by the SHA-256 of its bytes; a clone of a store copies none. */
export const contents = pgTable(
  'contents',
  {
    workspaceId: workspaceId(),
    sha256: text('sha256').notNull(),
    bytes: bytes('bytes').notNull(),
    size: integer('size').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'contents_pkey', columns: [table.workspaceId, table.sha256] }),
    foreignKey({ name: 'a_content_belongs_to_a_workspace', columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
    check('a_content_is_named_by_its_hash', sql`${table.sha256} = encode(sha256(${table.bytes}), 'hex')`),
    check('a_content_knows_its_size', sql`${table.size} = octet_length(${table.bytes})`),
  ],
);
