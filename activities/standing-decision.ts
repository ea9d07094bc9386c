import type { Transaction } from '../db/database.ts';
import type { DecisionRow } from '../db/decisions.ts';
import { findDecision } from '../db/decisions.ts';
import type { Decision } from '../domain/decision.ts';

/** What was decided about a draft, if it was. */
export async function standingDecision(tx: Transaction, draftId: string): Promise<Decision | undefined> {
  const row = await findDecision(tx, draftId);
  return row === undefined ? undefined : toDecision(row);
}

export function toDecision({ draftId, digest, verdict, excluded, by, note, channel }: DecisionRow): Decision {
  return { draftId, digest, verdict, excluded, by, note, channel };
}
