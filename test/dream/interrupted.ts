/** Dreams on a real worker and a real server that a test holds at fault points and interrupts with Temporal's own API. */
import { sql } from 'drizzle-orm';
import { onTestFinished, vi } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import type { FaultPoint } from '../../activities/effect.ts';
import { createLog } from '../../config/log.ts';
import { readContents } from '../../db/contents.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import type { DreamRow } from '../../db/dreams.ts';
import { requireDream } from '../../db/dreams.ts';
import { readHeads } from '../../db/memories.ts';
import { findSession } from '../../db/sessions.ts';
import type { DreamOptions } from '../../domain/dream.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import type { Patience, Swept } from '../../workers/sweep.ts';
import { sweepOnce } from '../../workers/sweep.ts';
import { decideUpdate } from '../../workflows/messages.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import type { RunningWorker } from '../support/running-worker.ts';
import type { ResetTo } from '../support/reset-run.ts';
import { resetRun } from '../support/reset-run.ts';
import { replayDreams } from '../support/replayed.ts';
import { runningWorker } from '../support/running-worker.ts';
import { agent, seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import type { DreamHandle } from './running-workflow.ts';
import { awaited } from './running-workflow.ts';

const patient = { timeout: 60_000, interval: 50 };
export const waitFor = <T>(check: () => T | Promise<T>) => vi.waitFor(check, patient);

/** One step that waits at a fault point. */
export interface Hold {
  reached: Promise<void>;
  release(): void;
}

export interface Interruptible {
  database: Database;
  url: string;
  worker: RunningWorker;
  storeId: string;
  sessionIds: string[];
  /** Lets the worker finish what it does; `startAnother` goes on with its queues. */
  stop(): Promise<void>;
  startAnother(): Promise<void>;
  /** The next step that comes by waits there; those after it pass. */
  hold(point: FaultPoint): Hold;
  dream(options?: Partial<DreamOptions>): Promise<string>;
  start(dreamId: string, options?: { workflowRunTimeout?: '1 second' }): Promise<DreamHandle>;
  /** One pass; with `diesAt` it gets no further than that point. */
  sweep(patience?: Partial<Patience>, diesAt?: FaultPoint): Promise<Swept[]>;
  row(dreamId: string): Promise<DreamRow>;
  liveStatus(dreamId: string): Promise<string | undefined>;
  files(dreamId: string): Promise<Record<string, string>>;
  /** A hash a table, without times of writing and without kept answers: what was paid is recorded. */
  rows(): Promise<Record<string, unknown>>;
}

const notes = { '/api.md': '# API\n\n- The API listens on port 3000.\n', '/deploy.md': '# Deploy\n\n- Deploys go out on Tuesdays.\n' };
const talks = [
  [user('The API listens on port 4100 now, we moved it.'), agent('Noted, port 4100.')],
  [user('Deploys go out on Thursdays now, no longer on Tuesdays.'), agent('Understood.')],
  [user('Always use pnpm, never npm.'), agent('Will do.')],
];

export async function interruptible(): Promise<Interruptible> {
  const { database, url } = await databaseForTest();
  const offline = createOfflineEngine({ threads: 1 });
  const held = new Map<FaultPoint, () => Promise<void>>();
  const holds: Hold[] = [];
  const dependencies: Dependencies = {
    database,
    // A window a pack: with the offline engine's size these talks would be one.
    engines: { offline: { ...offline, packSize: 0 } },
    reach: async (point) => {
      const wait = held.get(point);
      held.delete(point);
      await wait?.();
    },
  };
  const worker = await runningWorker(dependencies);
  const running = new Set<RunningWorker>([worker]);
  const stop = async (one: RunningWorker) => {
    if (running.delete(one)) await one.stop();
  };
  const storeId = await seedStore(database, notes);
  const sessionIds: string[] = [];
  for (const [index, lines] of talks.entries())
    sessionIds.push(await seedSession(database, `2026-10-0${String(index + 1)}T09:00:00Z`, lines));
  onTestFinished(async () => {
    for (const hold of holds) hold.release();
    const isLeft = running.size === 0;
    for (const one of [...running]) await stop(one);
    // Where the last worker left in the middle, nobody has replayed what it did.
    if (isLeft) await replayDreams(database);
    await offline.close();
  });
  const row = (dreamId: string) => withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId));
  return {
    database,
    url,
    worker,
    storeId,
    sessionIds,
    row,
    stop: async () => {
      if (running.delete(worker)) await worker.leave();
    },
    startAnother: async () => {
      running.add(await runningWorker(dependencies, undefined, worker.taskQueue));
    },
    hold: (point) => {
      const [arrived, released] = [deferred(), deferred()];
      held.set(point, async () => {
        arrived.resolve();
        await released.promise;
      });
      const hold = { reached: arrived.promise, release: () => released.resolve() };
      holds.push(hold);
      return hold;
    },
    dream: (options = {}) => seedDream(database, { storeId, sessionIds, options }),
    start: async (dreamId, options = {}) => {
      const { taskQueue, client } = worker;
      const start = startDreamOptions({ workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 3, trigger: 'test', taskQueue });
      return (await client.workflow.start('dream', { ...start, ...options })) as DreamHandle;
    },
    sweep: (patience = {}, diesAt) =>
      sweepOnce({
        database,
        client: worker.client,
        taskQueue: worker.taskQueue,
        log: createLog('silent'),
        reach: async (point) => {
          if (point === diesAt) throw new Error(`died at ${point}`);
        },
        patience: { olderThanSeconds: 0, lostAfterSeconds: 600, ...patience },
      }),
    liveStatus: async (dreamId) => {
      const { sessionId } = await row(dreamId);
      return await withWorkspace(database, workspaceId, async (tx) => (await findSession(tx, sessionId ?? ''))?.status);
    },
    files: async (dreamId) => {
      const { outputStoreId } = await row(dreamId);
      return await withWorkspace(database, workspaceId, async (tx) => {
        const heads = await readHeads(tx, outputStoreId ?? '');
        const contents = await readContents(
          tx,
          heads.map((head) => head.sha256),
        );
        return Object.fromEntries(heads.map((head) => [head.path, contents.get(head.sha256) ?? '']));
      });
    },
    rows: async () =>
      await withWorkspace(database, workspaceId, async (tx) => {
        const tables = await tx.execute(
          sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'model_calls'`,
        );
        const rows: Record<string, unknown> = {};
        for (const { name } of tables as unknown as { name: string }[]) {
          const [found] = await tx.execute(
            sql`select md5(string_agg(body, ',' order by body)) as hash from (select (to_jsonb(t) - 'updated_at')::text as body from ${sql.identifier(name)} t) bodies`,
          );
          rows[name] = found?.['hash'];
        }
        return rows;
      }),
  };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Resets the newest run of a workflow; answers the handle of the run that goes on. */
export async function reset(
  worker: RunningWorker,
  dreamId: string,
  ...to: [to: ResetTo, reapply?: 'all' | 'nothing']
): Promise<DreamHandle> {
  return worker.client.workflow.getHandle(dreamId, await resetRun(worker.client, dreamId, ...to)) as DreamHandle;
}

/** Approves the draft that waits, in whichever run waits for it. */
export async function approve(handle: DreamHandle): Promise<void> {
  const { digest } = await awaited(handle);
  await handle.executeUpdate(decideUpdate, { args: [{ digest, verdict: 'approve', by: 'ada' }] });
}
