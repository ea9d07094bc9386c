/** A child process of `up`, in a process group of its own so that Ctrl-C in the terminal reaches `up` alone. */
import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { end, signal } from './processes.ts';

export interface Child {
  process: ChildProcess;
  pid: number;
  /** Fulfilled when it has ended, with how. */
  ended: Promise<string>;
  hasEnded(): boolean;
}

export interface SpawnOptions {
  env: Record<string, string>;
  /** Where its stderr goes; without it the lines go to `onLine`. */
  logFile?: string;
  onLine?: (line: string) => void;
  onOutput?: (line: string) => void;
}

export function spawnChild(command: string, args: readonly string[], { env, logFile, onLine, onOutput }: SpawnOptions): Child {
  const log = logFile === undefined ? undefined : openSync(logFile, 'a', 0o600);
  const stdio: StdioOptions = ['ignore', 'pipe', log ?? 'pipe'];
  const child = spawn(command, args, { env, stdio, detached: true });
  if (log !== undefined) closeSync(log);
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => onOutput?.(line));
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => onLine?.(line));
  let done = false;
  const ended = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      done = true;
      resolve(how);
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, name) => finish(name === null ? `exit code ${String(code)}` : `signal ${name}`));
  });
  return { process: child, pid: child.pid ?? 0, ended, hasEnded: () => done };
}

export async function endChild(child: Child, options: { name: NodeJS.Signals; patienceMs: number }): Promise<void> {
  if (child.hasEnded() || child.pid === 0) return;
  await end(child.pid, options);
  await child.ended;
}

export function killChild(child: Child): void {
  if (!child.hasEnded() && child.pid !== 0) signal(child.pid, 'SIGKILL');
}

/** One earlier log is kept: it may say why something ended. */
export function rotate(logFile: string): void {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
}

/** The last lines of a log, for a sentence about why something ended. */
export function tailOf(logFile: string, lines = 3): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join(' ');
}
