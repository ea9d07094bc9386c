/** The one place where a failure becomes words and an exit code. */
import { CommanderError } from 'commander';
import { isDreamsError } from '../../domain/errors.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { Interrupted } from './interrupts.ts';
import type { Terminal } from './terminal.ts';
import { style } from './terminal.ts';

interface ErrorWords {
  code: string;
  message: string;
  hint?: string | undefined;
}

/** `debug` shows where an error that nobody foresaw comes from, although its message may quote what it was given. */
export function reportError(error: unknown, terminal: Terminal, asJson: boolean, debug = false): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  // Nothing but the command's name was given: its help has been written to stderr, and is all that is to be said.
  if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.usage;
  const { words, exitCode } = describe(error);
  if (debug && words.code === 'internal_error' && error instanceof Error) terminal.progress(error.stack ?? error.message);
  if (asJson) terminal.errorJson({ error: words });
  else {
    terminal.progress(`${style('red', 'error:')} ${words.message}`);
    if (words.hint !== undefined) terminal.progress(`hint: ${words.hint}`);
  }
  return exitCode;
}

function describe(error: unknown): { words: ErrorWords; exitCode: number } {
  if (isDreamsError(error))
    return { words: { code: error.code, message: error.message, hint: error.hint }, exitCode: exitCodeOf[error.code] };
  if (error instanceof CommanderError) {
    const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
    const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.?!]$/.test(first) ? '' : '.'}`;
    return {
      words: {
        code: 'usage',
        message: sentence,
        hint:
          rest
            .join(' ')
            .trim()
            .replace(/^\((.*)\)$/, '$1') || 'Add --help to see what the command takes.',
      },
      exitCode: exitCodes.usage,
    };
  }
  // The message of a driver may quote what it was given, texts included; its name and code do not.
  const { name, code, cause } =
    error instanceof Error
      ? (error as Error & { code?: unknown; cause?: { code?: unknown } })
      : { name: typeof error, code: undefined, cause: undefined };
  const number = code ?? cause?.code;
  const what = typeof number === 'string' ? `${name}, ${number}` : name;
  return {
    words: {
      code: 'internal_error',
      message: `Something failed that should not have (${what}).`,
      hint: 'Set OPEN_DREAMS_LOG_LEVEL=debug and try again to see where.',
    },
    exitCode: exitCodes.failed,
  };
}
