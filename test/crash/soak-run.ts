/** Plays the plan of one dream: a relay of workers, each armed with what is left of it, and whoever does the rest from outside. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { cancelDream } from '../../client/cancel-dream.ts';
import type { Context } from '../../client/context.ts';
import { isDreamsError } from '../../domain/errors.ts';
import { workspaceId } from '../support/seeds.ts';
import { untilArchived } from './archived.ts';
import { DreamRun } from './dream-run.ts';
import type { Reached } from './orders.ts';
import type { Reference } from './reference.ts';
import type { OwnServers } from './servers.ts';
import type { Deed, SoakPlan } from './soak-plan.ts';
import { judge } from './soak-verdict.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Four faults and a machine that is busy; a dream that needs more is stuck. */
const patienceMs = 300_000;
const stopsWithinMs = 120_000;

export interface Played {
  /** What was really done: a point may not be reached any more. */
  done: Deed['act'][];
  canceled: boolean;
  complaints: string[];
  ms: number;
}

interface Armed {
  worker: WorkerProcess;
  deeds: Deed[];
  isFrozen: boolean;
  /** SIGKILL or SIGTERM is what it is to end of. */
  isToEnd: boolean;
}

export async function playPlan(client: Client, own: OwnServers, reference: Reference, plan: SoakPlan): Promise<Played> {
  const run = await DreamRun.open(client, own.servers, reference.seeded);
  try {
    return await new Play(client, own, run, plan).toTheEnd(reference);
  } finally {
    await run.close();
  }
}

class Play {
  readonly #client: Client;
  readonly #own: OwnServers;
  readonly #run: DreamRun;
  readonly #plan: SoakPlan;
  readonly #left: Deed[];
  readonly #team: Armed[] = [];
  readonly #thaws: Promise<void>[] = [];
  readonly #done: Deed['act'][] = [];
  readonly #complaints: string[] = [];
  #seen = 0;
  #canceled = false;
  #hasStruck = false;

  constructor(client: Client, own: OwnServers, run: DreamRun, plan: SoakPlan) {
    this.#client = client;
    this.#own = own;
    this.#run = run;
    this.#plan = plan;
    this.#left = [...plan.deeds];
  }

  async toTheEnd(reference: Reference): Promise<Played> {
    const from = Date.now();
    for (let index = 0; index < this.#plan.workers; index++) await this.#addWorker();
    await this.#run.start();
    let isOver = false;
    // Workers are looked after until the history is kept, which one of them has to do.
    const ended = this.#untilKept().finally(() => (isOver = true));
    // Looked at below; a failure before that is not unhandled.
    ended.catch(() => undefined);
    while (!isOver) {
      await this.#look(Date.now() - from);
      await sleep(20);
    }
    const kept = await ended;
    await this.#dismiss();
    const complaints = [
      ...this.#complaints,
      ...kept,
      ...(await judge(this.#run, reference, { canceled: this.#canceled, done: this.#done, workers: this.#plan.workers })),
    ];
    return { done: this.#done, canceled: this.#canceled, complaints, ms: Date.now() - from };
  }

  /** Complaints about a run that did not end well, or whose history the archive has not, once. */
  async #untilKept(): Promise<string[]> {
    const status = await this.#run.untilEnded(patienceMs);
    const { state, histories, bundles } = await untilArchived(this.#run.adminUrl, this.#run.seeded.dreamId);
    return [
      ...(status === 'COMPLETED' ? [] : [`The run of the dream is ${status}, not completed.`]),
      ...(state === 'archived' && histories === 1 && bundles === 1
        ? []
        : [`The history of the dream is ${state}; the archive has ${String(histories)} histories and ${String(bundles)} bundles.`]),
    ];
  }

  /** Armed up to and with the first deed that it does not outlive. */
  async #addWorker(): Promise<void> {
    const last = this.#left.findIndex(({ act }) => act === 'kill' || act === 'stop' || act === 'SIGTERM');
    const deeds = this.#left.splice(0, last === -1 ? this.#left.length : last + 1);
    const arms = deeds.map(({ act, point, occurrence }) => ({
      point,
      occurrence,
      act: act === 'kill' || act === 'stop' ? act : ('hold' as const),
    }));
    const armed: Armed = { worker: this.#run.warmWorker(), deeds, isFrozen: false, isToEnd: false };
    // In the team before it works: it may come to a point while it still says that it is ready.
    this.#team.push(armed);
    const begun = armed.worker.begin(this.#run.orders(arms, { frozenTransactionMs: 2_000 }));
    // Killed or frozen at once it never says so; one that ends by itself is noticed below.
    begun.catch(() => undefined);
    await Promise.race([begun, armed.worker.exit, this.#run.untilReached(({ pid, act }) => pid === armed.worker.pid && act !== null)]);
  }

  async #look(ms: number): Promise<void> {
    const journal = this.#run.journal;
    const reached = journal.slice(this.#seen).filter(({ act }) => act !== null);
    this.#seen = journal.length;
    for (const point of reached) await this.#perform(point);
    if (this.#plan.killAfterMs !== null && !this.#hasStruck && ms > this.#plan.killAfterMs) this.#strike();
    // A server that came back meanwhile took seconds, in which an order to die may have been obeyed: the next look performs it.
    const obeyed = new Set(this.#run.journal.filter(({ act }) => act === 'kill').map(({ pid }) => pid));
    for (const { worker } of this.#team.filter(({ worker: { hasEnded, pid }, isToEnd }) => hasEnded && !isToEnd && !obeyed.has(pid))) {
      this.#complaints.push(`The worker ${String(worker.pid)} ended by itself:\n${worker.output.slice(-2_000)}`);
      this.#team.splice(
        this.#team.findIndex((armed) => armed.worker === worker),
        1,
      );
    }
    const working = this.#team.filter(({ worker, isFrozen, isToEnd }) => !worker.hasEnded && !isFrozen && !isToEnd).length;
    if (working < this.#plan.workers) await this.#addWorker();
  }

  #strike(): void {
    const victim = this.#team.find(({ worker, isFrozen }) => !worker.hasEnded && !isFrozen);
    if (victim === undefined) return;
    this.#hasStruck = true;
    victim.isToEnd = true;
    victim.worker.signal('SIGKILL');
    // What it had not come to yet is the next one's.
    this.#left.unshift(...victim.deeds);
    victim.deeds = [];
    this.#done.push('kill');
  }

  async #perform(reached: Reached): Promise<void> {
    const armed = this.#team.find(({ worker }) => worker.pid === reached.pid);
    const index = armed?.deeds.findIndex(({ point, occurrence }) => point === reached.point && occurrence === reached.occurrence) ?? -1;
    const [deed] = index === -1 ? [] : (armed?.deeds.splice(index, 1) ?? []);
    if (armed === undefined || deed === undefined) return;
    const { worker } = armed;
    this.#done.push(deed.act);
    switch (deed.act) {
      case 'kill':
        armed.isToEnd = true;
        break;
      case 'stop':
        armed.isFrozen = true;
        this.#thaws.push(this.#thaw(armed, deed.afterMs));
        break;
      case 'SIGTERM':
        armed.isToEnd = true;
        worker.signal('SIGTERM');
        worker.release();
        break;
      case 'cancel':
        await this.#cancel(deed, worker);
        break;
      default:
        await this.#own.kill(deed.act);
        if (deed.goesOn) release(worker);
        await sleep(deed.afterMs);
        await this.#own.restart(deed.act);
        release(worker);
    }
  }

  /** Past its heartbeat timeout in any case. */
  async #thaw(armed: Armed, afterMs: number): Promise<void> {
    await sleep(4_000 + afterMs);
    armed.worker.signal('SIGCONT');
    armed.isFrozen = false;
  }

  async #cancel({ goesOn }: Deed, worker: WorkerProcess): Promise<void> {
    const { database, seeded, taskQueue } = this.#run;
    const { connection } = this.#client;
    const context: Context = {
      database,
      workspaceId,
      taskQueue,
      temporal: () => Promise.resolve({ client: this.#client, connection, close: () => Promise.resolve() } as never),
      makeId: () => {
        throw new Error('a cancel makes no ids');
      },
    };
    try {
      if (goesOn) release(worker);
      // One that was rejected or had expired is closed too, and cancelDream answers what it is.
      const { dream } = await cancelDream(context, seeded.dreamId, 'the soak');
      this.#canceled = dream.open_dreams.outcome === 'canceled';
    } catch (error) {
      // Too late is an answer.
      if (!isDreamsError(error) || error.code !== 'dream_closed') throw error;
    } finally {
      release(worker);
    }
  }

  /** Everybody wakes up, finishes and goes; who writes late has written now. */
  async #dismiss(): Promise<void> {
    await Promise.all(this.#thaws);
    const living = this.#team.filter(({ worker }) => !worker.hasEnded);
    for (const { worker } of living) {
      release(worker);
      worker.signal('SIGTERM');
    }
    const late = sleep(stopsWithinMs, 'late' as const, { ref: false });
    for (const { worker } of living) {
      const exit = await Promise.race([worker.exit, late]);
      if (exit === 'late' || exit.code !== 0)
        this.#complaints.push(
          `The worker ${String(worker.pid)} ended ${exit === 'late' ? 'not at all' : `with ${String(exit.code ?? exit.signal)}`} when it was told to stop:\n${worker.output.slice(-2_000)}`,
        );
    }
  }
}

function release(worker: WorkerProcess): void {
  if (!worker.hasEnded) worker.release();
}
