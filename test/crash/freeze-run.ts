import type { Client } from '@temporalio/client';
import type { FaultPoint } from '../../activities/effect.ts';
import type { Servers } from './databases.ts';
import { DreamRun } from './dream-run.ts';
import type { Reference } from './reference.ts';
import { differences } from './rows.ts';
import type { Exit, WorkerProcess } from './worker-process.ts';

/** When the frozen worker wakes up. */
export type Thaw = 'while the review waits' | 'after the other attempt' | 'after the end';

export interface FreezeResult {
  /** Of the worker that was frozen, told to stop once it was thawed. */
  exit: Exit;
  /** What the thawed worker changed while nothing else moved. */
  changedLate: string[];
  /** Points that it came past afterwards. */
  late: FaultPoint[];
  differences: string[];
  ms: number;
}

/** One worker freezes at a point past its heartbeat timeout, another takes over, and the first wakes up. */
export async function freezeRun(
  client: Client,
  servers: Servers,
  reference: Reference,
  freeze: { point: FaultPoint; thaw: Thaw; forgetful?: boolean },
): Promise<FreezeResult> {
  const { point, thaw, forgetful = false } = freeze;
  const run = await DreamRun.open(client, servers, reference.seeded);
  try {
    const from = Date.now();
    const frozen = run.warmWorker();
    // Its polls stay open while it is frozen, and each may swallow a task until that times out.
    const tuning = { maxConcurrentActivityTaskPolls: 1, maxConcurrentWorkflowTaskPolls: 2 };
    await frozen.begin(run.orders([{ point, occurrence: 1, act: 'stop' }], { tuning, frozenTransactionMs: 1_000, forgetful }));
    run.reviewing = thaw !== 'while the review waits';
    await run.start();
    const ended = run.untilEnded();
    // Looked at below; a failure before that is not unhandled.
    ended.catch(() => undefined);
    const other = run.warmWorker();
    await run.untilReached(({ pid, act }) => pid === frozen.pid && act === 'stop');
    await other.begin(run.orders());
    const changedLate: string[] = [];
    let exit: Exit;
    if (thaw === 'after the end') {
      await ended;
      exit = await thawAndStop(frozen);
    } else if (thaw === 'while the review waits') {
      await run.untilReached(({ pid, point: at }) => pid === other.pid && at === 'awaitReview.open:after');
      const before = await run.rows();
      exit = await thawAndStop(frozen);
      changedLate.push(...differences(before, await run.rows()));
      run.reviewing = true;
    } else {
      const after = point.replace(/:.*/, ':after');
      await run.untilReached(({ pid, point: at }) => pid === other.pid && at === after);
      exit = await thawAndStop(frozen);
    }
    await ended;
    const journal = run.journal.filter(({ pid }) => pid === frozen.pid);
    const late = journal.slice(journal.findIndex(({ act }) => act === 'stop') + 1).map((reached) => reached.point);
    return { exit, changedLate, late, differences: differences(reference.rows, await run.rows()), ms: Date.now() - from };
  } finally {
    await run.close();
  }
}

/** Told to stop, a worker first finishes what it is at: the late writes are over when it has ended. */
async function thawAndStop(worker: WorkerProcess): Promise<Exit> {
  worker.signal('SIGCONT');
  worker.signal('SIGTERM');
  return await worker.exit;
}
