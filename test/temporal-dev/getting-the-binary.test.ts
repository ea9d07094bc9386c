import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFakeGo } from './fake-go.ts';
import { addFailingCurl, addFakeRelease } from './fake-release.ts';
import { eventually } from './calls.ts';
import { createSandbox } from './sandbox.ts';

describe('getting temporal when the machine has none', () => {
  test('downloads the official release and does not build', async () => {
    const sandbox = createSandbox();
    addFakeRelease(sandbox);
    addFakeGo(sandbox);
    expect(await sandbox.run(['path'])).toMatchObject({ code: 0, stdout: `${sandbox.cached}\n` });
    expect(sandbox.calls('curl').map((url) => url.split('/').at(-1))).toEqual([
      'checksums.txt',
      expect.stringMatching(/^temporal_cli_1\.8\.2_/),
    ]);
    expect(sandbox.calls('go')).toEqual([]);
    expect(readdirSync(dirname(sandbox.cached))).toEqual(['temporal']);
  });

  test('builds with Go when the network is closed, and says why', async () => {
    const sandbox = createSandbox();
    addFailingCurl(sandbox);
    addFakeGo(sandbox);
    const ended = await sandbox.run(['path']);
    expect(ended).toMatchObject({ code: 0, stdout: `${sandbox.cached}\n` });
    expect(ended.stderr).toContain('could not be downloaded (curl: (6) Could not resolve host: github.com)');
    expect(ended.stderr).toContain('Building temporal 1.8.2 with Go');
  });

  test('does not try the network with OPEN_DREAMS_TEMPORAL_DOWNLOAD=0', async () => {
    const sandbox = createSandbox();
    addFakeRelease(sandbox);
    addFakeGo(sandbox);
    expect(await sandbox.run(['path'], { OPEN_DREAMS_TEMPORAL_DOWNLOAD: '0' })).toMatchObject({ code: 0 });
    expect(sandbox.calls('curl')).toEqual([]);
    expect(sandbox.calls('go')).toHaveLength(1);
  });

  test('refuses a download whose checksum is not the listed one, and builds instead', async () => {
    const sandbox = createSandbox();
    addFakeRelease(sandbox, { listedSum: 'f'.repeat(64) });
    addFakeGo(sandbox);
    const ended = await sandbox.run(['path']);
    expect(ended.stderr).toContain('The download is refused');
    expect(ended.stderr).toContain('f'.repeat(64));
    expect(ended.code).toBe(0);
    expect(sandbox.calls('go')).toHaveLength(1);
  });

  test('leaves nothing behind when a download is refused and there is no Go', async () => {
    const sandbox = createSandbox();
    addFakeRelease(sandbox, { listedSum: 'f'.repeat(64) });
    expect(await sandbox.run(['path'])).toMatchObject({ code: 1, stdout: '' });
    expect(readdirSync(dirname(sandbox.cached))).toEqual([]);
  });

  test('names every remedy when there is neither a network nor Go', async () => {
    const sandbox = createSandbox();
    addFailingCurl(sandbox);
    const ended = await sandbox.run(['path']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    for (const remedy of ['https://docs.temporal.io/cli', 'TEMPORAL_CLI', 'install Go 1.26', 'TEMPORAL_ADDRESS']) {
      expect(ended.stderr).toContain(remedy);
    }
  });

  test('shows the last words of a Go that is too old, and the remedies', async () => {
    const sandbox = createSandbox();
    sandbox.addTool('go', 'echo "go: go.mod requires go >= 1.26.4 (running go 1.19; GOTOOLCHAIN=local)" >&2; exit 1');
    const ended = await sandbox.run(['path']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('requires go >= 1.26.4');
    expect(ended.stderr).toContain('It needs Go 1.26 or newer');
    expect(ended.stderr).toContain('TEMPORAL_ADDRESS');
    expect(existsSync(sandbox.cached)).toBe(false);
  });

  test('says again and again that a long build lives', async () => {
    const sandbox = createSandbox();
    addFakeGo(sandbox);
    sandbox.touch('hold-go');
    const running = sandbox.launch(['path']);
    await eventually(() => expect(running.stderr().match(/with Go \(\d+ s so far\)/g)).toHaveLength(2));
    sandbox.touch('release-go');
    expect(await running.ended).toMatchObject({ code: 0 });
  });
});
