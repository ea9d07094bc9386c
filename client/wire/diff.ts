/** What a draft would change, as it is answered: its changes and all that a person needs to decide about them. */
import type { DecisionRow } from '../../db/decisions.ts';
import type { DreamRow } from '../../db/dreams.ts';
import type { ChangeKind } from '../../domain/change.ts';
import type { Verdict } from '../../domain/decision.ts';
import type { DreamOutcome, DreamStatus } from '../../domain/dream.ts';
import type { LeftOutWhy } from '../../domain/operation.ts';
import type { DraftReport } from '../../domain/report.ts';
import type { QuoteContext } from '../quote-context.ts';
import type { WireChange, WireEvidence } from './change.ts';

/** Evidence with the words around its quote; null where the text is not there any more. */
export type DiffEvidence = WireEvidence & { context: QuoteContext | null };
export type DiffChange = Omit<WireChange, 'evidence'> & {
  evidence: DiffEvidence[];
  /** What it takes out or alters holds a credential, which is masked here: without the change it stays in the store in clear. */
  holds_credential: boolean;
};

export interface DiffDecision {
  draft_id: string;
  verdict: Verdict;
  excluded: string[];
  by: string;
  note: string | null;
  channel: DecisionRow['channel'];
  at: string;
}

/** A path that the dream and somebody else changed; null where there is no file. */
export interface DiffConflict {
  path: string;
  base: string | null;
  ours: string | null;
  theirs: string | null;
}

export interface DreamDiff {
  dream_id: string;
  status: DreamStatus;
  outcome: DreamOutcome | null;
  stage: string;
  draft_id: string;
  /** The how many-th draft of the dream it is. */
  round: number;
  digest: string;
  review: 'none' | 'required';
  /** Until when it waits for a decision; null while it does not. */
  ends_at: string | null;
  on_timeout: 'reject' | 'commit';
  /** About this draft and earlier ones, oldest first. */
  decisions: DiffDecision[];
  totals: Partial<Record<ChangeKind, number>>;
  files: DraftReport['files'];
  claims: DraftReport['claims'];
  guards: DraftReport['guards'];
  /** Claims that were doubtful and stay, because the cap on removals was reached. */
  kept_by_cap: number;
  /** Changes of earlier drafts that this one does without. */
  left_out: (DiffChange & { why: LeftOutWhy })[];
  conflicts: DiffConflict[];
  alias: string | null;
  output_behavior: DreamRow['outputBehavior'];
  output_store_id: string | null;
  /** The operation that committed the draft. */
  operation_id: string | null;
  /** Grouped by file, the risky ones first. */
  changes: DiffChange[];
}

export function toDecision({ draftId, verdict, excluded, by, note, channel, createdAt }: DecisionRow): DiffDecision {
  return { draft_id: draftId, verdict, excluded, by, note, channel, at: createdAt.toISOString() };
}
