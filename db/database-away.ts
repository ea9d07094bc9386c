/**
 * What says that the database, not the work, failed: lost and refused connections (of the system and of the driver), a server that
 * stops, starts or has no connection or memory left, a transaction that waited too long, stood still too long, or met another one.
 * SQLSTATE classes 08, 40, 53, 57P and 55P03, 25P03.
 */
const away =
  /^(?:E(?:CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN)|CONNECT(?:ION)?_\w+|08\w{3}|40\w{3}|53\w{3}|57P0\d|55P03|25P03)$/;

/** Whether trying again may help for the sole reason that the database was away, busy or in somebody's way. */
export function isDatabaseAway(error: unknown): boolean {
  return away.test(driverCode(error));
}

/** SQLSTATE or a system error's name, found below the wrappers that drizzle puts around it; never a message. */
export function driverCode(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code;
  }
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'unknown';
}
