import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import process from 'node:process';
import { expect, inject, it, onTestFinished } from 'vitest';
import { nodeArguments } from '../../client/up/entry-point.ts';
import { isAlive } from '../../client/up/processes.ts';
import type { UpAddresses } from '../../client/up/up-file.ts';
import { childEnvironment } from '../../config/environment.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';

/** The first line that a command of ours prints, and the command, which ends with the test. */
async function firstLine(args: string[], variables: Record<string, string>): Promise<{ line: string; stop: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [...nodeArguments('client/cli/main'), ...args], {
    env: childEnvironment({ OPEN_DREAMS_DATA: undefined, ...variables }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    return await ended;
  };
  onTestFinished(async () => void (await stop()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then((code) => reject(new Error(`${args.join(' ')} ended with ${String(code)}: ${stderr}`)));
  });
  return { line, stop };
}

it('uses the servers that the environment names, starts a worker beside them and leaves them alone', async () => {
  const { url } = await databaseForTest();
  const folder = temporaryFolder();
  const { line, stop } = await firstLine(['up', '--data', folder], { DATABASE_URL: url, TEMPORAL_ADDRESS: inject('temporalAddress') });
  const addresses = JSON.parse(line) as UpAddresses;
  expect(addresses).toMatchObject({ temporal: inject('temporalAddress'), ui: null, pids: { temporal: null, postgres: null } });
  expect(isAlive(addresses.pids.worker ?? 0)).toBe(true);
  // The password of a database that is not ours is not printed, and still another command finds the database.
  expect(addresses.database).toContain(':***@');
  useEnvironment();
  expect(await dreams('list', '--data', folder)).toMatchObject({ exitCode: 0 });
  expect(await stop()).toBe(0);
  expect(isAlive(addresses.pids.worker ?? 0)).toBe(false);
  useEnvironment({ DATABASE_URL: url });
  expect(await dreams('list')).toMatchObject({ exitCode: 0 });
}, 120_000);

it('refuses to start on a database whose role would see every workspace', async () => {
  const { adminUrl } = await databaseForTest();
  useEnvironment({ DATABASE_URL: adminUrl, TEMPORAL_ADDRESS: inject('temporalAddress') });
  const { exitCode, stderr } = await dreams('up', '--data', temporaryFolder());
  expect(exitCode).toBe(5);
  expect(stderr).toContain('is a superuser or bypasses row-level security');
});

it('runs one more worker until it is told to stop', async () => {
  const { url } = await databaseForTest();
  const { line, stop } = await firstLine(['worker'], { DATABASE_URL: url, TEMPORAL_ADDRESS: inject('temporalAddress') });
  expect(JSON.parse(line)).toEqual({ event: 'worker ready' });
  expect(await stop()).toBe(0);
}, 120_000);

it('gives the role of DATABASE_URL its rights, as often as it is asked to', async () => {
  const { adminUrl } = await databaseForTest();
  const own = new URL(adminUrl);
  own.username = 'dreams_app';
  own.password = 'geheim';
  useEnvironment({ DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: own.href });
  for (let run = 0; run < 2; run++)
    expect(await dreams('migrate', '--json')).toEqual({ exitCode: 0, stdout: '{"migrated":true,"role":"dreams_app"}\n', stderr: '' });
  expect(await dreams('list')).toMatchObject({ exitCode: 0 });
});

it.each([
  [{}, 'DATABASE_ADMIN_URL is not set.', 2],
  [{ DATABASE_ADMIN_URL: 'postgres://a:b@127.0.0.1:1/x' }, 'The database at 127.0.0.1:1 did not answer (ECONNREFUSED).', 5],
  [{ DATABASE_ADMIN_URL: 'postgres://a:b@127.0.0.1:1/x', DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' }, 'name the same role "a".', 2],
  [{ DATABASE_ADMIN_URL: 'postgres://a:b@127.0.0.1:1/x', DATABASE_URL: 'postgres://c@127.0.0.1:1/x' }, 'names no role with a password.', 2],
])('says why it cannot migrate with %j', async (variables, sentence, code) => {
  useEnvironment(variables);
  const { exitCode, stderr } = await dreams('migrate');
  expect(exitCode).toBe(code);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain(':b@');
});

it('ends a worker as it ends every command when a server is missing', async () => {
  const { url } = await databaseForTest();
  const nowhere = '127.0.0.1:1';
  await expect(
    firstLine(['worker'], { DATABASE_URL: `postgres://nobody:none@${nowhere}/dreams`, TEMPORAL_ADDRESS: inject('temporalAddress') }),
  ).rejects.toThrow(/worker ended with 5: .*database_unreachable/s);
  await expect(firstLine(['worker'], { DATABASE_URL: url, TEMPORAL_ADDRESS: nowhere })).rejects.toThrow(
    /worker ended with 5: .*temporal_unreachable/s,
  );
}, 60_000);
