/** A dream as the wire shows it: fourteen keys, always all of them, and ours in one more. */
import type { Transaction } from '../../db/database.ts';
import type { DecisionRow } from '../../db/decisions.ts';
import { findDecision, readDecisions } from '../../db/decisions.ts';
import type { DraftRow } from '../../db/drafts.ts';
import { readDrafts } from '../../db/drafts.ts';
import type { DreamRow } from '../../db/dreams.ts';
import { readDreamSessions } from '../../db/dreams.ts';
import type { DecisionChannel, Verdict } from '../../domain/decision.ts';
import type { DreamCoverage, DreamError, DreamOptions, DreamOutcome, DreamStatus } from '../../domain/dream.ts';
import type { Usage } from '../../domain/usage.ts';

export interface WireDream {
  id: string;
  type: 'dream';
  status: DreamStatus;
  inputs: [{ type: 'memory_store'; memory_store_id: string }, { type: 'sessions'; session_ids: string[] }];
  outputs: { type: 'memory_store'; memory_store_id: string }[];
  model: { id: string };
  instructions: string | null;
  output_behavior: { type: 'create_new' } | { type: 'update_existing'; memory_store_id: string };
  session_id: string | null;
  created_at: string;
  ended_at: string | null;
  archived_at: string | null;
  error: DreamError | null;
  usage: Usage;
  open_dreams: {
    outcome: DreamOutcome | null;
    workflow_id: string;
    draft: string | null;
    coverage: DreamCoverage | null;
    /** null where a dream commits without being asked. */
    review: WireReview | null;
    alias: string | null;
  };
}

export interface WireReview {
  required: true;
  timeout_seconds: number;
  on_timeout: DreamOptions['onTimeout'];
  /** Of the draft that waits for a decision, and until when; null while none does. */
  draft_digest: string | null;
  ends_at: string | null;
  /** The last one; null while nobody has decided. */
  decision: { verdict: Verdict; by: string; channel: DecisionChannel } | null;
  /** Paths that others changed while the dream ran and that it therefore leaves to them. */
  conflicts: number;
}

function toWireDream(dream: DreamRow, sessionIds: readonly string[], review: WireReview | null): WireDream {
  return {
    id: dream.id,
    type: 'dream',
    status: dream.status,
    inputs: [
      { type: 'memory_store', memory_store_id: dream.inputStoreId },
      { type: 'sessions', session_ids: [...sessionIds].sort() },
    ],
    outputs: dream.outputStoreId === null ? [] : [{ type: 'memory_store', memory_store_id: dream.outputStoreId }],
    model: { id: dream.model },
    instructions: dream.instructions,
    output_behavior:
      dream.outputBehavior === 'create_new' ? { type: 'create_new' } : { type: 'update_existing', memory_store_id: dream.inputStoreId },
    session_id: dream.sessionId,
    created_at: dream.createdAt.toISOString(),
    ended_at: dream.endedAt?.toISOString() ?? null,
    archived_at: dream.archivedAt?.toISOString() ?? null,
    error: dream.error,
    usage: dream.usage,
    open_dreams: {
      outcome: dream.outcome,
      workflow_id: dream.workflowId,
      draft: dream.draftId,
      coverage: dream.coverage,
      review,
      alias: dream.options.alias,
    },
  };
}

export async function readWireDream(tx: Transaction, dream: DreamRow): Promise<WireDream> {
  const sessions = await readDreamSessions(tx, dream.id);
  return toWireDream(
    dream,
    sessions.map((session) => session.sessionId),
    dream.options.review === 'none' ? null : await readReview(tx, dream),
  );
}

async function readReview(tx: Transaction, dream: DreamRow): Promise<WireReview> {
  const drafts = await readDrafts(tx, dream.id);
  const last = drafts.at(-1);
  const waiting = last !== undefined && !hasEnded(dream) && (await isWaiting(tx, last)) ? last : null;
  return {
    required: true,
    timeout_seconds: dream.options.reviewTimeout,
    on_timeout: dream.options.onTimeout,
    draft_digest: waiting?.digest ?? null,
    ends_at: waiting?.reviewEndsAt?.toISOString() ?? null,
    decision: toDecision((await readDecisions(tx, dream.id)).at(-1)),
    conflicts: new Set(drafts.flatMap((draft) => draft.conflicts ?? []).map((conflict) => conflict.path)).size,
  };
}

function toDecision(row: DecisionRow | undefined): WireReview['decision'] {
  return row === undefined ? null : { verdict: row.verdict, by: row.by, channel: row.channel };
}

async function isWaiting(tx: Transaction, draft: DraftRow): Promise<boolean> {
  return draft.reviewEndsAt !== null && (await findDecision(tx, draft.id)) === undefined;
}

export function hasEnded(dream: { status: DreamStatus }): boolean {
  return dream.status === 'completed' || dream.status === 'failed' || dream.status === 'canceled';
}
