/** Logs as JSON lines on stderr: the name of an event and its fields, never a text that somebody wrote. */
import { pino } from 'pino';
import type { Logger } from 'pino';
import type { LogLevel } from './environment.ts';

export type Log = Logger;

export function createLog(level: LogLevel): Log {
  return pino(
    { level, base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}

type TemporalLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Temporal's own lines in the same form. An error in them keeps its name only: its message may hold a text. */
export function temporalLogger(log: Log) {
  const child = log.child({ from: 'temporal' });
  const write = (level: TemporalLevel, message: string, meta: Record<string | symbol, unknown> = {}): void => {
    const { error, ...fields } = meta;
    const name = error instanceof Error ? { error: error.name } : {};
    child[level.toLowerCase() as Lowercase<TemporalLevel>]({ ...plain(fields), ...name }, message);
  };
  return {
    log: write,
    trace: (message: string, meta?: Record<string | symbol, unknown>) => write('TRACE', message, meta),
    debug: (message: string, meta?: Record<string | symbol, unknown>) => write('DEBUG', message, meta),
    info: (message: string, meta?: Record<string | symbol, unknown>) => write('INFO', message, meta),
    warn: (message: string, meta?: Record<string | symbol, unknown>) => write('WARN', message, meta),
    error: (message: string, meta?: Record<string | symbol, unknown>) => write('ERROR', message, meta),
  };
}

/** Ids, counts and states; nested values are where texts could hide. */
function plain(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)));
}
