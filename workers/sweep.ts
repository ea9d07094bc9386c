import type { Client } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import type { Dependencies } from '../activities/dependencies.ts';
import type { Log } from '../config/log.ts';
import { dreamsUnderWay } from '../db/under-way.ts';
import { isDreamsError } from '../domain/errors.ts';
import { pause } from './pause.ts';
import type { Did } from './sweep-dream.ts';
import { sweepDream } from './sweep-dream.ts';

export interface Sweep extends Pick<Dependencies, 'database' | 'reach'> {
  client: Client;
  /** Where the runs that it starts are worked on. */
  taskQueue: string;
  log: Log;
  patience: Patience;
}

export interface Patience {
  /** A caller that inserted the row starts the run within milliseconds, and a run that was told of its end closes as fast. */
  olderThanSeconds: number;
  /** How long a running dream whose run nobody knows must have been silent: longer than a pack may take. */
  lostAfterSeconds: number;
}

const everyMs = 15_000;
const patience: Patience = { olderThanSeconds: 10, lostAfterSeconds: 600 };

/**
 * Until the signal: dreams whose row and run have parted are brought together. Rows without a run get one, rows of runs that
 * were terminated say so, and rows of runs that were reset are open again.
 */
export async function sweepDreams(settings: Omit<Sweep, 'patience'> & { signal: AbortSignal }): Promise<void> {
  const { signal, log } = settings;
  while (!signal.aborted) {
    await pause(everyMs, signal);
    if (signal.aborted) return;
    try {
      await sweepOnce({ ...settings, patience });
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'sweep failed and will try again');
    }
  }
}

export interface Swept {
  dreamId: string;
  did: Did;
}

/** One pass; answers what it did. What one dream meets keeps no other one waiting. */
export async function sweepOnce(sweep: Sweep): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (const dream of await dreamsUnderWay(sweep.database, sweep.patience.olderThanSeconds)) {
    const dreamId = dream.id;
    try {
      const did = await sweepDream(sweep, dream);
      if (did === null) continue;
      sweep.log.info({ dreamId, did }, 'sweep brought a dream and its run together');
      swept.push({ dreamId, did });
    } catch (error) {
      if (isServerAway(error)) throw error;
      sweep.log.warn({ dreamId, code: codeOf(error) }, 'sweep could not bring a dream and its run together and will try again');
    }
  }
  return swept;
}

/** gRPC's number for a server that cannot be reached. */
const unavailable = 14;

/** Without a server nothing can be done for the next dream either. */
function isServerAway(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) && (cause.code as number) === unavailable;
}

/** A code or the error's name, never its message, which may hold what a statement held. */
function codeOf(error: unknown): unknown {
  if (isDreamsError(error)) return error.code;
  return (error as { code?: unknown }).code ?? (error as Error).name;
}
