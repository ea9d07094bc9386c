import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { readDraftState } from '../../client/draft-state.ts';
import type { Database } from '../../db/database.ts';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import { readChanges } from '../../db/drafts.ts';
import type { DecisionRequest } from '../../domain/decision.ts';
import { decideUpdate } from '../../workflows/messages.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { workspaceId } from '../support/seeds.ts';
import type { Seeded, Servers } from './databases.ts';
import { copyDatabase, dropDatabase, setWorkflowId, withDatabase } from './databases.ts';
import { readJournal } from './journal.ts';
import type { Arm, Orders, Reached } from './orders.ts';
import type { Rows } from './rows.ts';
import { replayExecutions } from './replay-executions.ts';
import { readRows } from './rows.ts';
import { WorkerProcess } from './worker-process.ts';

/** A dream takes some 3 s, a kill some 3 s more; this is for a machine that is busy with other things. */
const withinMs = 240_000;

/** Sets the source in PostgreSQL apart from the test's own connections. */
export const workerSource = 'crash-worker';

/** What a test may want otherwise. */
export interface OtherOrders extends Partial<Pick<Orders, 'tuning' | 'bundlePath' | 'forgetful' | 'endless'>> {
  /** PostgreSQL ends a transaction of this worker that stands still for so long. */
  frozenTransactionMs?: number;
}

/** One dream in a database of its own: starts it, plays its reviewer, gives it workers, and looks at what it left. */
export class DreamRun {
  readonly seeded: Seeded;
  readonly servers: Servers;
  readonly client: Client;
  readonly databaseName: string;
  readonly taskQueue: string;
  readonly workflowId: string;
  readonly database: Database;
  readonly #folder = mkdtempSync(join(tmpdir(), 'open-dreams-crash-run-'));
  readonly #workers: WorkerProcess[] = [];
  /** While it is false the reviewer keeps silent. */
  reviewing = true;
  #number = 0;
  #request: DecisionRequest | null | undefined;

  private constructor(client: Client, servers: Servers, seeded: Seeded, databaseName: string, taskQueue = databaseName) {
    this.client = client;
    this.servers = servers;
    this.seeded = seeded;
    this.databaseName = databaseName;
    this.taskQueue = taskQueue;
    this.workflowId = `${seeded.dreamId}-${databaseName}`;
    this.database = openDatabase(withDatabase(servers.databaseUrl, databaseName), { max: 2 });
  }

  static async open(client: Client, servers: Servers, seeded: Seeded): Promise<DreamRun> {
    const run = new DreamRun(client, servers, seeded, await copyDatabase(servers, seeded.template));
    await setWorkflowId(run.adminUrl, seeded.dreamId, run.workflowId);
    return run;
  }

  /** Another dream of the same database, with workers of its own; to be closed before the first. */
  async beside(seeded: Seeded): Promise<DreamRun> {
    const run = new DreamRun(this.client, this.servers, seeded, this.databaseName, `${this.taskQueue}_beside`);
    await setWorkflowId(run.adminUrl, seeded.dreamId, run.workflowId);
    return run;
  }

  get adminUrl(): string {
    return withDatabase(this.servers.databaseAdminUrl, this.databaseName);
  }

  get journal(): Reached[] {
    return readJournal(join(this.#folder, 'journal.jsonl'));
  }

  get handle(): WorkflowHandle {
    return this.client.workflow.getHandle(this.workflowId);
  }

  /** A process that loads its code already; `begin` gives it the orders of this run. */
  warmWorker(): WorkerProcess {
    const worker = new WorkerProcess(this.servers.workerPath);
    this.#workers.push(worker);
    return worker;
  }

  orders(arms: readonly Arm[] = [], others: OtherOrders = {}): Orders {
    const databaseUrl = new URL(withDatabase(this.servers.databaseUrl, this.databaseName));
    databaseUrl.searchParams.set('application_name', workerSource);
    if (others.frozenTransactionMs !== undefined)
      databaseUrl.searchParams.set('idle_in_transaction_session_timeout', String(others.frozenTransactionMs));
    return {
      databaseUrl: databaseUrl.href,
      temporalAddress: this.servers.temporalAddress,
      taskQueue: this.taskQueue,
      bundlePath: this.servers.bundlePath,
      journal: join(this.#folder, 'journal.jsonl'),
      arms,
      // A dead worker's sticky queue keeps the next workflow task for this long; the default is ten times as much.
      tuning: { stickyQueueScheduleToStartTimeout: '1 second', ...others.tuning },
      ...(others.bundlePath === undefined ? {} : { bundlePath: others.bundlePath }),
      ...(others.endless === undefined ? {} : { endless: others.endless }),
      ...(others.forgetful === undefined ? {} : { forgetful: others.forgetful }),
    };
  }

  /** Starts the workflow as the product does, but with a short patience for a worker that dies in a workflow task. */
  async start(): Promise<void> {
    const { dreamId, storeId } = this.seeded;
    const { args, ...options } = startDreamOptions({
      workspaceId,
      dreamId,
      workflowId: this.workflowId,
      storeId,
      sessions: 5,
      trigger: 'test',
      taskQueue: this.taskQueue,
    });
    await this.client.workflow.start('dream', { ...options, args: [...args], workflowTaskTimeout: '2 seconds' });
  }

  /** Until a worker has written down that it was there. */
  async untilReached(wanted: (reached: Reached) => boolean): Promise<Reached> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const reached = this.journal.find(wanted);
      if (reached !== undefined) return reached;
      if (Date.now() > deadline) throw new Error(`No worker came to the point that is waited for.\n${this.#story()}`);
      await sleep(20);
    }
  }

  /** Answers reviews until the run has ended; servers that are away for a while are asked again. */
  async untilEnded(patienceMs = withinMs): Promise<string> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        await this.#review();
        const { status } = await this.handle.describe();
        if (status.name !== 'RUNNING') return status.name;
        if (Date.now() > deadline) throw new Error(`The dream did not end within ${String(patienceMs / 1_000)} s.`);
      } catch (error) {
        if (Date.now() > deadline) throw new Error(this.#story(), { cause: error });
      }
      await sleep(40);
    }
  }

  /** Decides once about every draft that waits. */
  async #review(): Promise<void> {
    const { scenario, dreamId, storeId } = this.seeded;
    if (scenario.review === undefined || !this.reviewing) return;
    const { database } = this;
    const waiting = await withWorkspace(database, workspaceId, async (tx) => {
      const { waiting, drafts } = await readDraftState(tx, dreamId);
      if (waiting === undefined) return undefined;
      const { id, digest } = waiting.draft;
      const number = drafts.filter((draft) => draft.reviewEndsAt !== null).length;
      return { draftId: id, digest, number, changeIds: (await readChanges(tx, id)).map((change) => change.id) };
    });
    if (waiting === undefined) return;
    const isNew = waiting.number > this.#number;
    const request = isNew ? await scenario.review({ database, storeId, ...waiting }) : this.#request;
    this.#number = waiting.number;
    this.#request = request;
    if (request === null || request === undefined) return;
    // The update's id names the decision, so that asking again is no second one.
    await this.client.withDeadline(Date.now() + 5_000, () =>
      this.handle.executeUpdate(decideUpdate, { args: [request], updateId: `decide ${waiting.draftId}` }),
    );
  }

  async rows(): Promise<Rows> {
    return await readRows(this.adminUrl, this.seeded.dreamId);
  }

  #story(): string {
    const reached = this.journal.map(({ pid, point, attempt, act }) => `${String(pid)} ${point} attempt ${String(attempt)} ${act ?? ''}`);
    return [...reached.slice(-20), ...this.#workers.map((worker) => `--- ${String(worker.pid)}\n${worker.output}`)].join('\n');
  }

  /** Ends its workers, and replays what they did. */
  async close(): Promise<void> {
    try {
      for (const worker of this.#workers) await worker.end();
      await replayExecutions(this.client, this.servers, this.workflowId);
    } finally {
      await this.database.close();
      if (this.taskQueue === this.databaseName) await dropDatabase(this.servers, this.databaseName);
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}
