/** Stops a dream: its row decides, the signal only makes it quick. */
import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { withWorkspace } from '../db/database.ts';
import { endDream, lockDream, requireDream } from '../db/dreams.ts';
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

export async function cancelDream(context: Context, id: string, by: string): Promise<CanceledDream> {
  const { dream, ended } = await withWorkspace(context.database, context.workspaceId, async (tx) => {
    await requireDream(tx, id);
    const { status } = await lockDream(tx, id);
    if (status === 'completed' || status === 'failed')
      throw new DreamsError('dream_closed', `The dream ${id} has ended (${status}), so it cannot be canceled.`);
    const now = await endDream(tx, id, { status: 'canceled', outcome: 'canceled', error: null });
    return { dream: await readWireDream(tx, await requireDream(tx, id)), ended: now };
  });
  return { dream, told: ended ? await tell(context, dream, by) : true };
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
