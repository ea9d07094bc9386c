import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type { Reach } from '../../activities/effect.ts';
import { createLog } from '../../config/log.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { endDream, requireDream, updateDream } from '../../db/dreams.ts';
import type { BundleRow, HistoryRow } from '../../db/histories.ts';
import { findBundle, insertBundle, openHistory } from '../../db/histories.ts';
import { openBundle } from '../../db/history/bundle.ts';
import { histories } from '../../db/schema/index.ts';
import type { DreamOptions } from '../../domain/dream.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { Archiver } from '../../workers/archiver.ts';
import { loadBundle } from '../../workers/load-bundle.ts';
import { cancelDreamSignal, progressQuery } from '../../workflows/messages.ts';
import { dreamWorkflow, startDreamOptions } from '../../workflows/start-dream.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import type { RunningWorker } from '../support/running-worker.ts';
import { runningWorker } from '../support/running-worker.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const engine = createOfflineEngine({ threads: 1 });
const used = {} as { fresh: FreshDatabase; database: Database; worker: RunningWorker };

beforeAll(async () => {
  used.fresh = await freshDatabase();
  used.database = used.fresh.database;
  used.worker = await runningWorker({ database: used.database, engines: { offline: engine } });
});

afterAll(async () => {
  await used.worker.stop();
  await engine.close();
  await used.fresh.drop();
});

async function newArchiver(reach?: Reach): Promise<Archiver> {
  const bundle = await loadBundle({ codePath: inject('bundlePath') });
  return new Archiver({ database: used.database, client: used.worker.client, bundle, log: createLog('silent'), reach });
}

/** A dream's row and, unless it is not wanted, its run. */
async function start({ run = true, options = {} }: { run?: boolean; options?: Partial<DreamOptions> } = {}): Promise<string> {
  const { database, worker } = used;
  const storeId = await seedStore(database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
  const sessionId = await seedSession(database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now, not 3000.')]);
  const dreamId = await seedDream(database, { storeId, sessionIds: [sessionId], options });
  if (run) {
    const { taskQueue } = worker;
    const dream = { workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 1, trigger: 'test', taskQueue };
    await worker.client.workflow.start(dreamWorkflow, startDreamOptions(dream));
  }
  return dreamId;
}

async function finished(): Promise<string> {
  const dreamId = await start();
  await used.worker.client.workflow.getHandle(dreamId).result();
  return dreamId;
}

async function rowsOf(dreamId: string): Promise<HistoryRow[]> {
  return await withWorkspace(used.database, workspaceId, (tx) =>
    tx.select().from(histories).where(eq(histories.dreamId, dreamId)).orderBy(histories.closedAt),
  );
}

async function stateOf(dreamId: string): Promise<string> {
  return (await withWorkspace(used.database, workspaceId, (tx) => requireDream(tx, dreamId))).historyState;
}

/** The row as if the dream had ended that long ago. */
async function endedAgo(dreamId: string, minutes: number): Promise<void> {
  const { database } = used;
  await withWorkspace(database, workspaceId, (tx) => endDream(tx, dreamId, { status: 'canceled', outcome: 'canceled', error: null }));
  await withWorkspace(database, workspaceId, (tx) =>
    tx.execute(sql`update dreams set ended_at = now() - make_interval(mins => ${minutes}) where id = ${dreamId}`),
  );
}

it('keeps the history of a finished run with the workflow code that took its steps', async () => {
  const dreamId = await finished();
  expect(await (await newArchiver()).pass()).toContain(dreamId);
  expect(await stateOf(dreamId)).toBe('archived');
  const [row, ...others] = await rowsOf(dreamId);
  expect(others).toEqual([]);
  const code = readFileSync(inject('bundlePath'), 'utf8');
  expect(row).toMatchObject({ status: 'completed', bundleSha256: sha256Hex(code), sdkVersion: '1.24.0', redactedAt: null });
  const atServer = await used.worker.client.workflow.getHandle(dreamId).fetchHistory();
  expect(row?.events).toBe(atServer.events?.length);
  expect(await openHistory(row as HistoryRow)).toEqual(atServer);
  expect(row?.closedAt.getTime()).toBeGreaterThan(row?.startedAt.getTime() ?? 0);
  const bundle = await withWorkspace(used.database, workspaceId, (tx) => findBundle(tx, sha256Hex(code)));
  expect(bundle).toMatchObject({ size: Buffer.byteLength(code), sdkVersion: '1.24.0' });
  expect(openBundle(bundle as BundleRow)).toEqual({ code: Buffer.from(code) });
});

it('reads a bundle back: one that was kept wrongly is not kept, and one that was altered stays as it is', async () => {
  const bundle = { workspaceId, sha256: sha256Hex('code'), bytes: gzipSync('code'), size: 4, sdkVersion: '1.24.0' };
  const keep = (of: typeof bundle) => withWorkspace(used.database, workspaceId, (tx) => insertBundle(tx, of));
  await expect(keep({ ...bundle, bytes: gzipSync('kode') })).rejects.toThrow('was not kept as it is');
  const find = () => withWorkspace(used.database, workspaceId, (tx) => findBundle(tx, bundle.sha256));
  expect(await find()).toBeUndefined();
  expect([await keep(bundle), await keep(bundle)]).toEqual([true, true]);
  const admin = postgres(used.fresh.adminUrl, { max: 1 });
  await admin`update bundles set bytes = ${gzipSync('kode')} where sha256 = ${bundle.sha256}`;
  await admin.end();
  expect(await keep(bundle)).toBe(false);
  expect(openBundle((await find()) as BundleRow)).toEqual({ altered: 'its hash is another one' });
});

it('lets several workers archive at once, and does it once', async () => {
  const dreams = [await finished(), await finished(), await finished()];
  const passes = await Promise.all([await newArchiver(), await newArchiver(), await newArchiver()].map((archiver) => archiver.pass()));
  expect(
    passes
      .flat()
      .filter((id) => dreams.includes(id))
      .sort(),
  ).toEqual([...dreams].sort());
  for (const dreamId of dreams) expect(await rowsOf(dreamId)).toHaveLength(1);
});

it('says of bytes that were altered that they are not the ones that were written', async () => {
  const dreamId = await finished();
  await (await newArchiver()).pass();
  const [row] = await rowsOf(dreamId);
  const [other] = await rowsOf(await finishedAndArchived());
  await expect(openHistory({ ...(row as HistoryRow), bytes: other?.bytes ?? new Uint8Array() })).rejects.toThrow(
    'is not the one that was written',
  );
});

async function finishedAndArchived(): Promise<string> {
  const dreamId = await finished();
  await (await newArchiver()).pass();
  return dreamId;
}

it('archives the run that a reset made beside the one before', async () => {
  const dreamId = await finishedAndArchived();
  const { client } = used.worker;
  const [before] = await rowsOf(dreamId);
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: dreamId, runId: before?.runId ?? '' },
    reason: 'a test',
    // The end of the first workflow task: every step is taken again.
    workflowTaskFinishEventId: 4 as never,
    requestId: dreamId,
  });
  await client.workflow.getHandle(dreamId, runId ?? '').result();
  expect(await stateOf(dreamId)).toBe('due');
  expect(await (await newArchiver()).pass()).toContain(dreamId);
  const rows = await rowsOf(dreamId);
  expect(rows.map((row) => row.runId)).toEqual([before?.runId, runId]);
  expect(rows[0]).toEqual(before);
});

it('archives the run that a reset closed beside the one that it made', async () => {
  const dreamId = await start({ options: { review: 'required' } });
  const { client } = used.worker;
  const first = await awaitingReview(dreamId);
  await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: dreamId, runId: first },
    reason: 'a test',
    workflowTaskFinishEventId: 4 as never,
    requestId: dreamId,
  });
  const second = await awaitingReview(dreamId);
  expect(second).not.toBe(first);
  await client.workflow.getHandle(dreamId).signal(cancelDreamSignal, { by: 'test' });
  await client.workflow.getHandle(dreamId).result();
  expect(await (await newArchiver()).pass()).toContain(dreamId);
  expect((await rowsOf(dreamId)).map(({ runId, status }) => [runId, status])).toEqual([
    [first, 'terminated'],
    [second, 'completed'],
  ]);
});

/** Waits until the newest run of the dream waits for a decision; answers the run. */
async function awaitingReview(dreamId: string): Promise<string> {
  const handle = used.worker.client.workflow.getHandle(dreamId);
  return await vi.waitFor(
    async () => {
      expect((await handle.query(progressQuery)).review).not.toBeNull();
      return (await handle.describe()).runId;
    },
    { timeout: 110_000, interval: 100 },
  );
}

it('writes nothing where somebody wrote to the dream while its runs were fetched', async () => {
  const dreamId = await finished();
  let hasWritten = false;
  const archiver = await newArchiver(async (point) => {
    if (point !== 'archive.history:before' || hasWritten) return;
    hasWritten = true;
    // As the closeDream of a run that a reset made in this moment would.
    await withWorkspace(used.database, workspaceId, (tx) => updateDream(tx, dreamId, { historyState: 'due' }));
  });
  expect(await archiver.pass()).not.toContain(dreamId);
  expect([hasWritten, await stateOf(dreamId), await rowsOf(dreamId)]).toEqual([true, 'due', []]);
  expect(await (await newArchiver()).pass()).toContain(dreamId);
});

it('archives a run that was terminated before any worker took it', async () => {
  const dreamId = await start({ run: false });
  const { client } = used.worker;
  const dream = { workspaceId, dreamId, workflowId: dreamId, storeId: 'memstore_1', sessions: 1, trigger: 'test' };
  const first = await client.workflow.start(dreamWorkflow, startDreamOptions({ ...dream, taskQueue: 'nobody-works-here' }));
  await first.terminate('a test');
  await endedAgo(dreamId, 0);
  expect(await (await newArchiver()).pass()).toContain(dreamId);
  expect(await rowsOf(dreamId)).toMatchObject([{ status: 'terminated', bundleSha256: null, sdkVersion: null, events: 3 }]);
});

it('waits for a run that goes on, and for a server that does not know it, and gives up when it has asked for an hour', async () => {
  const open = await start({ run: false });
  const { client } = used.worker;
  const dream = { workspaceId, dreamId: open, workflowId: open, storeId: 'memstore_1', sessions: 1, trigger: 'test' };
  const handle = await client.workflow.start(dreamWorkflow, startDreamOptions({ ...dream, taskQueue: 'nobody-works-here' }));
  await endedAgo(open, 0);
  const [unknown, forgotten] = [await start({ run: false }), await start({ run: false })];
  await endedAgo(unknown, 59);
  await endedAgo(forgotten, 61);
  const log = createLog('silent');
  const warn = vi.spyOn(log, 'warn');
  const bundle = await loadBundle({ codePath: inject('bundlePath') });
  const archiver = new Archiver({ database: used.database, client, bundle, log });
  expect(await archiver.pass()).not.toContain(open);
  // This process has just begun to ask: it may have found the wrong server first.
  expect([await stateOf(open), await stateOf(unknown), await stateOf(forgotten)]).toEqual(['due', 'due', 'due']);
  await later(61, () => archiver.pass());
  expect([await stateOf(open), await stateOf(unknown), await stateOf(forgotten)]).toEqual(['due', 'missing', 'missing']);
  const said = warn.mock.calls.filter(([fields]) => (fields as unknown as { dreamId?: string }).dreamId === forgotten);
  expect(said).toHaveLength(1);
  await handle.terminate();
  // Another archiver does not remember that it was open.
  expect(await (await newArchiver()).pass()).toContain(open);
});

/** As if that many minutes had passed. */
async function later<T>(minutes: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}

it('looks every 5 s whether a run has ended, however long its dream has', async () => {
  const { client, taskQueue } = used.worker;
  const dreamId = await start({ run: false });
  const dream = { workspaceId, dreamId, workflowId: dreamId, storeId: 'memstore_1', sessions: 1, trigger: 'test' };
  const options = startDreamOptions({ ...dream, taskQueue: `nobody-works-beside-${taskQueue}` });
  const handle = await client.workflow.start(dreamWorkflow, options);
  await endedAgo(dreamId, 0);
  const archiver = await newArchiver();
  await archiver.pass();
  await later(30, () => archiver.pass());
  await handle.terminate();
  expect(await later(30 + 4 / 60, () => archiver.pass())).not.toContain(dreamId);
  expect(await later(30 + 6 / 60, () => archiver.pass())).toContain(dreamId);
});

it('leaves out of the next pass the one whose history takes too long, and archives the others', async () => {
  const [first, second] = [await finished(), await finished()];
  const { client } = used.worker;
  const asked: string[] = [];
  const late = Object.assign(new Error('4 DEADLINE_EXCEEDED'), { code: 4, details: '', metadata: {} });
  const workflow = new Proxy(client.workflow, {
    get: (target, name) => {
      if (name !== 'getHandle') return Reflect.get(target, name) as unknown;
      return (id: string, runId?: string) => {
        const handle = target.getHandle(id, runId);
        const fetchHistory = async () => {
          asked.push(id);
          if (id === second) throw late;
          return await handle.fetchHistory();
        };
        return { ...handle, fetchHistory };
      };
    },
  });
  const slow = new Proxy(client, { get: (target, name) => (name === 'workflow' ? workflow : (Reflect.get(target, name) as unknown)) });
  const bundle = await loadBundle({ codePath: inject('bundlePath') });
  const archiver = new Archiver({ database: used.database, client: slow, bundle, log: createLog('silent') });
  // The newest comes first.
  await expect(archiver.pass()).rejects.toThrow('DEADLINE_EXCEEDED');
  expect(await archiver.pass()).toContain(first);
  expect(asked.filter((id) => id === second)).toHaveLength(1);
  expect(await stateOf(second)).toBe('due');
  expect(await (await newArchiver()).pass()).toContain(second);
});

it('looks at its signal between two dreams', async () => {
  const dreams = [await finished(), await finished()];
  const stop = new AbortController();
  const archiver = await newArchiver(async (point) => {
    if (point === 'archive.history:after') stop.abort();
  });
  expect(await archiver.pass(stop.signal)).toEqual([dreams[1]]);
  expect(await (await newArchiver()).pass()).toContain(dreams[0]);
});

it('gives each dream its turn where more are due than a page holds, and the newest cannot be archived yet', async () => {
  const dreams = [await finished(), await finished(), await finished()];
  const unknown = await start({ run: false });
  await endedAgo(unknown, -1);
  const bundle = await loadBundle({ codePath: inject('bundlePath') });
  const archiver = new Archiver({ database: used.database, client: used.worker.client, bundle, log: createLog('silent') }, 1);
  const archived: string[] = [];
  for (let pass = 0; pass < 12; pass++) archived.push(...(await archiver.pass()));
  expect(archived).toEqual(expect.arrayContaining(dreams));
  expect(await stateOf(unknown)).toBe('due');
});

it('archives the others where one of them fails', async () => {
  const [first, second] = [await finished(), await finished()];
  const admin = postgres(used.fresh.adminUrl, { max: 1 });
  // What a damaged disk or a bug would do: the bytes that are read back are not those that were written.
  await admin.unsafe(`create function spoil() returns trigger language plpgsql as $$ begin
    if new.dream_id = '${first}' then new.sha256 := repeat('0', 64); end if; return new; end $$`);
  await admin.unsafe('create trigger spoil before insert on histories for each row execute function spoil()');
  try {
    const archived = await (await newArchiver()).pass();
    expect([archived.includes(first), archived.includes(second)]).toEqual([false, true]);
    expect([await stateOf(first), await rowsOf(first)]).toEqual(['due', []]);
  } finally {
    await admin.unsafe('drop trigger spoil on histories');
    await admin.end();
  }
  expect(await (await newArchiver()).pass()).toContain(first);
});
