import { setImmediate } from 'node:timers/promises';
import { Context } from '@temporalio/activity';

/** Half of the shortest heartbeat timeout would do; often enough that a cancel arrives at once. */
const heartbeatEveryMs = 1_000;

/**
 * Keeps the activity's heart beating while `work` runs, so that a dead worker is noticed and a cancel arrives; `work` gets
 * the signal of that cancel.
 */
export async function withHeartbeat<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  context.heartbeat();
  const timer = setInterval(() => context.heartbeat(), heartbeatEveryMs);
  try {
    return await work(context.cancellationSignal);
  } finally {
    clearInterval(timer);
  }
}

/** A step that is one transaction, and may have to wait for its locks. */
export function beating<A, R>(step: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  return async (argument) => await withHeartbeat(() => step(argument));
}

/** Lets the heart beat in the middle of a long computation, and ends it here when the dream was cancelled meanwhile. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Items between two breaths: a tenth of a second's work at most. */
const itemsABreath = 200;

/** As `map`, with breaths in between. */
export async function mapBreathing<T, U>(items: readonly T[], signal: AbortSignal, map: (item: T) => U): Promise<U[]> {
  const mapped: U[] = [];
  for (const [index, item] of items.entries()) {
    if (index % itemsABreath === 0) await breathe(signal);
    mapped.push(map(item));
  }
  return mapped;
}
