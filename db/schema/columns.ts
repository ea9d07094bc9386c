import { customType, json, text, timestamp } from 'drizzle-orm/pg-core';

/** The first key of every table; row-level security compares it with the transaction's workspace. */
export const workspaceId = () => text('workspace_id').notNull();

export const createdAt = () => timestamp('created_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow();

export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** `json`, not `jsonb`: texts of transcripts may hold U+0000, which jsonb refuses. */
export const document = <T>(name: string) => json(name).$type<T>();

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});
