import { and, asc, eq } from 'drizzle-orm';
import type { Proposal } from '../domain/proposal.ts';
import type { Transaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { proposals } from './schema/index.ts';

type Step = (typeof proposals.$inferSelect)['step'];

export async function insertProposals(
  tx: Transaction,
  key: { workspaceId: string; dreamId: string; step: Step; pack: number },
  bodies: readonly Proposal[],
): Promise<void> {
  const rows = bodies.map((body, ordinal) => ({ ...key, ordinal, body }));
  await insertRows(tx, proposals, rows, { keepStanding: true });
}

/** All that was proposed, or what one step did, in a fixed order: groups first, then patterns. */
export async function readProposals(tx: Transaction, dreamId: string, step?: Step): Promise<Proposal[]> {
  const rows = await tx
    .select({ body: proposals.body })
    .from(proposals)
    .where(and(eq(proposals.dreamId, dreamId), step === undefined ? undefined : eq(proposals.step, step)))
    .orderBy(asc(proposals.step), asc(proposals.pack), asc(proposals.ordinal));
  // 'minePatterns' sorts before 'reconcileGroup'; groups come first because patterns refer to what they leave standing.
  return [...rows.filter((row) => row.body.kind !== 'pattern'), ...rows.filter((row) => row.body.kind === 'pattern')].map(
    (row) => row.body,
  );
}
