/** Runs that live and do not know what their dream's row knows. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { effect, reading } from '../activities/effect.ts';
import { findDecision } from '../db/decisions.ts';
import { newestDraft } from '../db/drafts.ts';
import type { DreamRow } from '../db/dreams.ts';
import { isTooLate } from './server-away.ts';
import { approveDreamSignal, cancelDreamSignal, progressQuery } from '../workflows/messages.ts';
import type { Sweep } from './sweep.ts';

const by = 'open-dreams';
/** A run whose worker is busy answers at the next pass. */
const answersWithinMs = 5_000;

/** The row has ended: a cancel whose signal got lost, or a reset behind the decision. The row stands, whatever the run was at. */
export async function tellEnd(sweep: Sweep, { workflowId }: DreamRow, runId: string): Promise<'told' | null> {
  if (!sweep.told.take(`${workflowId} ${runId}`)) return null;
  return await tell(sweep, () => sweep.client.workflow.getHandle(workflowId).signal(cancelDreamSignal, { by }));
}

/**
 * The draft was decided about, and a run that was reset to its review waits for a decision that could only be refused: any
 * request makes it find the one that stands. Asked for first, because every other run is about to go on by itself.
 */
export async function tellDecision(sweep: Sweep, { workspaceId, id, workflowId, stage }: DreamRow): Promise<'told' | null> {
  if (stage !== 'awaitReview') return null;
  const decided = await reading(sweep, workspaceId, async (tx) => {
    const draft = await newestDraft(tx, id);
    return draft === undefined ? undefined : await findDecision(tx, draft.id);
  });
  const before = Date.now() - sweep.patience.olderThanSeconds * 1_000;
  if (decided === undefined || decided.createdAt.getTime() > before) return null;
  const handle = sweep.client.workflow.getHandle(workflowId);
  if ((await waitsFor(sweep, workflowId)) !== decided.draftId || !sweep.told.take(`${workflowId} ${decided.draftId}`)) return null;
  return await tell(sweep, () => handle.signal(approveDreamSignal, { by, digest: decided.digest }));
}

/** The draft that a run waits for a decision about. A server that is there cannot answer where the run's worker is not. */
async function waitsFor({ client }: Sweep, workflowId: string): Promise<string | undefined> {
  try {
    const ask = () => client.workflow.getHandle(workflowId).query(progressQuery);
    return (await client.connection.withDeadline(Date.now() + answersWithinMs, ask)).review?.draftId;
  } catch (error) {
    if (isTooLate(error)) return undefined;
    throw error;
  }
}

async function tell(sweep: Sweep, signal: () => Promise<void>): Promise<'told' | null> {
  try {
    await effect(sweep, 'sweep.tell', () => sweep.client.connection.withDeadline(Date.now() + answersWithinMs, signal));
    return 'told';
  } catch (error) {
    // It ended a moment ago.
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
