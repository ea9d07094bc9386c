// A call of the script while it runs, and waiting for what it does.
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  pid: number;
  /** What it has said so far. */
  stderr: () => string;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<Ended>;
}

/** Collects what a child writes and how it ends. */
export function follow(child: ChildProcess): Running {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  if (child.pid === undefined) throw new Error(`The script could not be run.`);
  return { pid: child.pid, stderr: () => stderr, kill: (signal) => child.kill(signal), ended };
}

/** A process that has ended but that its parent has not asked about yet counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/stat') || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits for something to become so; the script is quick, the machine may not be. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval: 50 });
}
