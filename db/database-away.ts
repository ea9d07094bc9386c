/** What the driver's and the system's codes say of a failure: whether the database failed, or the work. */

/** Lost and refused connections; SQLSTATE class 08; 57P01 to 57P03, a server that stops or starts; class 53, one that is full. */
const gone =
  /^(?:E(?:CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN)|CONNECT(?:ION)?_\w+|08\w{3}|53\w{3}|57P0\d)$/;
/** A transaction that met another one (class 40), waited too long for a lock (55P03), or stood still too long (25P03). */
const inTheWay = /^(?:40\w{3}|55P03|25P03)$/;

/** Whether nobody would be served now. */
export function isDatabaseGone(error: unknown): boolean {
  return gone.test(driverCode(error));
}

/** Whether trying again may help for the sole reason that the database was gone, or busy with somebody else. */
export function isDatabaseAway(error: unknown): boolean {
  return isDatabaseGone(error) || inTheWay.test(driverCode(error));
}

/** SQLSTATE or a system error's name, found below the wrappers that drizzle puts around it; never a message. */
export function driverCode(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code;
  }
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'unknown';
}
