import { eq, inArray } from 'drizzle-orm';
import type { Usage } from '../domain/usage.ts';
import { addUsage, noUsage } from '../domain/usage.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { modelCalls } from './schema/index.ts';

export type ModelCall = typeof modelCalls.$inferInsert;

/** A kept answer, and the dream that asked for it first. */
export interface KeptAnswer {
  response: unknown;
  dreamId: string;
}

/** Kept answers by request hash. */
export async function findModelCalls(tx: Transaction, requestHashes: readonly string[]): Promise<Map<string, KeptAnswer>> {
  const found = new Map<string, KeptAnswer>();
  for (const chunk of chunks(requestHashes, 500)) {
    const rows = await tx
      .select({ hash: modelCalls.requestSha256, response: modelCalls.response, dreamId: modelCalls.dreamId })
      .from(modelCalls)
      .where(inArray(modelCalls.requestSha256, chunk));
    for (const { hash, response, dreamId } of rows) found.set(hash, { response, dreamId });
  }
  return found;
}

/** Keeps answers; of two dreams that asked the same at once the first one's stays. */
export async function insertModelCalls(tx: Transaction, calls: readonly ModelCall[]): Promise<void> {
  for (const chunk of chunks(calls, 200)) await tx.insert(modelCalls).values(chunk).onConflictDoNothing();
}

/** What this dream's own calls used; answers kept from earlier dreams cost nothing. */
export async function sumUsage(tx: Transaction, dreamId: string): Promise<Usage> {
  const rows = await tx.select({ usage: modelCalls.usage }).from(modelCalls).where(eq(modelCalls.dreamId, dreamId));
  return rows.reduce((sum, row) => addUsage(sum, row.usage), noUsage);
}
