/** A `dreams up` of its own process, for a command that needs everything running and may leave it running. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../db/embedded/data-folder.ts';
import { childEnvironment } from '../../config/environment.ts';
import { DreamsError } from '../../domain/errors.ts';
import { rotate } from './child.ts';
import { nodeArguments } from './entry-point.ts';
import { end } from './processes.ts';
import { readUpFile } from './up-file.ts';

export interface BackgroundUp {
  pid: number;
  /** It ran before and stays. */
  existed: boolean;
  stop(): Promise<void>;
}

/** Longer than everything that `up` waits for when it stops. */
const patienceMs = 70_000;

export async function startInBackground(
  dataFolder: string,
  { progress, signal }: { progress: (line: string) => void; signal: AbortSignal },
): Promise<BackgroundUp> {
  const running = readUpFile(dataFolder);
  if (running !== undefined) return { pid: running.pid, existed: true, stop: async () => undefined };
  makeFolder(dataFolder, 0o711);
  const logFile = join(dataFolder, 'up.log');
  // Its words go to a file, so that it can outlive the command; here they are read from there.
  rotate(logFile);
  const log = openSync(logFile, 'a', 0o600);
  let read = 0;
  const child = spawn(execPath, [...nodeArguments('client/cli/main'), 'up', '--data', dataFolder], {
    env: childEnvironment({}),
    stdio: ['ignore', 'ignore', log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  const pid = child.pid ?? 0;
  const stop = async (): Promise<void> => await end(pid, { name: 'SIGTERM', patienceMs });
  const forward = (): void => {
    const text = readFileSync(logFile).subarray(read).toString('utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    read += Buffer.byteLength(whole);
    for (const line of whole.split('\n')) if (line !== '' && !line.startsWith('Ready:')) progress(line);
  };
  while (readUpFile(dataFolder)?.pid !== pid) {
    forward();
    if (child.exitCode !== null || child.signalCode !== null)
      throw new DreamsError('internal_error', 'What the demo needs could not be started; the lines above say why.', {
        hint: `The whole log is ${logFile}.`,
      });
    if (signal.aborted) await stop();
    signal.throwIfAborted();
    await sleep(100);
  }
  forward();
  return { pid, existed: false, stop };
}
