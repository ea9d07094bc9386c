// Many rows in one statement of fixed length: a statement with a parameter for each cell costs more to build and to read than to carry out.
import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';

interface InsertOptions {
  /** A row whose key is there already is left as it is. */
  keepStanding?: boolean;
}

/** Inserts rows, each column as one array of texts that the database takes apart. A column that no row names has its default. */
export async function insertRows<T extends PgTable>(
  tx: Transaction,
  table: T,
  rows: readonly T['$inferInsert'][],
  { keepStanding = false }: InsertOptions = {},
): Promise<void> {
  const all = Object.entries(getTableColumns(table));
  for (const chunk of chunks(rows as readonly Record<string, unknown>[])) {
    const columns = all.filter(([key]) => chunk.some((row) => row[key] !== undefined));
    const names = columns.map(([, column]) => sql.identifier(column.name));
    const values = columns.map(([, column], index) => sql`${sql.identifier(`c${String(index)}`)}::${sql.raw(column.getSQLType())}`);
    const arrays = columns.map(([key, column]) => {
      const cells = chunk.map((row) => (row[key] == null ? null : String(column.mapToDriverValue(row[key]))));
      return sql`${arrayLiteral(cells)}::text[]`;
    });
    const aliases = columns.map((_, index) => sql.identifier(`c${String(index)}`));
    await tx.execute(
      sql`insert into ${sql.identifier(getTableName(table))} (${list(names)}) select ${list(values)} from unnest(${list(arrays)}) as cells (${list(aliases)})${sql.raw(keepStanding ? ' on conflict do nothing' : '')}`,
    );
  }
}

function list(parts: Parameters<typeof sql.join>[0]) {
  return sql.join(parts, sql`, `);
}

/** `{"a","b",NULL}`, as PostgreSQL reads an array. */
function arrayLiteral(cells: readonly (string | null)[]): string {
  return `{${cells.map((cell) => (cell === null ? 'NULL' : `"${cell.replace(/[\\"]/g, '\\$&')}"`)).join(',')}}`;
}
