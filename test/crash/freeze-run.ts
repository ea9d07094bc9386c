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
  status: string;
  /** Points that it came past afterwards, "<step> failed" for each attempt that it could not finish, and "<point> told", see orders.ts. */
  late: string[];
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
    let thawed = 0;
    const thawAndStop = async (): Promise<Exit> => {
      thawed = Date.now();
      // Told to stop, a worker first finishes what it is at: the late writes are over when it has ended.
      frozen.signal('SIGCONT');
      frozen.signal('SIGTERM');
      return await frozen.exit;
    };
    if (thaw === 'after the end') {
      await ended;
      exit = await thawAndStop();
    } else if (thaw === 'while the review waits') {
      await run.untilReached(({ pid, point: at }) => pid === other.pid && at === 'awaitReview.open:after');
      const before = await run.rows();
      exit = await thawAndStop();
      changedLate.push(...differences(before, await run.rows()));
      run.reviewing = true;
    } else {
      const after = point.replace(/:.*/, ':after');
      await run.untilReached(({ pid, point: at }) => pid === other.pid && at === after);
      exit = await thawAndStop();
    }
    const status = await ended;
    const journal = run.journal.filter(({ pid }) => pid === frozen.pid);
    const points = journal
      .slice(journal.findIndex(({ act }) => act === 'stop') + 1)
      .map((reached) => (reached.act === 'told' ? `${reached.point} told` : reached.point));
    const late = [...points, ...failedSince(frozen, thawed)];
    return { exit, status, changedLate, late, differences: differences(reference.rows, await run.rows()), ms: Date.now() - from };
  } finally {
    await run.close();
  }
}

/** From the worker's log, which has a line for every attempt that failed. */
function failedSince({ output }: WorkerProcess, since: number): string[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{') && line.includes('"step failed"'));
  const failures = lines.map((line) => JSON.parse(line) as { time: string; step: string });
  return failures.filter(({ time }) => Date.parse(time) >= since).map(({ step }) => `${step} failed`);
}
