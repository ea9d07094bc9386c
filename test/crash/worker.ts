/**
 * A worker process for tests: the product's worker as it is, with a bundle made beforehand, an offline engine whose packs are
 * small, and somebody who is told of each fault point. It loads everything first and waits for its orders.
 */
import { appendFileSync } from 'node:fs';
import { asyncLocalStorage } from '@temporalio/activity';
import type { FaultPoint } from '../../activities/effect.ts';
import { readEnvironment } from '../../config/environment.ts';
import { createLog } from '../../config/log.ts';
import type { Engine } from '../../engines/engine.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { runWorker } from '../../workers/run-worker.ts';
import type { Arm, FromWorker, Orders, Reached } from './orders.ts';

const offline = createOfflineEngine({ threads: 1 });
const counts = new Map<FaultPoint, number>();
const held: (() => void)[] = [];

function say(message: FromWorker): void {
  process.send?.(message);
}

/** Small packs, so that a small dream has several. */
function engineFor({ forgetful = false, endless = false }: Orders): Engine {
  return {
    ...offline,
    packSize: 120,
    itemsInPack: 8,
    extractFacts: async (question, call) => {
      if (endless) await untilAborted(call.signal);
      const { value, usage } = await offline.extractFacts(question, call);
      return { usage, value: value.map((answer) => ({ ...answer, facts: forgetful ? answer.facts.slice(0, -1) : answer.facts })) };
    },
  };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}

/** Writes down where a step is, then does there what the test wants. */
async function reach(orders: Orders, point: FaultPoint): Promise<void> {
  const occurrence = (counts.get(point) ?? 0) + 1;
  counts.set(point, occurrence);
  const arm = orders.arms.find((candidate) => candidate.point === point && candidate.occurrence === occurrence);
  // Sweep and archiver work beside the steps.
  const step = asyncLocalStorage.getStore();
  const { activityId, attempt } = step?.info ?? { activityId: 'beside', attempt: 1 };
  const line: Reached = { pid: process.pid, point, occurrence, activity: activityId, attempt, act: arm?.act ?? null };
  const write = (of: Reached) => appendFileSync(orders.journal, `${JSON.stringify(of)}\n`);
  write(line);
  if (arm?.act === 'stop') step?.cancellationSignal.addEventListener('abort', () => write({ ...line, act: 'told' }), { once: true });
  if (arm !== undefined) await act(arm);
}

async function act(arm: Arm): Promise<void> {
  if (arm.act === 'hold') {
    const released = new Promise<void>((resolve) => held.push(resolve));
    say({ event: 'reached', arm });
    await released;
    return;
  }
  process.kill(process.pid, arm.act === 'kill' ? 'SIGKILL' : 'SIGSTOP');
  // The signal arrives within microseconds; whoever was killed goes no further, whoever was stopped goes on when it is thawed.
  if (arm.act === 'kill') await new Promise(() => undefined);
}

async function main(orders: Orders): Promise<void> {
  process.env['TEMPORAL_ADDRESS'] = orders.temporalAddress;
  const variables = { DATABASE_URL: orders.databaseUrl, OPEN_DREAMS_TASK_QUEUE: orders.taskQueue, OPEN_DREAMS_THREADS: '2' };
  await runWorker({
    environment: readEnvironment(variables),
    log: createLog('info'),
    bundle: () => Promise.resolve({ codePath: orders.bundlePath }),
    engines: { offline: engineFor(orders) },
    reach: (point) => reach(orders, point),
    tuning: orders.tuning,
    onReady: () => say({ event: 'ready' }),
  });
  await offline.close();
  process.removeAllListeners('disconnect');
  process.disconnect();
}

// Nobody is left whose worker this is.
process.once('disconnect', () => process.exit(1));
// The first message is the orders; every later one lets go whatever is held.
process.once('message', (orders: Orders) => {
  process.on('message', () => {
    for (const release of held.splice(0)) release();
  });
  main(orders).catch((error: unknown) => {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exit(1);
  });
});
say({ event: 'warm' });
