import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bareEnvironment, childEnvironment, readEnvironment, temporalVariables } from '../../config/environment.ts';

it('has a default for everything', () => {
  expect(readEnvironment({})).toMatchObject({
    databaseUrl: undefined,
    databaseAdminUrl: undefined,
    dataFolder: join(homedir(), '.local', 'share', 'open-dreams'),
    temporal: { address: undefined, namespace: 'default', deployment: undefined },
    workspaceId: 'default',
    taskQueue: 'dreams',
    logLevel: 'info',
  });
});

it('takes an empty variable for an unset one', () => {
  expect(readEnvironment({ DATABASE_URL: '', TEMPORAL_ADDRESS: '', XDG_DATA_HOME: '/data' })).toMatchObject({
    databaseUrl: undefined,
    temporal: { address: undefined },
    dataFolder: '/data/open-dreams',
  });
});

it.each([
  ['host:7233', 'host:7233'],
  ['host', 'host:7233'],
  ['[::1]:7233', '[::1]:7233'],
])('reads the Temporal address %s', (value, address) => {
  expect(readEnvironment({ TEMPORAL_ADDRESS: value }).temporal.address).toBe(address);
});

it.each(['http://host:7233', 'host:0', 'host:99999', 'a b:1'])('refuses the Temporal address %s', (value) => {
  expect(() => readEnvironment({ TEMPORAL_ADDRESS: value })).toThrow(/TEMPORAL_ADDRESS is .*host:port/);
});

it.each(['a.b', 'a b', 'x'.repeat(65)])('refuses the worker deployment %s', (value) => {
  expect(readEnvironment({ TEMPORAL_WORKER_DEPLOYMENT: 'dreams-prod' }).temporal.deployment).toBe('dreams-prod');
  expect(() => readEnvironment({ TEMPORAL_WORKER_DEPLOYMENT: value })).toThrow(/TEMPORAL_WORKER_DEPLOYMENT is .*letters, digits/);
});

it('names every problem in one error', () => {
  const broken = {
    DATABASE_URL: 'x',
    DATABASE_ADMIN_URL: 'y',
    OPEN_DREAMS_WORKSPACE: 'a b',
    OPEN_DREAMS_TASK_QUEUE: '/',
    OPEN_DREAMS_LOG_LEVEL: 'loud',
    OPEN_DREAMS_THREADS: '1.5',
  };
  for (const name of Object.keys(broken)) expect(() => readEnvironment(broken)).toThrow(new RegExp(name));
});

it('gives a child what it has, with changes, and without what is taken away', () => {
  expect(childEnvironment({ A: undefined, B: '2' }, { A: '1', C: '3' })).toEqual({ B: '2', C: '3' });
});

it('knows which variables would send a client of ours to another server', () => {
  expect(
    temporalVariables({
      TEMPORAL_ADDRESS: '',
      TEMPORAL_API_KEY: '',
      TEMPORAL_CLI: '',
      TEMPORAL_NAMESPACE: '',
      TEMPORAL_WORKER_DEPLOYMENT: '',
      PATH: '',
    }),
  ).toEqual(['TEMPORAL_ADDRESS', 'TEMPORAL_API_KEY']);
});

it('gives a child that runs the code of others what a program needs to start, and no key', () => {
  const secrets = {
    DATABASE_URL: 'x',
    TEMPORAL_API_KEY: 'x',
    ANTHROPIC_API_KEY: 'x',
    PGPASSWORD: 'x',
    NODE_OPTIONS: 'x',
    NODE_AUTH_TOKEN: 'x',
  };
  expect(bareEnvironment({ ...secrets, PATH: '/bin', TZ: 'UTC' })).toEqual({ PATH: '/bin', TZ: 'UTC' });
});
