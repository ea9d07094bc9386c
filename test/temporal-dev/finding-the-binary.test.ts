import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFakeGo } from './fake-go.ts';
import { fakeTemporal, writeProgram } from './fake-temporal.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

describe('temporal-dev.sh path', () => {
  test('prefers TEMPORAL_CLI to PATH, and PATH to the cache', async () => {
    const sandbox = createSandbox();
    fillCache(sandbox);
    expect((await sandbox.run(['path'])).stdout).toBe(`${sandbox.cached}\n`);

    const onPath = sandbox.addTool('temporal', fakeTemporal());
    expect((await sandbox.run(['path'])).stdout).toBe(`${onPath}\n`);

    const named = writeProgram(join(sandbox.root, 'my temporal'), fakeTemporal());
    expect(await sandbox.run(['path'], { TEMPORAL_CLI: named })).toEqual({ code: 0, stdout: `${named}\n`, stderr: '' });
  });

  test('refuses a TEMPORAL_CLI that is missing or does not work, naming it, and looks no further', async () => {
    const sandbox = createSandbox();
    fillCache(sandbox);
    const broken = writeProgram(join(sandbox.root, 'broken'), 'exit 1');
    for (const named of [join(sandbox.root, 'missing'), broken]) {
      const ended = await sandbox.run(['path'], { TEMPORAL_CLI: named });
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain(`TEMPORAL_CLI names "${named}"`);
    }
  });

  test('refuses a TEMPORAL_CLI that is too old', async () => {
    const sandbox = createSandbox();
    const old = writeProgram(join(sandbox.root, 'old'), fakeTemporal('1.5.1'));
    const ended = await sandbox.run(['path'], { TEMPORAL_CLI: old });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('it is version 1.5.1, and 1.6.0 or newer is needed.');
  });

  test.each([
    { what: 'too old', body: fakeTemporal('1.5.1'), why: 'it is version 1.5.1, and 1.6.0 or newer is needed.' },
    { what: 'another program of that name', body: 'echo hello', why: 'does not answer as the Temporal CLI does.' },
    {
      what: 'without the flag that stops the news fetch',
      body: 'case "$*" in --version) echo "temporal version 1.7.0 (x)" ;; *) echo "--headless" ;; esac',
      why: 'which has no "server start-dev --ui-disable-news-fetch".',
    },
  ])('passes over one on PATH that is $what, and says why', async ({ body, why }) => {
    const sandbox = createSandbox();
    const onPath = sandbox.addTool('temporal', body);
    fillCache(sandbox);
    const ended = await sandbox.run(['path']);
    expect(ended).toMatchObject({ code: 0, stdout: `${sandbox.cached}\n` });
    expect(ended.stderr).toContain(`Passing over ${onPath} on PATH:`);
    expect(ended.stderr).toContain(why);
  });

  test('takes one built from source, which calls itself 0.0.0-DEV, by its flags', async () => {
    const sandbox = createSandbox();
    const onPath = sandbox.addTool('temporal', fakeTemporal('0.0.0-DEV'));
    expect(await sandbox.run(['path'])).toEqual({ code: 0, stdout: `${onPath}\n`, stderr: '' });
  });

  test('gets the cached one again when it does not run', async () => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    fillCache(sandbox, 'exit 126');
    const ended = await sandbox.run(['path']);
    expect(ended).toMatchObject({ code: 0, stdout: `${sandbox.cached}\n` });
    expect(ended.stderr).toContain('does not run here; getting it again');
    expect(sandbox.calls('go')).toHaveLength(1);
  });

  test('uses the cache without a download or a build the second time', async () => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    await sandbox.run(['path']);
    expect(await sandbox.run(['path'])).toEqual({ code: 0, stdout: `${sandbox.cached}\n`, stderr: '' });
    expect(sandbox.calls('go')).toHaveLength(1);
  });
});

function fillCache(sandbox: Sandbox, body = fakeTemporal()): void {
  mkdirSync(dirname(sandbox.cached), { recursive: true });
  writeProgram(sandbox.cached, body);
}
