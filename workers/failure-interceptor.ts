import type { Context } from '@temporalio/activity';
import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
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
        const { code, retryable, retryAfterMs, detail } = isStopped ? stopped : classify(error);
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

function classify(error: unknown): Classified {
  if (isDreamsError(error)) return { code: error.code, retryable: error.code === 'database_unreachable', detail: '' };
  if (error instanceof EngineError)
    return {
      code: error.retryable ? 'engine_failed' : 'engine_refused',
      retryable: error.retryable,
      retryAfterMs: error.retryAfterMs,
      detail: '',
    };
  return { code: 'internal_error', retryable: true, detail: driverCode(error) };
}

/** SQLSTATE or a system error's name, found below the wrappers that drizzle puts around it. */
function driverCode(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code;
  }
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'unknown';
}
