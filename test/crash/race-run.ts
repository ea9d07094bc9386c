import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import postgres from 'postgres';
import type { FaultPoint } from '../../activities/effect.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { workspaceId } from '../support/seeds.ts';
import type { Seeded, Servers } from './databases.ts';
import { DreamRun } from './dream-run.ts';
import type { Arm } from './orders.ts';
import type { Race } from './race-scenario.ts';
import { editIn } from './race-scenario.ts';
import type { Rows } from './rows.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Who is first: one after the other, the other while the first has everything written and nothing committed, or both at once. */
export type Meeting = 'one after the other' | 'while the first one commits' | 'at once';

/** Somebody who is about to write to the store, and stands still until he may. */
interface Writer {
  /** Begins; answers when he has everything written and holds his locks, if he can stand still there. */
  intoCommit(): Promise<void>;
  /** Writes, or finishes what `intoCommit` began. */
  finish(): Promise<void>;
}

const beforeCommit = 'commitDream.commit:before';
const uncommitted = 'commitDream.commit:uncommitted';

const arms: readonly Arm[] = (['checkDraft.check:after', beforeCommit, uncommitted] as const).map((point) => ({
  point,
  occurrence: 1,
  act: 'hold',
}));

/** A dream whose worker stands still before its commit. The timeouts are the product's: nothing dies here. */
class DreamWriter implements Writer {
  readonly run: DreamRun;
  readonly #worker: WorkerProcess;
  #ended: Promise<string> | undefined;

  constructor(run: DreamRun) {
    this.run = run;
    this.#worker = run.warmWorker();
  }

  async untilDrafted(bundlePath: string): Promise<void> {
    await this.#worker.begin(this.run.orders(arms, { bundlePath }));
    this.#ended = this.run.untilEnded();
    // Looked at in `finish`; a failure before that is not unhandled.
    this.#ended.catch(() => undefined);
    await this.#heldAt('checkDraft.check:after');
  }

  async beforeCommit(): Promise<void> {
    this.#worker.release();
    await this.#heldAt(beforeCommit);
  }

  async intoCommit(): Promise<void> {
    this.#worker.release();
    await this.#heldAt(uncommitted);
  }

  async finish(): Promise<void> {
    // From wherever it stands still, and where it will.
    const letting = setInterval(() => this.#worker.release(), 20);
    try {
      const status = await this.#ended;
      if (status === 'COMPLETED') return;
      // Without a review, who comes second to the same memory gives way: in either order too.
      const { error } = await withWorkspace(this.run.database, workspaceId, (tx) => requireDream(tx, this.run.seeded.dreamId));
      if (error?.message.includes('changed both by the dream and by others') !== true)
        throw new Error(`The run of ${this.run.workflowId} is ${String(status)}: ${error?.message ?? 'its row has no error'}`);
    } finally {
      clearInterval(letting);
    }
  }

  async #heldAt(point: FaultPoint): Promise<void> {
    await this.run.untilReached((reached) => reached.point === point && reached.act === 'hold');
  }
}

/** Plays two writers against each other, in this order where there is one. */
async function meet(first: Writer, second: Writer, meeting: Meeting, adminUrl: string): Promise<void> {
  if (meeting === 'at once') {
    await Promise.all([first.finish(), second.finish()]);
  } else if (meeting === 'one after the other') {
    await first.finish();
    await second.finish();
  } else {
    await first.intoCommit();
    const waiting = await countWaiting(adminUrl);
    const other = second.finish();
    other.catch(() => undefined);
    await untilMoreWait(adminUrl, waiting);
    await first.finish();
    await other;
  }
}

/** Sessions of this database that wait for a lock of another one. */
async function countWaiting(adminUrl: string): Promise<number> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await admin<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`;
    return row?.count ?? 0;
  } finally {
    await admin.end();
  }
}

async function untilMoreWait(adminUrl: string, than: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await countWaiting(adminUrl)) <= than) {
    if (Date.now() > deadline) throw new Error('Nobody waits for the lock of the one who commits.');
    await sleep(20);
  }
}

export interface RaceSetting {
  client: Client;
  servers: Servers;
  /** The product's bundle, with its timeouts. */
  bundlePath: string;
  /** Whether the second one goes first. */
  reversed: boolean;
  meeting: Meeting;
}

/** Two dreams over one alias come to their commits. */
export async function raceDreams({ client, servers, bundlePath, reversed, meeting }: RaceSetting, pair: [Seeded, Seeded]): Promise<Rows> {
  const run = await DreamRun.open(client, servers, pair[0]);
  const beside = await run.beside(pair[1]);
  try {
    const [a, b] = [new DreamWriter(run), new DreamWriter(beside)];
    // Both at first: the sweep of one's worker would start the other, there.
    await run.start();
    await beside.start();
    // One after the other up to here, so that the same one asks the engine first in every run.
    await a.untilDrafted(bundlePath);
    await b.untilDrafted(bundlePath);
    await Promise.all([a.beforeCommit(), b.beforeCommit()]);
    await (reversed ? meet(b, a, meeting, run.adminUrl) : meet(a, b, meeting, run.adminUrl));
    return await run.rows();
  } finally {
    await beside.close();
    await run.close();
  }
}

/** A dream comes to its commit while somebody edits the store that it updates. */
export async function raceWithEdit(
  { client, servers, bundlePath, reversed, meeting }: RaceSetting,
  seeded: Seeded,
  race: Race,
): Promise<Rows> {
  const run = await DreamRun.open(client, servers, seeded);
  try {
    const dream = new DreamWriter(run);
    await run.start();
    await dream.untilDrafted(bundlePath);
    await dream.beforeCommit();
    const editor = new Editor(run, race);
    await (reversed ? meet(editor, dream, meeting, run.adminUrl) : meet(dream, editor, meeting, run.adminUrl));
    return await run.rows();
  } finally {
    await run.close();
  }
}

/** Holds his edit back in the queue for the store's lock: whoever comes later waits behind him. */
class Editor implements Writer {
  readonly #run: DreamRun;
  readonly #race: Race;
  #edit: Promise<void> | undefined;
  #letGo: () => void = () => undefined;
  #holding: Promise<void> | undefined;

  constructor(run: DreamRun, race: Race) {
    this.#run = run;
    this.#race = race;
  }

  async intoCommit(): Promise<void> {
    const { adminUrl, seeded } = this.#run;
    const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
    const mayGo = new Promise<void>((resolve) => (this.#letGo = resolve));
    await new Promise<void>((resolve, reject) => {
      const hold = async () => {
        await admin.begin(async (tx) => {
          await tx`select 1 from memory_stores where id = ${seeded.storeId} for update`;
          resolve();
          await mayGo;
        });
        await admin.end();
      };
      this.#holding = hold();
      this.#holding.catch(reject);
    });
    this.#edit = this.#write();
    this.#edit.catch(() => undefined);
    await untilMoreWait(adminUrl, 0);
  }

  async finish(): Promise<void> {
    this.#letGo();
    await this.#holding;
    await (this.#edit ?? this.#write());
  }

  async #write(): Promise<void> {
    await editIn(this.#race, this.#run.database, this.#run.seeded.storeId);
  }
}
