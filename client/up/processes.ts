/** Processes by their number: whether one lives, what it runs, and how it is ended. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

export function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, but not yet collected by its parent. Only Linux tells; elsewhere collecting is left to the parent. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The command line of a process; '' when it cannot be known. A number is used again after a restart of the machine. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\u0000', ' ');
  } catch {
    const run = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return run.status === 0 ? run.stdout.trim() : '';
  }
}

export function isRunning(pid: number, runs: RegExp): boolean {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return command === '' || runs.test(command);
}

/** A gone process is what was wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks it to end; one that does not within `patienceMs` is killed. */
export async function end(pid: number, options: { name: NodeJS.Signals; patienceMs: number }): Promise<void> {
  signal(pid, options.name);
  const deadline = Date.now() + options.patienceMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) {
      signal(pid, 'SIGKILL');
      await gone(pid);
      return;
    }
    await sleep(30);
  }
}

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await sleep(30);
}
