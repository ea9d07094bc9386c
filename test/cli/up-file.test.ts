import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished, expect, it } from 'vitest';
import { choosePort, isFree } from '../../client/up/ports.ts';
import { isAlive, isRunning } from '../../client/up/processes.ts';
import { holderOf, readUpFile, recordChildren, releaseLock, takeLock, writeUpFile } from '../../client/up/up-file.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';

const addresses = {
  temporal: '127.0.0.1:1',
  ui: null,
  database: 'postgres://x',
  api: null,
  pids: { temporal: null, postgres: null, worker: null },
  namespace: 'default',
  ownTemporal: true,
};

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync('true').pid;
}

/** A process that looks like a `dreams up`. */
function otherUp(): number {
  const child = spawn('bash', ['-c', 'exec -a "dreams up" sleep 60'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

it('gives a data folder to one holder at a time', async () => {
  const folder = temporaryFolder();
  expect(takeLock(folder)).toEqual({ left: {} });
  const pid = otherUp();
  await until(() => holderIs(folder, pid));
  expect(takeLock(folder)).toEqual({ heldBy: expect.any(Number) as number });
});

it('tells a command that the one it looks for is not ready yet', async () => {
  useEnvironment();
  const folder = temporaryFolder();
  const pid = otherUp();
  await until(() => holderIs(folder, pid));
  expect(await dreams('list', '--data', folder)).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining(`(process ${String(pid)}) is not ready yet`) as string,
  });
});

/** The child needs a moment to become what it pretends to be. */
function holderIs(folder: string, pid: number): boolean {
  writeFileSync(join(folder, 'up.lock'), JSON.stringify({ pid, children: {} }));
  return holderOf(folder) === pid;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await sleep(20);
  expect(holds()).toBe(true);
}

it('takes over from a dead holder and learns what it may have left running', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'up.lock'), JSON.stringify({ pid: deadPid(), children: { worker: 4711 } }));
  expect(takeLock(folder)).toEqual({ left: { worker: 4711 } });
  releaseLock(folder);
  expect(readdirSync(folder)).toEqual([]);
});

it('takes over from a lock that was cut short', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'up.lock'), '{"pi');
  expect(takeLock(folder)).toEqual({ left: {} });
});

it.runIf(existsSync('/proc/self'))('says at once when no data folder can be where it was asked for', async () => {
  for (const folder of ['/proc/nope', '/proc/nope/deeper', '/proc', '/proc/version/below']) {
    useEnvironment({ OPEN_DREAMS_DATA: folder });
    const { exitCode, stderr } = await dreams('up');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      new RegExp(`The data folder ${folder} cannot be used \\(E[A-Z]+\\)\\.\\n.*Choose another folder with --data\\.`),
    );
  }
});

it('says at once when the lock of a data folder cannot be replaced', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'up.lock'));
  mkdirSync(join(folder, `up.lock.stale.${String(process.pid)}`));
  writeFileSync(join(folder, `up.lock.stale.${String(process.pid)}`, 'full'), '');
  expect(() => takeLock(folder)).toThrow(`The data folder ${folder} cannot be used (ENOTEMPTY).`);
});

it('keeps lock and addresses from the eyes of others', () => {
  const folder = temporaryFolder();
  takeLock(folder);
  recordChildren(folder, { postgres: 1 });
  writeUpFile(folder, { pid: 1, ...addresses });
  for (const name of ['up.lock', 'up.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

it('finds a running up and ignores the file of a dead one', async () => {
  const folder = temporaryFolder();
  const pid = otherUp();
  await until(() => holderIs(folder, pid));
  writeUpFile(folder, { pid, ...addresses });
  expect(readUpFile(folder)).toMatchObject({ temporal: '127.0.0.1:1' });
  writeUpFile(folder, { pid: deadPid(), ...addresses });
  expect(readUpFile(folder)).toBeUndefined();
  expect(existsSync(join(folder, 'up.json'))).toBe(true);
});

it('does not take another program that has the number for ours', () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const pid = child.pid ?? 0;
  expect([isAlive(pid), isRunning(pid, /sleep/), isRunning(pid, /dreams/)]).toEqual([true, true, false]);
});

it('takes the usual port when it is free and another one when it is not', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  expect(await isFree(port)).toBe(false);
  expect(await choosePort(port)).not.toBe(port);
  await new Promise((resolve) => {
    server.close(resolve);
  });
  expect(await choosePort(port)).toBe(port);
  expect(await choosePort(port, [port])).not.toBe(port);
});
