import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { DreamError, DreamOutcome } from '../domain/dream.ts';
import type { CancelRequest } from './messages.ts';

export interface DreamEnd {
  status: 'completed' | 'failed' | 'canceled';
  outcome: DreamOutcome;
  error: DreamError | null;
}

/** Error codes that the wire has a word of its own for; every other one is an internal error. */
const wireTypes: Record<string, DreamError['type']> = {
  store_not_found: 'input_memory_store_unavailable',
  store_too_large: 'input_memory_store_too_large',
  session_not_found: 'input_session_unavailable',
  verification_failed: 'verification_failed',
  engine_refused: 'model_error',
  engine_failed: 'model_error',
};

/** How the plan ran out, where nothing stopped it. */
export type PlannedEnd = 'committed' | 'rejected' | 'expired';

/** How the dream ended, from what came out of its steps. Failures are rebuilt from code and fixed sentence before they get here. */
export function endOf(planned: PlannedEnd | undefined, failure: unknown, cancelRequest: CancelRequest | undefined): DreamEnd {
  if (planned !== undefined) return { status: planned === 'committed' ? 'completed' : 'canceled', outcome: planned, error: null };
  if (cancelRequest !== undefined || isCancellation(failure)) return { status: 'canceled', outcome: 'canceled', error: null };
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  if (cause instanceof ApplicationFailure) {
    return {
      status: 'failed',
      outcome: 'failed',
      error: { type: wireTypes[cause.type ?? ''] ?? 'internal_error', message: cause.message },
    };
  }
  const timedOut = failure instanceof ActivityFailure;
  const message = timedOut
    ? `The step ${failure.activityType} did not finish in its time.`
    : "The dream failed for a reason that nobody foresaw; the worker's log has its name.";
  return { status: 'failed', outcome: 'failed', error: { type: timedOut ? 'timeout' : 'internal_error', message } };
}
