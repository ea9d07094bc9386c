import type { Client } from '@temporalio/client';
import type { Dependencies } from '../activities/dependencies.ts';
import type { Log } from '../config/log.ts';
import type { UnderWay } from '../db/under-way.ts';
import { dreamsUnderWay } from '../db/under-way.ts';
import { Backoff } from './backoff.ts';
import { codeOf } from './code-of.ts';
import { pause } from '../activities/pause.ts';
import { isServerAway } from './server-away.ts';
import type { Did } from './sweep-dream.ts';
import { sweepDream } from './sweep-dream.ts';

export interface SweepSettings extends Pick<Dependencies, 'database' | 'reach'> {
  client: Client;
  /** Where the runs that it starts are worked on. */
  taskQueue: string;
  log: Log;
  patience: Patience;
}

export interface Sweep extends SweepSettings {
  /** Runs that were told of their end or decision: one whose workers are away goes on for days, and each signal makes its history longer. */
  told: Backoff;
}

export interface Patience {
  /** A caller that inserted the row starts the run within milliseconds, and a run that was told of its end closes as fast. */
  olderThanSeconds: number;
  /** How long a running dream whose run nobody knows must have been silent: longer than a pack may take. */
  lostAfterSeconds: number;
}

const everyMs = 15_000;
const patience: Patience = { olderThanSeconds: 10, lostAfterSeconds: 600 };
/** A look at a dream takes milliseconds, and those that wait for a review by the thousand must not keep one waiting that waits for its start. */
const pageSize = 1_000;

/**
 * Until the signal: dreams whose row and run have parted are brought together. Rows without a run get one, rows of runs that
 * were terminated say so, and rows of runs that were reset are open again.
 */
export async function sweepDreams({ signal, ...settings }: Omit<SweepSettings, 'patience'> & { signal: AbortSignal }): Promise<void> {
  const sweeper = new Sweeper({ ...settings, patience });
  while (!signal.aborted) {
    await pause(everyMs, signal);
    if (signal.aborted) return;
    try {
      await sweeper.pass(signal);
    } catch (error) {
      settings.log.warn({ code: codeOf(error) }, 'sweep failed and will try again');
    }
  }
}

export interface Swept {
  dreamId: string;
  did: Did;
}

/** One pass of a sweep that remembers nothing; answers what it did. */
export async function sweepOnce(settings: SweepSettings): Promise<Swept[]> {
  return await new Sweeper(settings).pass();
}

export class Sweeper {
  readonly #sweep: Sweep;
  readonly #pageSize: number;
  /** Behind which dream the next pass goes on; null for the first one. */
  readonly #after: Record<'pending' | 'others', string | null> = { pending: null, others: null };

  constructor(settings: SweepSettings, atMost = pageSize) {
    this.#sweep = { ...settings, told: new Backoff({ firstMs: 15_000, mostMs: 3_600_000 }) };
    this.#pageSize = atMost;
  }

  /**
   * Pending dreams and others, a page of each: the next pass goes on behind it, so that each dream gets its turn however many there
   * are. What one dream meets keeps no other one waiting: a pass that ends because a server is away goes on behind that dream.
   */
  async pass(signal?: AbortSignal): Promise<Swept[]> {
    const swept: Swept[] = [];
    for (const which of ['pending', 'others'] as const) {
      const after = this.#after[which];
      const {
        database,
        patience: { olderThanSeconds },
      } = this.#sweep;
      const page = await dreamsUnderWay(database, { which, olderThanSeconds, after, atMost: this.#pageSize });
      for (const dream of page) {
        if (signal?.aborted === true) return swept;
        this.#after[which] = dream.key;
        const did = await this.#look(dream);
        if (did !== null) swept.push({ dreamId: dream.id, did });
      }
      if (page.length < this.#pageSize) this.#after[which] = null;
    }
    return swept;
  }

  async #look(dream: UnderWay): Promise<Did | null> {
    const { log } = this.#sweep;
    const dreamId = dream.id;
    try {
      const did = await sweepDream(this.#sweep, dream);
      if (did !== null) log.info({ dreamId, did }, 'sweep brought a dream and its run together');
      return did;
    } catch (error) {
      if (isServerAway(error)) throw error;
      log.warn({ dreamId, code: codeOf(error) }, 'sweep could not bring a dream and its run together and will try again');
      return null;
    }
  }
}
