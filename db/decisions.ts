import { asc, eq } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { decisions } from './schema/index.ts';

export type DecisionRow = typeof decisions.$inferSelect;

/** Records a decision unless the draft has one; answers the one that stands. */
export async function insertDecision(tx: Transaction, decision: Omit<DecisionRow, 'createdAt'>): Promise<DecisionRow> {
  await tx.insert(decisions).values(decision).onConflictDoNothing();
  const standing = await findDecision(tx, decision.draftId);
  if (standing === undefined) throw new Error(`decision about ${decision.draftId} is missing`);
  return standing;
}

export async function findDecision(tx: Transaction, draftId: string): Promise<DecisionRow | undefined> {
  return (await tx.select().from(decisions).where(eq(decisions.draftId, draftId)))[0];
}

/** Every decision about a draft of this dream, oldest first. */
export async function readDecisions(tx: Transaction, dreamId: string): Promise<DecisionRow[]> {
  return await tx.select().from(decisions).where(eq(decisions.dreamId, dreamId)).orderBy(asc(decisions.createdAt), asc(decisions.draftId));
}
