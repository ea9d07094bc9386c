import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Claim } from '../domain/claim.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { inputClaims } from './schema/index.ts';

export async function insertInputClaims(tx: Transaction, rows: readonly (typeof inputClaims.$inferInsert)[]): Promise<void> {
  await insertRows(tx, inputClaims, rows, { keepStanding: true });
}

/** The input store's lines, file by file in path order, line by line. */
export async function readInputClaims(tx: Transaction, dreamId: string): Promise<Claim[]> {
  const rows = await tx
    .select({ body: inputClaims.body })
    .from(inputClaims)
    .where(eq(inputClaims.dreamId, dreamId))
    .orderBy(asc(inputClaims.ordinal));
  return rows.map((row) => row.body);
}

export async function readInputClaimsById(tx: Transaction, dreamId: string, ids: readonly string[]): Promise<Map<string, Claim>> {
  const found = new Map<string, Claim>();
  for (const chunk of chunks([...new Set(ids)])) {
    const rows = await tx
      .select({ id: inputClaims.id, body: inputClaims.body })
      .from(inputClaims)
      .where(and(eq(inputClaims.dreamId, dreamId), inArray(inputClaims.id, chunk)));
    for (const row of rows) found.set(row.id, row.body);
  }
  return found;
}
