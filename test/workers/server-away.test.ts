import { ServiceError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { isServerAway, isTooLate } from '../../workers/server-away.ts';

const grpcError = (code: number) => Object.assign(new Error('no answer'), { code, details: 'no answer', metadata: {} });
const coded = (code: string) => new Error('Failed query: select 1', { cause: Object.assign(new Error('no answer'), { code }) });

it.for([4, 14])('takes the code %i of gRPC for a server that is away, bare and as the client wraps it', (code) => {
  expect(isServerAway(grpcError(code))).toBe(true);
  expect(isServerAway(new ServiceError('Failed to describe', { cause: grpcError(code) }))).toBe(true);
  expect(isTooLate(new ServiceError('Failed to query', { cause: grpcError(code) }))).toBe(code === 4);
});

it.for(['ECONNREFUSED', 'ECONNRESET', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', '57P01', '57P03', '08006', '53300'])(
  'takes %s for a database that is away',
  (code) => {
    expect(isServerAway(coded(code))).toBe(true);
    expect(isTooLate(coded(code))).toBe(false);
  },
);

it.for(['23505', '55P03', '40P01', '25P03', '57014', 'ENOENT'])('takes %s for the trouble of one dream', (code) => {
  expect(isServerAway(coded(code))).toBe(false);
});

it.for([3, 5, 7, 9])('takes the code %i of gRPC for an answer', (code) => {
  expect(isServerAway(new ServiceError('Failed', { cause: grpcError(code) }))).toBe(false);
});

it('takes what is no error for none', () => {
  expect([isServerAway('UNAVAILABLE'), isServerAway(undefined), isServerAway(new TypeError('no'))]).toEqual([false, false, false]);
});
