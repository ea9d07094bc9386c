/** What the environment says, read once and checked as a whole. The only file that touches process.env. */
import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DreamsError } from '../domain/errors.ts';

export interface Environment {
  /** The application's role. */
  databaseUrl: string | undefined;
  /** A role that may create tables and roles; only `dreams migrate` uses it. */
  databaseAdminUrl: string | undefined;
  /** Where `up` keeps its databases and what it knows about its processes. */
  dataFolder: string;
  temporal: {
    /** A server that runs already. */
    address: string | undefined;
    namespace: string;
    /** The worker deployment that each build of the worker is a version of; without it any worker takes any run. */
    deployment: string | undefined;
  };
  workspaceId: string;
  taskQueue: string;
  logLevel: LogLevel;
  /** Threads of the offline engine: the cores, unless OPEN_DREAMS_THREADS says otherwise. */
  threads: number;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Variables = Readonly<Record<string, string | undefined>>;

/** Reports every problem at once; a value that may hold a password is never repeated. */
export function readEnvironment(variables: Variables = process.env): Environment {
  const problems: string[] = [];
  // An empty variable counts as unset: that is how shells and compose files switch one off.
  const read = (name: string): string | undefined => (variables[name] === '' ? undefined : variables[name]);
  const environment = {
    databaseUrl: databaseUrl('DATABASE_URL', read, problems),
    databaseAdminUrl: databaseUrl('DATABASE_ADMIN_URL', read, problems),
    dataFolder: resolve(read('OPEN_DREAMS_DATA') ?? join(read('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'open-dreams')),
    temporal: {
      address: address(read, problems),
      namespace: read('TEMPORAL_NAMESPACE') ?? 'default',
      deployment: deployment(read, problems),
    },
    workspaceId: name('OPEN_DREAMS_WORKSPACE', 'default', read, problems),
    taskQueue: name('OPEN_DREAMS_TASK_QUEUE', 'dreams', read, problems),
    logLevel: logLevel(read, problems),
    threads: threads(read, problems),
  };
  if (problems.length > 0)
    throw new DreamsError('invalid_input', problems.join(' '), {
      hint: 'Correct or unset what is named; "dreams --help" lists the variables.',
    });
  return environment;
}

/** Every variable of this process, for a child that is to see others beside or instead of them; undefined takes one away. */
export function childEnvironment(changes: Variables, variables: Variables = process.env): Record<string, string> {
  const merged = { ...variables, ...changes };
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Names only: NODE_OPTIONS and NODE_AUTH_TOKEN show that no beginning of a name is harmless. */
const harmless = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'LD_LIBRARY_PATH'];

/** For a child that runs code which others may have written: what a program needs to start, and nothing of servers and keys. */
export function bareEnvironment(variables: Variables = process.env): Record<string, string> {
  return childEnvironment({}, Object.fromEntries(harmless.map((name) => [name, variables[name]])));
}

/** They configure what we start, whichever server it is for. */
const ofOurs = ['TEMPORAL_CLI', 'TEMPORAL_NAMESPACE', 'TEMPORAL_WORKER_DEPLOYMENT'];

/** Names of the variables that configure Temporal's own client, so that a server of ours is not met with another one's key. */
export function temporalVariables(variables: Variables = process.env): string[] {
  return Object.keys(variables).filter((name) => name.startsWith('TEMPORAL_') && !ofOurs.includes(name));
}

type Read = (name: string) => string | undefined;

function databaseUrl(variable: string, read: Read, problems: string[]): string | undefined {
  const value = read(variable);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !['postgres:', 'postgresql:'].includes(new URL(value).protocol)) {
    problems.push(`${variable} is no PostgreSQL address; it must look like postgres://user:password@host:5432/database.`);
    return undefined;
  }
  return value;
}

function address(read: Read, problems: string[]): string | undefined {
  const value = read('TEMPORAL_ADDRESS');
  const form = /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(value ?? '');
  if (value === undefined) return undefined;
  if (form === null || Number(form[1] ?? 1) < 1 || Number(form[1] ?? 1) > 65_535) {
    problems.push(`TEMPORAL_ADDRESS is ${JSON.stringify(value)}; it must be host:port, for example 127.0.0.1:7233.`);
    return undefined;
  }
  return form[1] === undefined ? `${value}:7233` : value;
}

function name(variable: string, otherwise: string, read: Read, problems: string[]): string {
  const value = read(variable) ?? otherwise;
  if (/^[A-Za-z0-9._-]{1,64}$/.test(value)) return value;
  problems.push(`${variable} is ${JSON.stringify(value)}; it must have 1 to 64 letters, digits or . _ -.`);
  return otherwise;
}

/** Temporal joins it to a version's name with a dot. */
function deployment(read: Read, problems: string[]): string | undefined {
  const value = read('TEMPORAL_WORKER_DEPLOYMENT');
  if (value === undefined || /^[A-Za-z0-9_-]{1,64}$/.test(value)) return value;
  problems.push(`TEMPORAL_WORKER_DEPLOYMENT is ${JSON.stringify(value)}; it must have 1 to 64 letters, digits or _ -.`);
  return undefined;
}

function logLevel(read: Read, problems: string[]): LogLevel {
  const value = read('OPEN_DREAMS_LOG_LEVEL') ?? 'info';
  const level = logLevels.find((known) => known === value);
  if (level === undefined) problems.push(`OPEN_DREAMS_LOG_LEVEL is ${JSON.stringify(value)}; it must be one of ${logLevels.join(', ')}.`);
  return level ?? 'info';
}

function threads(read: Read, problems: string[]): number {
  const value = read('OPEN_DREAMS_THREADS');
  if (value === undefined) return availableParallelism();
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 256) return count;
  problems.push(`OPEN_DREAMS_THREADS is ${JSON.stringify(value)}; it must be a whole number from 1 to 256.`);
  return 1;
}
