/** Which of a loop's errors say that a server is away: for the next dream it would be away too. */
import { isGrpcServiceError } from '@temporalio/client';

const grpc = { deadlineExceeded: 4, unavailable: 14 };

/** The driver's and the system's words, and SQLSTATE: class 08 is the connection, 57P01 to 57P03 a server that stops or starts, 53300 one that is full. */
const databaseAway =
  /^(08\w{3}|57P0[123]|53300|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Whether it was a server that gave no answer, Temporal's or PostgreSQL, whatever was asked. */
export function isServerAway(error: unknown): boolean {
  return some(error, (cause) => {
    if (isGrpcServiceError(cause)) return Object.values(grpc).includes(cause.code as number);
    const { code } = cause as { code?: unknown };
    return typeof code === 'string' && databaseAway.test(code);
  });
}

/** Whether Temporal's server gave no answer in time. Where a run was asked, the server may be there and the run's worker not. */
export function isTooLate(error: unknown): boolean {
  return some(error, (cause) => isGrpcServiceError(cause) && (cause.code as number) === grpc.deadlineExceeded);
}

/** The clients of both servers wrap what they were told. */
function some(error: unknown, is: (cause: Error) => boolean): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) if (is(cause)) return true;
  return false;
}
