import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFakeGo } from './fake-go.ts';
import { eventually, isAlive } from './calls.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

describe('two calls at once', () => {
  test('build once, and the one that waits says so', async () => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    sandbox.touch('hold-go');
    const calls = [sandbox.launch(['path']), sandbox.launch(['path'])];
    await eventually(() => expect(calls.map((call) => call.stderr()).join()).toContain('Waiting for another call'));
    sandbox.touch('release-go');
    for (const call of calls) expect(await call.ended).toMatchObject({ code: 0, stdout: `${sandbox.cached}\n` });
    expect(sandbox.calls('go')).toHaveLength(1);
    expect(readdirSync(dirname(sandbox.cached))).toEqual(['temporal']);
  });

  test('that all find the lock of a dead call build once', async () => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    leaveLockOfDeadCall(sandbox);
    const ended = await Promise.all(Array.from({ length: 6 }, () => sandbox.run(['path'])));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(sandbox.calls('go')).toHaveLength(1);
    expect(readdirSync(dirname(dirname(sandbox.cached)))).toEqual(['1.8.2']);
  });
});

describe('a build that is interrupted', () => {
  test('by SIGKILL leaves nothing that is trusted; the next call ends its compiler, tidies up and builds', async () => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    const compiler = await buildUntilHalfway(sandbox, 'SIGKILL');
    expect(existsSync(sandbox.cached)).toBe(false);
    expect(isAlive(compiler)).toBe(true);

    expect(await sandbox.run(['path'])).toMatchObject({ code: 0, stdout: `${sandbox.cached}\n` });
    await eventually(() => expect(isAlive(compiler)).toBe(false));
    expect(sandbox.calls('go')).toHaveLength(2);
    expect(readdirSync(dirname(sandbox.cached))).toEqual(['temporal']);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s ends the compiler and leaves neither files nor lock', async (signal) => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    const compiler = await buildUntilHalfway(sandbox, signal);
    await eventually(() => expect(isAlive(compiler)).toBe(false));
    expect(readdirSync(dirname(sandbox.cached))).toEqual([]);
    expect(readdirSync(dirname(dirname(sandbox.cached)))).toEqual(['1.8.2']);
  });
});

/** Starts a build, ends the script with the signal when half a binary is written, and returns the pid of the compiler. */
async function buildUntilHalfway(sandbox: Sandbox, signal: NodeJS.Signals): Promise<number> {
  sandbox.touch('hold-go');
  const running = sandbox.launch(['path']);
  await eventually(() =>
    expect(readdirSync(dirname(sandbox.cached), { recursive: true }).map(String)).toContainEqual(expect.stringMatching(/\/temporal$/)),
  );
  running.kill(signal);
  const compiler = Number(sandbox.calls('go')[0]);
  if (signal !== 'SIGKILL') await running.ended;
  else await eventually(() => expect(isAlive(running.pid)).toBe(false));
  return compiler;
}

function leaveLockOfDeadCall(sandbox: Sandbox): void {
  const lock = `${dirname(sandbox.cached)}.lock`;
  mkdirSync(lock, { recursive: true });
  // Above every system's highest pid, so surely nobody's.
  writeFileSync(join(lock, 'owner'), '99999999\nbash temporal-dev.sh path\n');
}
