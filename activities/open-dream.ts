import { updateDream } from '../db/dreams.ts';
import { insertSession } from '../db/sessions.ts';
import { sha256Hex } from '../domain/hash.ts';
import { deriveId } from '../domain/ids.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { appendLive, liveEvent, stepMessage } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';

/** `pending` becomes `running`, and the dream gets the live session that shows what it reads and writes. */
export function openDream(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId }: DreamInput): Promise<{ sessionId: string }> => {
    const sessionId = deriveId('sesn', dreamId, 'openDream', 'live session');
    await writing(dependencies, 'openDream.open', workspaceId, async (tx) => {
      const dream = await lockForStep(tx, dreamId);
      await insertSession(tx, {
        workspaceId,
        id: sessionId,
        sourceKind: 'dream',
        sourceId: dreamId,
        firstEventSha256: sha256Hex(dreamId),
        title: `Dream ${dreamId}`,
        status: 'running',
        metadata: { dream_id: dreamId },
      });
      await updateDream(tx, dreamId, { status: 'running', sessionId, stage: dream.stage === 'pending' ? 'openDream' : dream.stage });
      await appendLive(tx, { workspaceId, sessionId }, [
        liveEvent(dreamId, 'openDream', 'status', 0, 'session.status_running', {}),
        stepMessage(dreamId, 'openDream', `dream ${dream.id} with model ${dream.model} begins`),
      ]);
    });
    return { sessionId };
  };
}
