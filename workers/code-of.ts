import { driverCode } from '../db/database-away.ts';
import { isDreamsError } from '../domain/errors.ts';

/** What a log says of an error: our code, the driver's or the error's name; never its message, which may hold what a statement held. */
export function codeOf(error: unknown): string {
  return isDreamsError(error) ? error.code : driverCode(error);
}
