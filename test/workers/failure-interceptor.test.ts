/** When a step gives up: never for what is away, after a number of attempts for what fails by itself. */
import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../config/log.ts';
import { DreamsError } from '../../domain/errors.ts';
import { EngineError } from '../../engines/engine.ts';
import { failureInterceptor } from '../../workers/failure-interceptor.ts';

async function failureOf(error: unknown, attempt: number): Promise<ApplicationFailure> {
  const context = {
    info: { activityType: 'commitDream', attempt },
    cancellationSignal: new AbortController().signal,
  } as unknown as Context;
  const { execute } = failureInterceptor(context, createLog('silent'));
  try {
    await execute?.({ args: [{ dreamId: 'drm_1' }], headers: {} }, () => Promise.reject(error as Error));
  } catch (failure) {
    if (failure instanceof ApplicationFailure) return failure;
  }
  throw new Error('no failure came out');
}

const withCode = (code: string) => Object.assign(new Error('said in confidence'), { code });
/** As drizzle throws it. */
const wrapped = (code: string) => new Error('Failed query: insert into facts', { cause: withCode(code) });

describe('a step that fails', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'CONNECT_TIMEOUT',
    'CONNECTION_CLOSED',
    '57P01',
    '57P03',
    '08006',
    '53300',
    '40P01',
    '55P03',
    '25P03',
  ])('is tried again for as long as the database is away or busy (%s)', async (code) => {
    for (const attempt of [1, 20, 5_000])
      expect(await failureOf(wrapped(code), attempt)).toMatchObject({ type: 'database_away', nonRetryable: false });
  });

  it.each([wrapped('23505'), withCode('ENOENT'), new TypeError('x is not a function')])(
    'for a reason that nobody foresaw gives up after twenty attempts',
    async (error) => {
      expect(await failureOf(error, 19)).toMatchObject({ type: 'internal_error', nonRetryable: false });
      expect(await failureOf(error, 20)).toMatchObject({ type: 'internal_error', nonRetryable: true });
    },
  );

  it('because its engine fails asks it for hours, unless that refuses', async () => {
    const failing = new EngineError('overloaded', { retryable: true });
    expect(await failureOf(failing, 99)).toMatchObject({ type: 'engine_failed', nonRetryable: false });
    expect(await failureOf(failing, 100)).toMatchObject({ type: 'engine_failed', nonRetryable: true });
    expect(await failureOf(new EngineError('refused', { retryable: false }), 1)).toMatchObject({ nonRetryable: true });
  });

  it('says a fixed sentence and no word of the error', async () => {
    const { message, stack, cause } = await failureOf(wrapped('57P01'), 3);
    expect(message).toBe('The database was away or busy; the step is tried again until it is back. (step commitDream, dream drm_1, 57P01)');
    expect([stack, cause]).toEqual(['', undefined]);
    expect((await failureOf(new DreamsError('dream_closed', 'The dream drm_1 has ended.'), 1)).nonRetryable).toBe(true);
  });
});
