/** Ctrl-C and its relatives as an AbortSignal; the first one asks, the second one insists. */
import process from 'node:process';
import { exitCodes } from './exit-codes.ts';

export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(name: NodeJS.Signals) {
    super(`Interrupted by ${name}.`);
    this.name = 'Interrupted';
    this.exitCode = name === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
  }
}

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  /** For a command that ends in its own way; any other one is left where it stands. */
  take(): AbortSignal;
  /** Rejects when a signal comes that no command has taken. */
  untaken: Promise<never>;
  /** Called at every further signal. */
  onInsist(act: () => void): void;
  /** Gives the signals back to Node. */
  release(): void;
}

export function catchInterrupts(): Interrupts {
  const controller = new AbortController();
  const acts: (() => void)[] = [];
  let taken = false;
  let reject: (reason: Interrupted) => void = () => undefined;
  const untaken = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Without a signal nobody waits for it.
  untaken.catch(() => undefined);
  const listener = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) for (const act of acts) act();
    else controller.abort(new Interrupted(name));
    if (!taken) reject(new Interrupted(name));
  };
  for (const name of names) process.on(name, listener);
  return {
    take: () => {
      taken = true;
      return controller.signal;
    },
    untaken,
    onInsist: (act) => void acts.push(act),
    release: () => {
      for (const name of names) process.off(name, listener);
    },
  };
}
