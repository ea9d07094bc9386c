import { asc, eq, inArray } from 'drizzle-orm';
import type { CandidateFact } from '../domain/fact.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { facts } from './schema/index.ts';

export async function insertFacts(tx: Transaction, rows: readonly (typeof facts.$inferInsert)[]): Promise<void> {
  for (const chunk of chunks(rows)) await tx.insert(facts).values(chunk).onConflictDoNothing();
}

/** All facts of a dream in the order of the transcripts' windows. */
export async function readFacts(tx: Transaction, dreamId: string): Promise<CandidateFact[]> {
  const rows = await tx
    .select({ body: facts.body })
    .from(facts)
    .where(eq(facts.dreamId, dreamId))
    .orderBy(asc(facts.windowOrdinal), asc(facts.ordinal));
  return rows.map((row) => row.body);
}

export async function readFactsById(tx: Transaction, ids: readonly string[]): Promise<Map<string, CandidateFact>> {
  const found = new Map<string, CandidateFact>();
  for (const chunk of chunks([...new Set(ids)])) {
    for (const row of await tx.select({ id: facts.id, body: facts.body }).from(facts).where(inArray(facts.id, chunk)))
      found.set(row.id, row.body);
  }
  return found;
}
