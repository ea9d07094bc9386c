/** Open dreams in the way of an erasure: refused, or ended in its transaction and told afterwards. */
import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { Transaction } from '../../db/database.ts';
import { endDream } from '../../db/dreams.ts';
import { DreamsError, isDreamsError } from '../../domain/errors.ts';
import { cancelDreamSignal } from '../../workflows/messages.ts';
import type { Context } from '../context.ts';

export interface InTheWay {
  id: string;
  workflowId: string;
  /** It reads the session itself; else its input store holds lines that came from it. */
  reads: boolean;
}

export function refuse(sessionId: string, inTheWay: readonly InTheWay[]): never {
  const [one] = inTheWay;
  const ids = inTheWay.map((dream) => dream.id);
  const subject = ids.length === 1 ? `The dream ${ids[0] ?? ''} is open and` : `The dreams ${ids.join(', ')} are open and`;
  const does = ids.length === 1 ? 'reads' : 'read';
  const what = inTheWay.every((dream) => dream.reads)
    ? `the session ${sessionId}`
    : `the session ${sessionId}, or memories that came from it`;
  throw new DreamsError('session_in_use', `${subject} ${does} ${what}; nothing was erased.`, {
    hint: `Wait for the end, cancel with "dreams cancel ${one?.id ?? 'drm_...'}", or erase with --now, which makes ${ids.length === 1 ? 'it' : 'them'} fail.`,
  });
}

export async function endReaders(tx: Transaction, sessionId: string, inTheWay: readonly InTheWay[]): Promise<void> {
  for (const { id, reads } of inTheWay) {
    const type = reads ? 'input_session_unavailable' : 'input_memory_store_unavailable';
    const message = reads
      ? `The session ${sessionId} was erased while the dream read it.`
      : `The session ${sessionId} was erased, from which lines of the input store had come, while the dream read them.`;
    await endDream(tx, id, { status: 'failed', outcome: 'failed', error: { type, message } });
  }
}

/** The rows have decided; the signal only makes it quick. Answers the dreams that could not be told. */
export async function tellReaders(context: Context, ended: readonly InTheWay[], by: string): Promise<string[]> {
  const untold: string[] = [];
  for (const { id, workflowId } of ended) {
    try {
      const { client } = await context.temporal();
      await client.workflow.getHandle(workflowId).signal(cancelDreamSignal, { by });
    } catch (error) {
      // No run: it was never started, or has ended by itself a moment ago.
      if (error instanceof WorkflowNotFoundError) continue;
      if (!isDreamsError(error) && !isGrpcServiceError(error) && !(error instanceof ServiceError)) throw error;
      untold.push(id);
    }
  }
  return untold;
}
