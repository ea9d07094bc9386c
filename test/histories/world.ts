/** A worker with the real steps and an engine that can be told to misbehave, for driving a dream down each of its paths. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import type { DreamOptions, OutputBehavior } from '../../domain/dream.ts';
import type { Engine } from '../../engines/engine.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import type { dream } from '../../workflows/dream.ts';
import type { DreamProgress } from '../../workflows/messages.ts';
import { progressQuery } from '../../workflows/messages.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import type { RunningWorker } from '../support/running-worker.ts';
import { runningWorker } from '../support/running-worker.ts';
import { agent, seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

export type DreamHandle = WorkflowHandle<typeof dream>;

export interface World {
  database: Database;
  client: Client;
  /** What the engine does instead of its work, for as long as it stands here. */
  instead: Partial<Pick<Engine, 'extractFacts' | 'reconcileGroups' | 'minePatterns'>>;
  offline: Engine;
  /** A dream over a store and three sessions of the path's own; `days` more sessions make more packs. */
  start(dream?: { days?: number; options?: Partial<DreamOptions>; outputBehavior?: OutputBehavior; model?: string }): Promise<StartedDream>;
  close(): Promise<void>;
}

export interface StartedDream {
  dreamId: string;
  storeId: string;
  handle: DreamHandle;
}

const notes = {
  '/notes.md':
    '# Notes\n\n- The API listens on port 3000.\n- Deploys go out on Tuesdays.\n- The cache holds 200 MB.\n- Staging runs in Lisbon.\n',
  '/policies/security.md': '# Security\n\n- Never commit credentials.\n',
};
const sessions = [
  [user('The API listens on port 4100 now, we moved it.'), agent('Noted, port 4100.')],
  [user('Deploys go out on Thursdays from now on.'), agent('Noted.')],
  [user('My name is Mara and I prefer short answers.'), user('The cache holds 400 MB now.')],
];

export async function openWorld(): Promise<World> {
  const fresh: FreshDatabase = await freshDatabase();
  const offline = createOfflineEngine({ threads: 1 });
  const instead: World['instead'] = {};
  const engine: Engine = {
    name: 'offline',
    version: offline.version,
    // A few hundred characters, and a few claims, are several packs, as megabytes and thousands are for the real one.
    packSize: 60,
    itemsInPack: 2,
    extractFacts: (question, call) => (instead.extractFacts ?? offline.extractFacts)(question, call),
    reconcileGroups: (question, call) => (instead.reconcileGroups ?? offline.reconcileGroups)(question, call),
    minePatterns: (question, call) => (instead.minePatterns ?? offline.minePatterns)(question, call),
  };
  const worker: RunningWorker = await runningWorker({ database: fresh.database, engines: { offline: engine } });
  const { database } = fresh;
  const { client, taskQueue } = worker;
  return {
    database,
    client,
    instead,
    offline,
    async start({ days = 0, options, outputBehavior, model } = {}) {
      const storeId = await seedStore(database, notes);
      const sessionIds: string[] = [];
      const more = Array.from({ length: days }, (_, index) => [
        user(`The machine ${name(index)} stands in ${name(index + 104_729)} since today.`),
      ]);
      for (const [index, said] of [...sessions, ...more].entries())
        sessionIds.push(await seedSession(database, `2026-10-${String(index + 1).padStart(2, '0')}T09:00:00Z`, said));
      const asked = {
        storeId,
        sessionIds,
        ...(options && { options }),
        ...(outputBehavior && { outputBehavior }),
        ...(model && { model }),
      };
      const dreamId = await seedDream(database, asked);
      const ids = { workspaceId, dreamId, workflowId: dreamId, storeId };
      const start = startDreamOptions({ ...ids, sessions: sessionIds.length, trigger: 'test', taskQueue });
      return { dreamId, storeId, handle: await client.workflow.start<typeof dream>('dream', { ...start, args: [...start.args] }) };
    },
    close: async () => {
      await worker.stop();
      await offline.close();
      await fresh.drop();
    },
  };
}

/** A word of its own for each number. */
function name(index: number): string {
  const syllables = ['ba', 'ke', 'li', 'mo', 'nu', 'pra', 'ster', 'vin', 'dol', 'gam'];
  return [...String(index + 10_000)].map((digit) => syllables[Number(digit)]).join('');
}

/** The draft that awaits its decision, other than one seen before. */
export async function waiting(handle: DreamHandle, seen?: string): Promise<NonNullable<DreamProgress['review']>> {
  return await vi.waitFor(
    async () => {
      const { review } = await handle.query(progressQuery);
      if (review === null || review.draftId === seen) throw new Error('no draft waits');
      return review;
    },
    { timeout: 60_000, interval: 50 },
  );
}
