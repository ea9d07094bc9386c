import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import type { Servers } from './databases.ts';
import type { OtherOrders } from './dream-run.ts';
import { DreamRun } from './dream-run.ts';
import type { Reference } from './reference.ts';
import { played, record } from './results.ts';
import { differences } from './rows.ts';
import type { Exit } from './worker-process.ts';

export interface StoppedRun {
  /** Of the worker that was told to stop. */
  exit: Exit;
  status: string;
  /** How often it finished the effect that it was held before. */
  finished: number;
  /** Of each step in the history, the attempt that completed it. */
  attempts: number[];
  /** Codes and messages that the history keeps of earlier attempts. */
  failures: string[];
  differences: string[];
  ms: number;
}

/** The worker is told to stop while a step is held, and the step may go on at once; another worker does the rest. */
export async function graceful(client: Client, servers: Servers, reference: Reference, point: FaultPoint): Promise<StoppedRun> {
  return await stopped(client, servers, reference, point, async (run, release, exited) => {
    release();
    const exit = await exited;
    await run.warmWorker().begin(run.orders());
    return exit;
  });
}

/** How a step can fail to be over when the grace is: its engine answers at last to the signal, or nothing moves it. */
export type Unfinished = 'heeds its signal' | 'heeds nothing';

/** The same, but the step does not finish, and the worker's patience is short. */
export async function givenUp(client: Client, servers: Servers, reference: Reference, unfinished: Unfinished): Promise<StoppedRun> {
  const tuning = { shutdownGraceTime: '500 ms', shutdownForceTime: '3 seconds' } as const;
  const point = unfinished === 'heeds nothing' ? 'planWindows.plan:before' : 'extractFacts.ask:before';
  return await stopped(
    client,
    servers,
    reference,
    point,
    async (run, release, exited) => {
      if (unfinished === 'heeds its signal') release();
      await run.warmWorker().begin(run.orders());
      return await exited;
    },
    { tuning, endless: true },
  );
}

async function stopped(
  client: Client,
  servers: Servers,
  reference: Reference,
  point: FaultPoint,
  goOn: (run: DreamRun, release: () => void, exited: Promise<Exit>) => Promise<Exit>,
  others: OtherOrders = {},
): Promise<StoppedRun> {
  const run = await DreamRun.open(client, servers, reference.seeded);
  try {
    const from = Date.now();
    const first = run.warmWorker();
    await first.begin(run.orders([{ point, occurrence: 1, act: 'hold' }], others));
    await run.start();
    const ended = run.untilEnded();
    // Looked at below; a failure before that is not unhandled.
    ended.catch(() => undefined);
    await first.heldAt();
    first.signal('SIGTERM');
    const exit = await goOn(run, () => first.release(), first.exit);
    const status = await ended;
    const { events } = await run.handle.fetchHistory();
    const starts = (events ?? []).flatMap((event) => event.activityTaskStartedEventAttributes ?? []);
    return {
      exit,
      status,
      finished: run.journal.filter(({ pid, point: at }) => pid === first.pid && at === point.replace(':before', ':after')).length,
      attempts: starts.map((start) => start.attempt ?? 0),
      failures: starts.flatMap(({ lastFailure }) =>
        lastFailure === null || lastFailure === undefined
          ? []
          : [`${lastFailure.applicationFailureInfo?.type ?? ''}: ${lastFailure.message ?? ''}`],
      ),
      differences: differences(reference.rows, await run.rows()),
      ms: Date.now() - from,
    };
  } finally {
    await run.close();
  }
}

export async function expectGraceful(point: FaultPoint, play: () => Promise<StoppedRun>): Promise<void> {
  const what = { kind: 'sigterm', point, grace: 'within' } as const;
  const run = await played(what, play);
  const isUntouched = run.attempts.every((attempt) => attempt === 1) && run.finished >= 1;
  const recovered = run.differences.length === 0 && run.status === 'COMPLETED' && run.exit.code === 0 && isUntouched;
  record({ ...what, recovered, differing: run.differences.length, ms: run.ms });
  expect(run.status).toBe('COMPLETED');
  expect(run.exit).toEqual({ code: 0, signal: null });
  expect(run.attempts.filter((attempt) => attempt !== 1)).toEqual([]);
  expect(run.differences).toEqual([]);
  // The one that was told to stop finished what it was at.
  expect(run.finished).toBeGreaterThanOrEqual(1);
}

export async function expectGivenUp(unfinished: Unfinished, play: () => Promise<StoppedRun>): Promise<void> {
  const what = { kind: 'sigterm', point: `a step that ${unfinished}`, grace: 'beyond' } as const;
  const run = await played(what, play);
  const recovered = run.differences.length === 0 && run.status === 'COMPLETED';
  record({ ...what, recovered, differing: run.differences.length, ms: run.ms });
  expect(run.status).toBe('COMPLETED');
  expect(run.differences).toEqual([]);
  expect(Math.max(...run.attempts)).toBeGreaterThan(1);
  // What the history keeps of the attempt is a code and a fixed sentence, or the server's word for a worker that is gone.
  const expected =
    unfinished === 'heeds its signal'
      ? /^worker_stopped: The worker was stopped before the step had finished/
      : /^: activity Heartbeat timeout$/;
  expect(run.failures.length).toBeGreaterThan(0);
  for (const failure of run.failures) expect(failure).toMatch(expected);
  expect(run.exit).toEqual(unfinished === 'heeds its signal' ? { code: 0, signal: null } : { code: 1, signal: null });
}
