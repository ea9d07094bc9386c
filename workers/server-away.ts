/** Which of a loop's errors say that a server is away: for the next dream it would be away too. */
import { isDatabaseGone } from '../db/database-away.ts';
import { grpc, hasGrpcCode } from './grpc-code.ts';

/** Whether it was a server that gave no answer, Temporal's or PostgreSQL, whatever was asked. */
export function isServerAway(error: unknown): boolean {
  if (isDatabaseGone(error)) return true;
  return some(error, (cause) => hasGrpcCode(cause, grpc.deadlineExceeded, grpc.unavailable));
}

/** Whether Temporal's server gave no answer in time. Where a run was asked, the server may be there and the run's worker not. */
export function isTooLate(error: unknown): boolean {
  return some(error, (cause) => hasGrpcCode(cause, grpc.deadlineExceeded));
}

/** The clients of both servers wrap what they were told. */
function some(error: unknown, is: (cause: Error) => boolean): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) if (is(cause)) return true;
  return false;
}
