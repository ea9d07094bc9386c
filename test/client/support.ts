/** The facade on a database of the test's own, with or without a worker. */
import { inject, onTestFinished } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { openDreamsClient } from '../../client/dreams-client.ts';
import { localTemporalSettings } from '../../config/temporal.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { replayDreams } from '../support/replayed.ts';
import { runningWorker } from '../support/running-worker.ts';
import { workspaceId } from '../support/seeds.ts';

export interface Facade extends FreshDatabase {
  client: DreamsClient;
}

/** `address: null` knows no Temporal server. */
export async function facade({
  address = inject('temporalAddress'),
  taskQueue = 'nobody-works-here',
}: { address?: string | null; taskQueue?: string } = {}): Promise<Facade> {
  const fresh = await databaseForTest();
  if (address !== null) onTestFinished(() => replayDreams(fresh.database, 'no worker of this file runs on its queue'));
  return { ...fresh, client: await facadeOn(fresh, address, taskQueue) };
}

async function facadeOn(fresh: FreshDatabase, address: string | null, taskQueue: string): Promise<DreamsClient> {
  const client = await openDreamsClient({
    databaseUrl: fresh.url,
    temporal: address === null ? undefined : localTemporalSettings(address, 'default'),
    workspaceId,
    taskQueue,
  });
  onTestFinished(() => client.close());
  return client;
}

export async function facadeWithWorker(): Promise<Facade & { taskQueue: string }> {
  const fresh = await databaseForTest();
  const engine = createOfflineEngine({ threads: 1 });
  const worker = await runningWorker({ database: fresh.database, engines: { offline: engine } });
  onTestFinished(async () => {
    await worker.stop();
    await engine.close();
  });
  return { ...fresh, taskQueue: worker.taskQueue, client: await facadeOn(fresh, inject('temporalAddress'), worker.taskQueue) };
}

interface CaseEvent {
  id: string;
  role: string;
  time: string;
  text: string;
}

/** A case in the neutral form, as a file. */
export function caseFile(
  path: string,
  sessions: { id: string; title?: string; created_at: string; events: CaseEvent[] }[],
  memories: { path: string; content: string }[] = [],
) {
  return { path, bytes: new TextEncoder().encode(JSON.stringify({ name: path.replace('.json', ''), memory_store: memories, sessions })) };
}

export function said(id: string, time: string, text: string, role = 'user'): CaseEvent {
  return { id, role, time, text };
}

export function markdown(files: Record<string, string>) {
  return Object.entries(files).map(([path, content]) => ({ path, bytes: new TextEncoder().encode(content) }));
}
