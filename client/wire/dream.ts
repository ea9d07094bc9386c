/** A dream as the wire shows it: fourteen keys, always all of them, and ours in one more. */
import type { Transaction } from '../../db/database.ts';
import type { DreamRow } from '../../db/dreams.ts';
import { readDreamSessions } from '../../db/dreams.ts';
import type { DreamCoverage, DreamError, DreamOutcome, DreamStatus } from '../../domain/dream.ts';
import type { Usage } from '../../domain/usage.ts';

export interface WireDream {
  id: string;
  type: 'dream';
  status: DreamStatus;
  inputs: [{ type: 'memory_store'; memory_store_id: string }, { type: 'sessions'; session_ids: string[] }];
  outputs: { type: 'memory_store'; memory_store_id: string }[];
  model: { id: string };
  instructions: string | null;
  output_behavior: { type: 'create_new' };
  session_id: string | null;
  created_at: string;
  ended_at: string | null;
  archived_at: string | null;
  error: DreamError | null;
  usage: Usage;
  open_dreams: { outcome: DreamOutcome | null; workflow_id: string; draft: string | null; coverage: DreamCoverage | null };
}

export function toWireDream(dream: DreamRow, sessionIds: readonly string[]): WireDream {
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
    output_behavior: { type: 'create_new' },
    session_id: dream.sessionId,
    created_at: dream.createdAt.toISOString(),
    ended_at: dream.endedAt?.toISOString() ?? null,
    archived_at: dream.archivedAt?.toISOString() ?? null,
    error: dream.error,
    usage: dream.usage,
    open_dreams: { outcome: dream.outcome, workflow_id: dream.workflowId, draft: dream.draftId, coverage: dream.coverage },
  };
}

export async function readWireDream(tx: Transaction, dream: DreamRow): Promise<WireDream> {
  const sessions = await readDreamSessions(tx, dream.id);
  return toWireDream(
    dream,
    sessions.map((session) => session.sessionId),
  );
}

export function hasEnded(dream: { status: DreamStatus }): boolean {
  return dream.status === 'completed' || dream.status === 'failed' || dream.status === 'canceled';
}
