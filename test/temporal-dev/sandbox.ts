// A machine of its own for one test: a PATH with only what we put there, an empty home, cache and data folder.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Ended, follow, type Running } from './calls.ts';
import { writeProgram } from './fake-temporal.ts';

export const script = fileURLToPath(new URL('../../temporal-dev.sh', import.meta.url));

/** What the script may count on everywhere; go, curl, wget and temporal are missing on purpose. */
const plainTools = [
  ...'bash sh cat chmod cp dirname find gzip head mkdir mv ps readlink rm rmdir'.split(' '),
  ...'sed sleep tail tar tr uname sha256sum shasum perl'.split(' '),
];

export interface Sandbox {
  root: string;
  /** The `temporal` that the cache holds once it has been got. */
  cached: string;
  data: string;
  env: Record<string, string>;
  /** Puts a program on this PATH. */
  addTool: (name: string, body: string) => string;
  /** The lines that the fake tool of this name has written, one a call. */
  calls: (tool: string) => string[];
  touch: (name: string) => void;
  launch: (args: string[], env?: Record<string, string>) => Running;
  run: (args: string[], env?: Record<string, string>) => Promise<Ended>;
}

export function createSandbox(): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'temporal-dev-')));
  const tools = join(root, 'plain tools');
  const bin = join(root, 'bin');
  const data = join(root, 'some data');
  const cache = join(root, 'some cache');
  for (const folder of [tools, bin, join(root, 'home')]) mkdirSync(folder);
  for (const name of plainTools) {
    const found = findOnPath(name);
    if (found !== undefined) symlinkSync(found, join(tools, name));
  }
  const env = {
    PATH: [bin, tools].join(delimiter),
    HOME: join(root, 'home'),
    SANDBOX: root,
    OPEN_DREAMS_CACHE: cache,
    OPEN_DREAMS_PROGRESS_SECONDS: '1',
  };
  const children: ChildProcess[] = [];

  function launch(args: string[], more: Record<string, string> = {}): Running {
    const child = spawn(script, args, { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return follow(child);
  }

  const sandbox: Sandbox = {
    root,
    cached: join(cache, 'temporal', '1.8.2', 'temporal'),
    data,
    env,
    addTool: (name, body) => writeProgram(join(bin, name), body),
    calls: (tool) => {
      const file = join(root, `${tool}.calls`);
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    },
    touch: (name) => appendFileSync(join(root, name), ''),
    launch,
    run: (args, more) => launch(args, more).ended,
  };
  onTestFinished(async () => {
    await sandbox.run(['stop', '--data', data]);
    for (const child of children) child.kill('SIGKILL');
    // A compiler that a test left behind stops when it sees this.
    sandbox.touch('release-go');
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return sandbox;
}

function findOnPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
