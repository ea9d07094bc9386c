/** A sweep over more dreams than a page holds, over servers that are away, and one that is told to stop. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { expect, inject, it, onTestFinished } from 'vitest';
import { createLog } from '../../config/log.ts';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import type { DecisionRow } from '../../db/decisions.ts';
import { insertDecision } from '../../db/decisions.ts';
import { newestDraft } from '../../db/drafts.ts';
import { endDream } from '../../db/dreams.ts';
import type { SweepSettings } from '../../workers/sweep.ts';
import { Sweeper } from '../../workers/sweep.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { workspaceId } from '../support/seeds.ts';
import type { Interruptible } from './interrupted.ts';
import { interruptible } from './interrupted.ts';
import { awaited } from './running-workflow.ts';

function settingsOf({ database, worker }: Interruptible, changed: Partial<SweepSettings> = {}): SweepSettings {
  const patience = { olderThanSeconds: 0, lostAfterSeconds: 600 };
  return { database, client: worker.client, taskQueue: worker.taskQueue, log: createLog('silent'), patience, ...changed };
}

/** Oldest first: dreams whose runs were terminated before their first step. */
async function terminated(dreams: Interruptible, count: number, client = dreams.worker.client): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const dreamId = await dreams.dream();
    const start = { workspaceId, dreamId, workflowId: dreamId, storeId: dreams.storeId, sessions: 3, trigger: 'test' };
    const options = startDreamOptions({ ...start, taskQueue: 'nobody-works-here' });
    await (await client.workflow.start('dream', options)).terminate();
    ids.push(dreamId);
  }
  return ids;
}

/** That of a worker closes with it. */
async function ownClient(): Promise<Client> {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  return new Client({ connection });
}

async function change(dreams: Interruptible, ids: readonly string[], what: ReturnType<typeof sql>): Promise<void> {
  await withWorkspace(dreams.database, workspaceId, async (tx) => {
    for (const id of ids) await tx.execute(sql`update dreams set ${what} where id = ${id}`);
  });
}

it('gives each dream its turn where there are more than a page holds', async () => {
  const dreams = await interruptible();
  const pending = await terminated(dreams, 3);
  const running = await terminated(dreams, 3);
  await change(dreams, running, sql`status = 'running'`);
  const sweeper = new Sweeper(settingsOf(dreams), 2);
  const seen: string[][] = [];
  for (let pass = 0; pass < 6; pass++) seen.push((await sweeper.pass()).map((swept) => swept.dreamId));
  // Those that it ended are among the others from then on, and the oldest.
  expect(seen[0]).toEqual(pending.slice(0, 2));
  expect(seen.flat().sort()).toEqual([...pending, ...running].sort());
});

it('asks a Temporal server that hangs once a pass, and goes on behind that dream', async () => {
  const dreams = await interruptible();
  const [, second, third] = await terminated(dreams, 3);
  // Takes connections and never says a word, as a frozen server does.
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const connection = Connection.lazy({ address: `127.0.0.1:${String((silent.address() as AddressInfo).port)}` });
  onTestFinished(async () => {
    await connection.close();
    silent.close();
  });
  const hanging = new Client({ connection });
  const settings = settingsOf(dreams);
  const current = {
    ...settings,
    get client() {
      return isAway ? hanging : settings.client;
    },
  };
  let isAway = true;
  const client = new Proxy(settings.client, { get: (_, name) => Reflect.get(current.client, name) as unknown });
  const sweeper = new Sweeper({ ...settings, client });
  const from = Date.now();
  await expect(sweeper.pass()).rejects.toThrow();
  // Each dream that it asks about costs 10 s.
  expect(Date.now() - from).toBeLessThan(19_000);
  isAway = false;
  expect((await sweeper.pass()).map((swept) => swept.dreamId)).toEqual([second, third]);
  expect(await sweeper.pass()).toHaveLength(1);
});

it('ends a pass in which the database goes away', async () => {
  const dreams = await interruptible();
  await terminated(dreams, 3);
  const database = openDatabase(dreams.url);
  let asked = 0;
  const { client } = dreams.worker;
  const counting = new Proxy(client, {
    get: (target, name) => {
      if (name !== 'connection') return Reflect.get(target, name) as unknown;
      asked++;
      void database.close();
      return client.connection;
    },
  });
  await expect(new Sweeper(settingsOf(dreams, { database, client: counting })).pass()).rejects.toThrow();
  expect(asked).toBe(1);
});

it('looks at its signal between two dreams', async () => {
  const dreams = await interruptible();
  const [first] = await terminated(dreams, 3);
  const stop = new AbortController();
  const reach = async (point: string) => {
    if (point === 'sweep.end:after') stop.abort();
  };
  const sweeper = new Sweeper(settingsOf(dreams, { reach }));
  expect(await sweeper.pass(stop.signal)).toEqual([{ dreamId: first, did: 'ended' }]);
});

it('does not take a run whose worker is away for a server that is away', async () => {
  const dreams = await interruptible();
  const decided = await dreams.dream({ review: 'required' });
  await awaited(await dreams.start(decided));
  const client = await ownClient();
  await dreams.stop();
  await withWorkspace(dreams.database, workspaceId, async (tx) => {
    const draft = await newestDraft(tx, decided);
    if (draft === undefined) throw new Error('no draft');
    const { id: draftId, digest } = draft;
    const asked = {
      verdict: 'reject',
      excluded: [],
      by: 'ada',
      note: null,
      channel: 'signal',
      request: 'one',
    } satisfies Partial<DecisionRow>;
    await insertDecision(tx, { workspaceId, dreamId: decided, draftId, digest, ...asked });
  });
  const [later] = await terminated(dreams, 1, client);
  await change(dreams, [later ?? ''], sql`status = 'running'`);
  expect(await new Sweeper(settingsOf(dreams, { client })).pass()).toEqual([{ dreamId: later, did: 'ended' }]);
  await dreams.startAnother();
  expect(await new Sweeper(settingsOf(dreams, { client })).pass()).toEqual([{ dreamId: decided, did: 'told' }]);
  expect(await client.workflow.getHandle(decided).result()).toMatchObject({ outcome: 'rejected' });
});

it('tells a run whose worker is away of its end once, not at every pass', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream({ review: 'required' });
  await awaited(await dreams.start(dreamId));
  const client = await ownClient();
  const handle = client.workflow.getHandle(dreamId);
  await dreams.stop();
  await withWorkspace(dreams.database, workspaceId, (tx) =>
    endDream(tx, dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
  );
  const sweeper = new Sweeper(settingsOf(dreams, { client }));
  expect(await sweeper.pass()).toEqual([{ dreamId, did: 'told' }]);
  for (let pass = 0; pass < 3; pass++) expect(await sweeper.pass()).toEqual([]);
  const { events } = await handle.fetchHistory();
  expect(events?.filter((event) => event.workflowExecutionSignaledEventAttributes != null)).toHaveLength(1);
  await dreams.startAnother();
  expect(await handle.result()).toMatchObject({ outcome: 'canceled' });
});

it('closes a dream that its row ended days ago and that no step has closed', async () => {
  const dreams = await interruptible();
  const dreamId = await dreams.dream({ review: 'required' });
  const handle = await dreams.start(dreamId);
  await awaited(handle);
  await withWorkspace(dreams.database, workspaceId, (tx) =>
    endDream(tx, dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
  );
  await handle.terminate();
  await change(dreams, [dreamId], sql`ended_at = now() - interval '40 days'`);
  expect(await dreams.sweep()).toEqual([{ dreamId, did: 'closed' }]);
  expect(await dreams.liveStatus(dreamId)).toBe('terminated');
});
