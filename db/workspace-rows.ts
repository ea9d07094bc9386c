// Every table of the workspace, column by column: an erasure must not depend on anyone's list of places.
import { getTableColumns, is, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from './database.ts';
import * as schema from './schema/index.ts';

export interface StoredColumn {
  name: string;
  kind: 'text' | 'json' | 'bytes';
}

export interface StoredTable {
  name: string;
  /** Names of the columns that tell one row of the workspace from another. */
  key: string[];
  /** Columns that can hold words; numbers and times are left out. */
  columns: StoredColumn[];
}

export interface StoredRow {
  key: Record<string, unknown>;
  values: Record<string, unknown>;
}

/** From the schema itself, so that a new table is not forgotten. */
export function storedTables(): StoredTable[] {
  return Object.values<unknown>(schema).flatMap((table) => {
    if (!is(table, PgTable)) return [];
    const columns: PgColumn[] = Object.values(getTableColumns(table));
    const composite = getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
    const key = composite.length > 0 ? composite : columns.filter((column) => column.primary).map((column) => column.name);
    return [{ name: getTableConfig(table).name, key, columns: columns.flatMap(toStored) }];
  });
}

function toStored(column: PgColumn): StoredColumn[] {
  const type = column.getSQLType();
  if (type === 'json' || type === 'jsonb') return [{ name: column.name, kind: 'json' }];
  if (type === 'bytea') return [{ name: column.name, kind: 'bytes' }];
  return /^(?:text|varchar|char)/.test(type) ? [{ name: column.name, kind: 'text' }] : [];
}

/** All rows of the table that the transaction sees, page by page. */
export async function* storedRows(tx: Transaction, table: StoredTable): AsyncGenerator<StoredRow[]> {
  const cursor = sql.identifier(`rows_of_${table.name}`);
  const names = [...new Set([...table.key, ...table.columns.map((column) => column.name)])];
  const columns = sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  );
  await tx.execute(sql`declare ${cursor} no scroll cursor for select ${columns} from ${sql.identifier(table.name)}`);
  for (;;) {
    const rows = (await tx.execute(sql`fetch 200 from ${cursor}`)) as unknown as Record<string, unknown>[];
    if (rows.length === 0) break;
    yield rows.map((values) => ({ key: Object.fromEntries(table.key.map((name) => [name, values[name]])), values }));
  }
  await tx.execute(sql`close ${cursor}`);
}

/** Sets one column of one row; `value` is the text, or the JSON value. */
export async function setStoredValue(
  tx: Transaction,
  table: StoredTable,
  column: StoredColumn,
  row: StoredRow,
  value: unknown,
): Promise<void> {
  const where = sql.join(
    table.key.map((name) => sql`${sql.identifier(name)} = ${row.key[name]}`),
    sql` and `,
  );
  const next = column.kind === 'json' ? sql`${JSON.stringify(value)}::json` : sql`${value}`;
  await tx.execute(sql`update ${sql.identifier(table.name)} set ${sql.identifier(column.name)} = ${next} where ${where}`);
}
