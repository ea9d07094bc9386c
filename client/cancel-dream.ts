/** Stops a dream: its row decides, the signal only makes it quick. */
import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { withWorkspace } from '../db/database.ts';
import { endDream, lockDream, requireDream } from '../db/dreams.ts';
import { cancelTerminated } from '../db/under-way.ts';
import { DreamsError, isDreamsError } from '../domain/errors.ts';
import { cancelDreamSignal } from '../workflows/messages.ts';
import type { Context } from './context.ts';
import type { WireDream } from './wire/dream.ts';
import { readWireDream } from './wire/dream.ts';

export interface CanceledDream {
  dream: WireDream;
  /** false: the run could not be told; it notices at its next write. */
  told: boolean;
}

const answersWithinMs = 5_000;

export async function cancelDream(context: Context, id: string, by: string): Promise<CanceledDream> {
  const revived = await wasReset(context, id);
  const { dream, ended } = await withWorkspace(context.database, context.workspaceId, async (tx) => {
    await requireDream(tx, id);
    const { status, outcome } = await lockDream(tx, id);
    if (status === 'completed' || (status === 'failed' && !(outcome === 'terminated' && revived)))
      throw new DreamsError(
        'dream_closed',
        `The dream ${id} has ended (${outcome === 'terminated' ? outcome : status}), so it cannot be canceled.`,
      );
    if (outcome === 'terminated') await cancelTerminated(tx, id);
    const now = (await endDream(tx, id, { status: 'canceled', outcome: 'canceled', error: null })) || outcome === 'terminated';
    return { dream: await readWireDream(tx, await requireDream(tx, id)), ended: now };
  });
  return { dream, told: ended ? await tell(context, dream, by) : true };
}

/** Whether the dream was terminated and a reset brought its run back, of which its row will hear soon. */
async function wasReset(context: Context, id: string): Promise<boolean> {
  const dream = await withWorkspace(context.database, context.workspaceId, (tx) => requireDream(tx, id));
  if (dream.outcome !== 'terminated') return false;
  try {
    const { client, connection } = await context.temporal();
    const { status } = await connection.withDeadline(Date.now() + answersWithinMs, () =>
      client.workflow.getHandle(dream.workflowId).describe(),
    );
    return status.name === 'RUNNING';
  } catch (error) {
    // Where no server or no run answers, the row is right.
    if (error instanceof WorkflowNotFoundError || isDreamsError(error) || isGrpcServiceError(error) || error instanceof ServiceError)
      return false;
    throw error;
  }
}

async function tell(context: Context, dream: WireDream, by: string): Promise<boolean> {
  try {
    const { client } = await context.temporal();
    await client.workflow.getHandle(dream.open_dreams.workflow_id).signal(cancelDreamSignal, { by });
    return true;
  } catch (error) {
    // No run: it was never started, or has ended by itself a moment ago.
    if (error instanceof WorkflowNotFoundError) return true;
    // Temporal does not answer, or stopped answering just now.
    if (isDreamsError(error) || isGrpcServiceError(error) || error instanceof ServiceError) return false;
    throw error;
  }
}
