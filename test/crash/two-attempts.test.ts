/** Two attempts of one commit at the same time, in two processes: a worker that was taken for dead and the one that took over. */
import { Client, Connection } from '@temporalio/client';
import { expect, inject, it } from 'vitest';
import { untilWaiting } from '../dream/rebase-support.ts';
import { DreamRun } from './dream-run.ts';
import type { OtherOrders } from './dream-run.ts';
import type { FaultPoint } from '../../activities/effect.ts';
import { runReference } from './reference.ts';
import { differences } from './rows.ts';
import { committed } from './scenario.ts';
import { testServers } from './test-servers.ts';
import type { WorkerProcess } from './worker-process.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const reference = await runReference(client, servers, { ...committed, answered: true });

// One poll at a time, so that few tasks wait for a process that stands still.
const tuning: OtherOrders = { tuning: { maxConcurrentActivityTaskPolls: 1, maxConcurrentWorkflowTaskPolls: 2 } };

/** The first worker stands still at the point; `meet` brings the second one there and lets both go on. */
async function twoAttempts(point: FaultPoint, meet: (run: DreamRun, first: WorkerProcess, second: WorkerProcess) => Promise<void>) {
  const run = await DreamRun.open(client, servers, reference.seeded);
  try {
    const [first, second] = [run.warmWorker(), run.warmWorker()];
    await first.begin(run.orders([{ point, occurrence: 1, act: 'stop' }], tuning));
    await run.start();
    const ended = run.untilEnded();
    ended.catch(() => undefined);
    await run.untilReached(({ act }) => act === 'stop');
    await meet(run, first, second);
    expect(await ended).toBe('COMPLETED');
    first.signal('SIGTERM');
    expect(await first.exit).toEqual({ code: 0, signal: null });
    expect(differences(reference.rows, await run.rows())).toEqual([]);
    const before = run.journal.filter(({ point: at }) => at === 'commitDream.commit:before');
    expect(new Set(before.map(({ pid }) => pid))).toEqual(new Set([first.pid, second.pid]));
  } finally {
    await run.close();
  }
}

it('commits once when both attempts begin at the same moment', async () => {
  await twoAttempts('commitDream.commit:before', async (run, first, second) => {
    await second.begin(run.orders([{ point: 'commitDream.commit:before', occurrence: 1, act: 'hold' }]));
    await second.heldAt();
    first.signal('SIGCONT');
    second.release();
  });
});

it('commits once when the second attempt waits for the first one’s lock, and the first one wakes up and commits', async () => {
  await twoAttempts('commitDream.commit:uncommitted', async (run, first, second) => {
    await second.begin(run.orders());
    await untilWaiting(run.database, 1);
    first.signal('SIGCONT');
  });
});
