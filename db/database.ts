import { drizzle } from 'drizzle-orm/postgres-js';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import { openDriver } from './driver.ts';
import * as schema from './schema/index.ts';

type Schema = typeof schema;

/** A connection pool. Nothing is read or written but inside `withWorkspace`. */
export interface Database {
  readonly drizzle: PostgresJsDatabase<Schema>;
  readonly client: postgres.Sql;
  close(): Promise<void>;
}

/** What every function of this folder takes first: a transaction that sees one workspace. */
export type Transaction = Parameters<Parameters<PostgresJsDatabase<Schema>['transaction']>[0]>[0];

export interface OpenOptions {
  /** Connections at most; a worker with 8 activities in flight needs no more than that. */
  max?: number;
}

export function openDatabase(url: string, options: OpenOptions = {}): Database {
  const client = openDriver(url, {
    max: options.max ?? 8,
    connect_timeout: 10,
    // Notices ("relation already exists, skipping") would go to the console, which belongs to the command's result.
    onnotice: () => undefined,
  });
  return { drizzle: drizzle(client, { schema }), client, close: () => client.end({ timeout: 5 }) };
}

/**
 * A process that froze in a transaction holds its locks, and whoever wants them would wait for ever: PostgreSQL ends such a
 * transaction. A live one computes for seconds between two statements at most, with a store at its limits; two minutes are well
 * beyond that. Who set a time (in the URL, of the role, of the server) has that one. It is set here because poolers refuse it
 * when a connection begins.
 */
const patience = 'idle_in_transaction_session_timeout';
const withinPatience = sql`set_config(${patience}, case current_setting(${patience}) when '0' then '120s' else current_setting(${patience}) end, true)`;

/**
 * The only door to the data: a transaction in which row-level security shows this one workspace.
 * Without it every table is empty and every insert is refused.
 */
export async function withWorkspace<T>(
  database: Database,
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
  accessMode: 'read write' | 'read only' = 'read write',
): Promise<T> {
  return await database.drizzle.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('open_dreams.workspace', ${workspaceId}, true), ${withinPatience}`);
      return await work(tx);
    },
    { accessMode },
  );
}

/** A statement of this transaction that waits longer for a lock fails with 55P03. */
export async function limitLockWait(tx: Transaction, seconds: number): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', ${`${String(seconds)}s`}, true)`);
}

/** Rows an insert takes at once: PostgreSQL allows 65,534 parameters a statement. */
export function* chunks<T>(rows: readonly T[], size = 1_000): Generator<T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
