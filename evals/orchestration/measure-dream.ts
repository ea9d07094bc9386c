/** One dream with the timed engine, and what it took. */
import { loadavg } from 'node:os';
import { openDreamsClient } from '../../client/dreams-client.ts';
import { connectTemporal } from '../../client/temporal-server.ts';
import type { TemporalSettings } from '../../config/temporal.ts';
import { importCase } from '../run-case.ts';
import type { OrchestrationCost } from './cost.ts';
import { orchestrationCost } from './cost.ts';
import type { MaterialSize } from './material.ts';
import { makeMaterial } from './material.ts';
import type { TimedWorker } from './timed-worker.ts';
import { timelineOf } from './timeline.ts';

export interface MeasuredDream extends OrchestrationCost {
  historyEvents: number;
  historyBytes: number;
  facts: number;
  changes: number;
  /** Processes that wanted the machine in the minute before the dream ended; its own are among them. */
  load: number;
}

export interface Measure {
  worker: TimedWorker;
  databaseUrl: string;
  temporal: TemporalSettings;
  workspaceId: string;
  size: MaterialSize;
  latencyMs: number;
  /** Other text than in the dreams before, or kept answers would be taken. */
  seed: number;
  progress: (line: string) => void;
}

export async function measureDream(measure: Measure): Promise<MeasuredDream> {
  const { worker, databaseUrl, temporal, workspaceId, latencyMs, seed, size, progress } = measure;
  const client = await openDreamsClient({ databaseUrl, temporal, workspaceId, taskQueue: worker.taskQueue });
  const server = await connectTemporal(temporal);
  try {
    const { storeId, sessionIds } = await importCase(client, makeMaterial(seed, size), progress);
    const before = worker.calls().length;
    const { dream } = await client.createDream({ storeId, sessionIds, model: 'offline' });
    const handle = server.client.workflow.getHandle(dream.id);
    // Waiting for the result puts no question to the workflow, which watching would.
    await Promise.race([handle.result(), worker.broken]);
    const [load = 0] = loadavg();
    const { events } = await handle.fetchHistory();
    const shown = await client.showDream(dream.id);
    return {
      ...orchestrationCost(timelineOf(events ?? []), worker.calls().slice(before), latencyMs),
      historyEvents: events?.length ?? 0,
      historyBytes: (await handle.describe()).historySize ?? 0,
      facts: (shown.open_dreams.coverage?.sessions ?? []).reduce((sum, session) => sum + session.facts, 0),
      changes: shown.changes.length,
      load,
    };
  } finally {
    await server.close();
    await client.close();
  }
}
