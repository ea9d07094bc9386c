import type { Context } from '@temporalio/activity';
import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { driverCode, isDatabaseAway } from '../db/database-away.ts';
import { isDreamsError } from '../domain/errors.ts';
import { EngineError } from '../engines/engine.ts';
import type { Log } from '../config/log.ts';
import { sentenceFor } from './failure-sentences.ts';

interface Ids {
  dreamId?: string;
  pack?: number;
}

/**
 * Rebuilds every failure of a step from a code, ids and a fixed sentence before it reaches Temporal or a log: drivers put
 * statements with their parameters into messages, and those hold what users said. No cause, no stack, no original message.
 */
export function failureInterceptor(context: Context, log: Log): ActivityInboundCallsInterceptor {
  return {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof CompleteAsyncError) throw error;
        const isStopped = wasStopped(context, error);
        if (error instanceof CancelledFailure && !isStopped) throw error;
        const { activityType: step, attempt } = context.info;
        const { dreamId, pack } = (input.args[0] ?? {}) as Ids;
        const { code, retryable, retryAfterMs, detail } = isStopped ? stopped : classify(error, attempt);
        log.warn({ step, dreamId, pack, attempt, code, detail }, 'step failed');
        const failure = ApplicationFailure.create({
          type: code,
          nonRetryable: !retryable,
          message: `${sentenceFor(code)} (step ${step}, dream ${dreamId ?? 'unknown'}${detail === '' ? '' : `, ${detail}`})`,
          ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
        });
        failure.stack = '';
        throw failure;
      }
    },
  };
}

/** The worker's grace was over, and the step heeded its signal: no cancel of the dream. */
function wasStopped(context: Context, error: unknown): boolean {
  const { reason } = context.cancellationSignal as { reason: unknown };
  return error instanceof CancelledFailure && reason instanceof CancelledFailure && reason.message === 'WORKER_SHUTDOWN';
}

const stopped: Classified = { code: 'worker_stopped', retryable: true, detail: '' };

interface Classified {
  code: string;
  retryable: boolean;
  retryAfterMs?: number | undefined;
  /** A name or an error code of the driver, never a message. */
  detail: string;
}

/**
 * Attempts of a step that fails for a reason that nobody foresaw, or whose engine goes on failing: minutes for the first, hours for
 * the second. What is away (a database, workers, the whole machine) may be away for longer than any of them.
 */
const lastAttempt = { unforeseen: 20, engine: 100 };

function classify(error: unknown, attempt: number): Classified {
  if (isDreamsError(error)) return { code: error.code, retryable: error.code === 'database_unreachable', detail: '' };
  if (error instanceof EngineError)
    return {
      code: error.retryable ? 'engine_failed' : 'engine_refused',
      retryable: error.retryable && attempt < lastAttempt.engine,
      retryAfterMs: error.retryAfterMs,
      detail: '',
    };
  if (isDatabaseAway(error)) return { code: 'database_away', retryable: true, detail: driverCode(error) };
  return { code: 'internal_error', retryable: attempt < lastAttempt.unforeseen, detail: driverCode(error) };
}
