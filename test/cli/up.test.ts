import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { nodeArguments } from '../../client/up/entry-point.ts';
import { isAlive } from '../../client/up/processes.ts';
import type { UpAddresses, UpFile } from '../../client/up/up-file.ts';
import { childEnvironment } from '../../config/environment.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';

interface Up {
  process: ChildProcess;
  /** The one line on stdout. */
  ready: Promise<UpAddresses>;
  ended: Promise<number | null>;
  stderr: () => string;
}

const unset = { DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined };

function up(folder: string, ...more: string[]): Up {
  const child = spawn(process.execPath, [...nodeArguments('client/cli/main'), 'up', '--data', folder, ...more], {
    env: childEnvironment(unset),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const ready = new Promise<UpAddresses>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as UpAddresses));
    void ended.then((code) => reject(new Error(`"up" ended with ${String(code)}: ${stderr}`)));
  });
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  });
  return { process: child, ready, ended, stderr: () => stderr };
}

function pidsOf({ pids }: UpAddresses): number[] {
  return Object.values(pids).filter((pid): pid is number => pid !== null);
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (holds()) return;
    await sleep(50);
  }
  throw new Error(`Not within 30 s: ${what}`);
}

const readUp = (folder: string): UpFile => JSON.parse(readFileSync(join(folder, 'up.json'), 'utf8')) as UpFile;

it('starts all that is missing, keeps a worker alive, tells a second one where it runs, and leaves nothing behind', async () => {
  useEnvironment();
  const folder = temporaryFolder();
  const one = up(folder, '--json');
  const addresses = await one.ready;
  expect(addresses).toEqual({
    temporal: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    database: expect.stringMatching(/^postgres:\/\//) as string,
    api: null,
    pids: { temporal: expect.any(Number) as number, postgres: expect.any(Number) as number, worker: expect.any(Number) as number },
  });
  expect(pidsOf(addresses).every(isAlive)).toBe(true);
  expect((await fetch(addresses.ui ?? '')).status).toBe(200);

  // Another command finds it by its folder, and a second `up` says where it is.
  expect(await dreams('list', '--data', folder, '--json')).toMatchObject({
    exitCode: 0,
    stdout: '{"dreams":[],"stores":[],"sessions":[]}\n',
  });
  const second = up(folder);
  expect(await second.ready).toEqual(addresses);
  expect(await second.ended).toBe(0);
  expect(second.stderr()).toContain(`"dreams up" runs already for ${folder} (process ${String(one.process.pid)})`);

  // A worker that is killed is there again under another number.
  process.kill(addresses.pids.worker ?? 0, 'SIGKILL');
  await until('another worker', () => readUp(folder).pids.worker !== addresses.pids.worker);
  const pids = [...pidsOf(addresses), readUp(folder).pids.worker ?? 0];

  one.process.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(['up.json', 'up.lock'].filter((name) => existsSync(join(folder, name)))).toEqual([]);
}, 180_000);

it('runs beside another one, and cleans up after one that was killed', async () => {
  useEnvironment();
  const [folderA, folderB] = [temporaryFolder(), temporaryFolder()];
  const a = up(folderA);
  const addressesA = await a.ready;
  const b = up(folderB);
  const addressesB = await b.ready;
  expect([addressesA.temporal, addressesA.database, addressesA.ui]).not.toContain(addressesB.temporal);
  expect(addressesB.ui).not.toBe(addressesA.ui);
  expect(addressesB.database).not.toBe(addressesA.database);
  b.process.kill('SIGINT');
  expect(await b.ended).toBe(0);
  expect(pidsOf(addressesB).filter(isAlive)).toEqual([]);

  a.process.kill('SIGKILL');
  await a.ended;
  expect(await dreams('list', '--data', folderA)).toMatchObject({ exitCode: 5 });
  const again = up(folderA);
  const addresses = await again.ready;
  expect(pidsOf(addressesA).filter(isAlive)).toEqual([]);
  expect(pidsOf(addresses).every(isAlive)).toBe(true);
  again.process.kill('SIGTERM');
  await again.ended;
  expect(readdirSync(folderA).sort()).toEqual(['postgres', 'temporal', 'worker.log', 'worker.log.1']);
}, 240_000);
