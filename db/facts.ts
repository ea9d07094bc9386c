import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { CandidateFact } from '../domain/fact.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { facts } from './schema/index.ts';

export async function insertFacts(tx: Transaction, rows: readonly (typeof facts.$inferInsert)[]): Promise<void> {
  await insertRows(tx, facts, rows, { keepStanding: true });
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

const factsInBatch = 1_000;

/** The same, a batch at a time: of a large dream they need not all be held at once. */
export async function* readFactBatches(tx: Transaction, dreamId: string): AsyncGenerator<CandidateFact[]> {
  let after = sql`(-1, -1)`;
  for (;;) {
    const rows = await tx
      .select({ window: facts.windowOrdinal, ordinal: facts.ordinal, body: facts.body })
      .from(facts)
      .where(and(eq(facts.dreamId, dreamId), sql`(${facts.windowOrdinal}, ${facts.ordinal}) > ${after}`))
      .orderBy(asc(facts.windowOrdinal), asc(facts.ordinal))
      .limit(factsInBatch);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => row.body);
    after = sql`(${last.window}::integer, ${last.ordinal}::integer)`;
  }
}

/** What these dreams found in these sessions. */
export async function readFactsOfSessions(
  tx: Transaction,
  dreamIds: readonly string[],
  sessionIds: readonly string[],
): Promise<CandidateFact[]> {
  const found: CandidateFact[] = [];
  if (sessionIds.length === 0) return found;
  for (const chunk of chunks([...new Set(dreamIds)])) {
    const rows = await tx
      .select({ body: facts.body })
      .from(facts)
      .where(and(inArray(facts.dreamId, chunk), inArray(facts.sessionId, [...sessionIds])));
    found.push(...rows.map((row) => row.body));
  }
  return found;
}

export async function readFactsById(tx: Transaction, ids: readonly string[]): Promise<Map<string, CandidateFact>> {
  const found = new Map<string, CandidateFact>();
  for (const chunk of chunks([...new Set(ids)])) {
    for (const row of await tx.select({ id: facts.id, body: facts.body }).from(facts).where(inArray(facts.id, chunk)))
      found.set(row.id, row.body);
  }
  return found;
}
