import { describe, expect, onTestFinished, test } from 'vitest';
import { listenOnFreePort } from './free-ports.ts';
import { fakeTemporal } from './fake-temporal.ts';
import { createSandbox } from './sandbox.ts';

describe('with TEMPORAL_ADDRESS set', () => {
  test('start starts nothing, and start and status print that server', async () => {
    const sandbox = createSandbox();
    const server = await listenOnFreePort();
    onTestFinished(server.close);
    const address = `127.0.0.1:${server.port}`;
    const env = { TEMPORAL_ADDRESS: address };

    const started = await sandbox.run(['start'], env);
    expect(started.code).toBe(0);
    expect(JSON.parse(started.stdout)).toEqual({ address, ui: null, pid: null });
    expect(started.stderr).toContain('nothing was started');

    const status = await sandbox.run(['status'], env);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toEqual({ running: true, address, ui: null, pid: null });
  });

  test('start fails and status says no when nothing answers there', async () => {
    const sandbox = createSandbox();
    const server = await listenOnFreePort();
    await server.close();
    const env = { TEMPORAL_ADDRESS: `127.0.0.1:${server.port}` };

    const started = await sandbox.run(['start'], env);
    expect(started).toMatchObject({ code: 1, stdout: '' });
    expect(started.stderr).toContain(`TEMPORAL_ADDRESS names 127.0.0.1:${server.port}, and nothing answers there`);
    expect(await sandbox.run(['status'], env)).toMatchObject({ code: 3, stdout: '{"running":false}\n' });
  });

  test('stop says that it is not ours to stop', async () => {
    const ended = await createSandbox().run(['stop'], { TEMPORAL_ADDRESS: 'temporal.example.org:7233' });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr).toContain('not ours to stop');
  });

  test('path takes no notice of it', async () => {
    const sandbox = createSandbox();
    const onPath = sandbox.addTool('temporal', fakeTemporal());
    const ended = await sandbox.run(['path'], { TEMPORAL_ADDRESS: 'temporal.example.org:7233' });
    expect(ended.stdout).toBe(`${onPath}\n`);
  });

  test.each(['host:nonsense', 'host:0', 'a"b:7233', 'http://host:7233'])('refuses %s, which is not host:port', async (address) => {
    const ended = await createSandbox().run(['status'], { TEMPORAL_ADDRESS: address });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('TEMPORAL_ADDRESS');
  });
});
