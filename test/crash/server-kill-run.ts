import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { FaultPoint } from '../../activities/effect.ts';
import { cancelDream } from '../../client/cancel-dream.ts';
import type { Context } from '../../client/context.ts';
import { connectTemporal } from '../../client/temporal-server.ts';
import { workspaceId } from '../support/seeds.ts';
import { DreamRun } from './dream-run.ts';
import { answersOf, askedInVain } from './journal.ts';
import type { Reference } from './reference.ts';
import { differences } from './rows.ts';
import type { OwnServers } from './servers.ts';
import { judgeCanceled } from './soak-verdict.ts';
import type { Exit, WorkerProcess } from './worker-process.ts';

export interface ServerKill {
  server: 'PostgreSQL' | 'Temporal';
  /** The worker waits here while the server is killed. */
  point: FaultPoint;
  /** Whether the worker goes on while nothing answers, or finds a server that has forgotten its connections. */
  goesOn: 'while it is away' | 'when it is back';
  awayMs: number;
}

export interface ServerKillResult {
  status: string;
  differences: string[];
  extraAnswers: number;
  /** Questions asked although their answer was stored. */
  inVain: number;
  /** Of the one worker that lived through it all, told to stop at last. */
  exit: Exit;
  output: string;
  ms: number;
}

/** A server dies under a worker that lives, comes back on the same files, and the same worker brings the dream to its end. */
export async function serverKillRun(client: Client, own: OwnServers, reference: Reference, kill: ServerKill): Promise<ServerKillResult> {
  const { server, point, goesOn, awayMs } = kill;
  const run = await DreamRun.open(client, own.servers, reference.seeded);
  try {
    const from = Date.now();
    const worker = run.warmWorker();
    await worker.begin(run.orders([{ point, occurrence: 1, act: 'hold' }]));
    await run.start();
    const ended = run.untilEnded();
    // Looked at below; a failure before that is not unhandled.
    ended.catch(() => undefined);
    await run.untilReached(({ act }) => act === 'hold');
    await own.kill(server);
    if (goesOn === 'while it is away') worker.release();
    await sleep(awayMs);
    await own.restart(server);
    if (goesOn === 'when it is back') worker.release();
    const { exit, status } = await stopAfter(ended, worker);
    const { journal } = run;
    return {
      status,
      differences: differences(reference.rows, await run.rows()),
      extraAnswers: answersOf(journal).length - reference.answers,
      inVain: askedInVain(journal).length,
      exit,
      output: worker.output,
      ms: Date.now() - from,
    };
  } finally {
    await run.close();
  }
}

async function stopAfter(ended: Promise<string>, worker: WorkerProcess): Promise<{ exit: Exit; status: string }> {
  await Promise.race([ended, worker.exit]);
  if (worker.hasEnded) throw new Error(`The worker did not live through it:\n${worker.output}`);
  worker.signal('SIGTERM');
  return { exit: await worker.exit, status: await ended };
}

/** Nobody starts the dream but the worker's sweep, which has lost both its connections. */
export async function sweptAfterKills(
  client: Client,
  own: OwnServers,
  reference: Reference,
): Promise<Pick<ServerKillResult, 'differences' | 'exit' | 'status' | 'output'>> {
  const run = await DreamRun.open(client, own.servers, reference.seeded);
  try {
    const worker = run.warmWorker();
    await worker.begin(run.orders());
    for (const server of ['PostgreSQL', 'Temporal'] as const) {
      await own.kill(server);
      await own.restart(server);
    }
    const { exit, status } = await stopAfter(run.untilEnded(), worker);
    return { differences: differences(reference.rows, await run.rows()), exit, status, output: worker.output };
  } finally {
    await run.close();
  }
}

/** The row decides, the run hears of it when there is a server again. */
export async function cancelWithoutTemporal(
  client: Client,
  own: OwnServers,
  reference: Reference,
): Promise<{ told: boolean; status: string; complaints: string[] }> {
  const run = await DreamRun.open(client, own.servers, reference.seeded);
  try {
    const worker = run.warmWorker();
    await worker.begin(run.orders([{ point: 'reconcileGroup.record:before', occurrence: 1, act: 'hold' }]));
    await run.start();
    await run.untilReached(({ act }) => act === 'hold');
    await own.kill('Temporal');
    const address = own.servers.temporalAddress;
    const settings = { address, namespace: 'default', connectionOptions: { address } };
    const context: Context = {
      database: run.database,
      workspaceId,
      taskQueue: run.taskQueue,
      temporal: () => connectTemporal(settings),
      makeId: () => {
        throw new Error('a cancel makes no ids');
      },
    };
    const { told } = await cancelDream(context, reference.seeded.dreamId, 'ada');
    worker.release();
    await own.restart('Temporal');
    const status = await run.untilEnded();
    return { told, status, complaints: await judgeCanceled(run) };
  } finally {
    await run.close();
  }
}
