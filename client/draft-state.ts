/** Where a dream's review stands, in rows: its drafts, what was decided about them, and which one waits. */
import type { Transaction } from '../db/database.ts';
import type { DecisionRow } from '../db/decisions.ts';
import { readDecisions } from '../db/decisions.ts';
import type { DraftRow } from '../db/drafts.ts';
import { readDrafts } from '../db/drafts.ts';
import type { DreamRow } from '../db/dreams.ts';
import { requireDream } from '../db/dreams.ts';
import { hasEnded } from './wire/dream.ts';

export interface DraftState {
  dream: DreamRow;
  /** By round. */
  drafts: DraftRow[];
  /** Oldest first. */
  decisions: DecisionRow[];
  /** The draft that waits for a decision. */
  waiting: { draft: DraftRow; endsAt: Date } | undefined;
}

export async function readDraftState(tx: Transaction, dreamId: string): Promise<DraftState> {
  const dream = await requireDream(tx, dreamId);
  const drafts = await readDrafts(tx, dreamId);
  const decisions = await readDecisions(tx, dreamId);
  const draft = drafts.at(-1);
  const waits = draft !== undefined && !hasEnded(dream) && !decisions.some((decision) => decision.draftId === draft.id);
  return {
    dream,
    drafts,
    decisions,
    waiting: waits && draft.reviewEndsAt !== null ? { draft, endsAt: draft.reviewEndsAt } : undefined,
  };
}
