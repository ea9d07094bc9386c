/** Logs as JSON lines on stderr: the name of an event and its fields, never a text that somebody wrote. */
import { pino } from 'pino';
import type { Logger } from 'pino';
import type { LogLevel } from './environment.ts';

export type { Logger } from 'pino';

export function createLog(level: LogLevel): Logger {
  return pino({ level, base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}
