import { effect, reading } from '../activities/effect.ts';
import type { DreamRow } from '../db/dreams.ts';
import { readDreamSessions } from '../db/dreams.ts';
import { dreamWorkflow, startDreamOptions } from '../workflows/start-dream.ts';
import type { Sweep } from './sweep.ts';

/** A worker that is told to stop waits for the sweep. */
const answersWithinMs = 10_000;

/** Starts the run of a dream that has none. Every step can run twice, so one whose run was lost goes on where its rows are. */
export async function startRun(sweep: Sweep, dream: DreamRow): Promise<'started'> {
  const { workspaceId, id: dreamId, workflowId, inputStoreId: storeId, trigger } = dream;
  const sessions = await reading(sweep, workspaceId, (tx) => readDreamSessions(tx, dreamId));
  const start = startDreamOptions({
    workspaceId,
    dreamId,
    workflowId,
    storeId,
    sessions: sessions.length,
    trigger,
    taskQueue: sweep.taskQueue,
  });
  const { client } = sweep;
  await effect(sweep, 'sweep.start', () =>
    client.connection.withDeadline(Date.now() + answersWithinMs, () => client.workflow.start(dreamWorkflow, start)),
  );
  return 'started';
}
