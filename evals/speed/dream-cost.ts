/** One dream over sessions that are there already, and what it took. */
import postgres from 'postgres';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { DreamsError } from '../../domain/errors.ts';
import type { SessionEvent } from '../../domain/transcript.ts';
import { readCpuSeconds, readPeakMemory, readHistorySize } from '../measures.ts';
import type { RunningServers } from '../servers.ts';
import type { StepTime } from './step-times.ts';
import { stepTimes } from './step-times.ts';

export interface DreamCost {
  seconds: number;
  steps: StepTime[];
  facts: number;
  changes: number;
  /** Of the worker process, all its threads. */
  worker: { peakBefore: number | null; peak: number | null; cpuSeconds: number | null };
  historyEvents: number | null;
  databaseBytes: { before: number; after: number };
}

export interface DreamRun {
  client: DreamsClient;
  running: RunningServers;
  sessionIds: string[];
  signal: AbortSignal;
}

export async function dreamAndMeasure({ client, running, sessionIds, signal }: DreamRun): Promise<DreamCost> {
  const { servers } = running;
  const pid = running.workerPid();
  const peakBefore = readPeakMemory(pid);
  const cpuBefore = readCpuSeconds(pid);
  const before = await databaseBytes(servers.databaseUrl);
  const begun = performance.now();
  const { dream } = await client.createDream({ sessionIds, model: 'offline' });
  const events: SessionEvent[] = [];
  for await (const item of client.watchDream(dream.id, { signal })) if (item.kind === 'event') events.push(item.event);
  const shown = await client.showDream(dream.id);
  if (shown.status !== 'completed')
    throw new DreamsError('verification_failed', `The dream ended as ${shown.status}: ${shown.error?.message ?? 'no reason given'}`);
  const cpuAfter = readCpuSeconds(pid);
  return {
    // By the dream's own clock, for whoever watches hears of the end late.
    seconds:
      shown.ended_at === null ? (performance.now() - begun) / 1000 : (Date.parse(shown.ended_at) - Date.parse(shown.created_at)) / 1000,
    steps: stepTimes(shown.created_at, events),
    facts: (shown.open_dreams.coverage?.sessions ?? []).reduce((sum, session) => sum + session.facts, 0),
    changes: shown.changes.length,
    worker: { peakBefore, peak: readPeakMemory(pid), cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore },
    historyEvents: (await readHistorySize(servers, shown.open_dreams.workflow_id))?.events ?? null,
    databaseBytes: { before, after: await databaseBytes(servers.databaseUrl) },
  };
}

async function databaseBytes(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  try {
    const [row] = await sql<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`;
    return Number(row?.bytes ?? 0);
  } finally {
    await sql.end();
  }
}
