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
