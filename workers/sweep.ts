import type { Client } from '@temporalio/client';
import type { Log } from '../config/log.ts';
import type { Database } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { pendingDreams, readDreamSessions, requireDream } from '../db/dreams.ts';
import { dreamWorkflow, startDreamOptions } from '../workflows/start-dream.ts';

const everyMs = 15_000;
/** A caller that inserted the row starts the workflow within milliseconds; after this long it has died in between. */
const olderThanSeconds = 10;

/** Starts the workflow of dreams that were asked for and have no run, until the signal. */
export async function sweepPendingDreams(settings: {
  database: Database;
  client: Client;
  taskQueue: string;
  log: Log;
  signal: AbortSignal;
}): Promise<void> {
  const { signal, log } = settings;
  while (!signal.aborted) {
    await pause(everyMs, signal);
    if (signal.aborted) return;
    try {
      await sweepOnce(settings, olderThanSeconds);
    } catch (error) {
      log.warn({ code: (error as { code?: unknown }).code ?? (error as Error).name }, 'sweep failed and will try again');
    }
  }
}

/** One pass; answers the ids that it started. */
export async function sweepOnce(
  { database, client, taskQueue, log }: { database: Database; client: Client; taskQueue: string; log: Log },
  olderThan: number,
): Promise<string[]> {
  const started: string[] = [];
  for (const { workspaceId, id } of await pendingDreams(database, olderThan)) {
    const { dream, sessions } = await withWorkspace(database, workspaceId, async (tx) => ({
      dream: await requireDream(tx, id),
      sessions: await readDreamSessions(tx, id),
    }));
    await client.workflow.start(
      dreamWorkflow,
      startDreamOptions({
        workspaceId,
        dreamId: id,
        workflowId: dream.workflowId,
        storeId: dream.inputStoreId,
        sessions: sessions.length,
        trigger: dream.trigger,
        taskQueue,
      }),
    );
    log.info({ dreamId: id }, 'sweep started a pending dream');
    started.push(id);
  }
  return started;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
