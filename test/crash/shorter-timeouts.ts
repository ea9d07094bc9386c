/**
 * A workflow interceptor of the tests' bundle: a step whose worker died is tried again within seconds. What the product waits
 * for is chosen for real work; nothing in it can switch to these.
 */
import type { WorkflowInterceptors } from '@temporalio/workflow';

/** A live worker beats every second; on a busy machine sometimes later. */
const heartbeatMs = 3_000;
/** Of the steps without a heartbeat, whose death is noticed by nothing else. */
const silentMs = 3_000;
/** Long enough for the slowest step on a busy machine. */
const beatingMs = 30_000;

export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      scheduleActivity: (input, next) => {
        const { heartbeatTimeout, ...options } = input.options;
        const beats = heartbeatTimeout !== undefined;
        return next({
          ...input,
          options: {
            ...options,
            ...(beats ? { heartbeatTimeout: heartbeatMs } : {}),
            startToCloseTimeout: beats ? beatingMs : silentMs,
            retry: { ...options.retry, initialInterval: 100, maximumInterval: 1_000 },
          },
        });
      },
    },
  ],
});
