import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePortFlags, listenOnFreePort } from './free-ports.ts';
import { eventually, isAlive } from './calls.ts';
import { fakeTemporal } from './fake-temporal.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

describe('temporal-dev.sh start', () => {
  test('starts the server in the background and prints where it is; status and stop agree', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    expect(await sandbox.run(['status', ...data])).toMatchObject({ code: 3, stdout: '{"running":false}\n' });

    const started = await sandbox.run(['start', ...data, ...ports.flags]);
    expect(started).toMatchObject({ code: 0, stderr: '' });
    const { pid, ...places } = JSON.parse(started.stdout);
    expect(places).toEqual({ address: `127.0.0.1:${ports.port}`, ui: `http://127.0.0.1:${ports.uiPort}` });

    const status = await sandbox.run(['status', ...data]);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toEqual({ running: true, ...places, pid, namespace: 'default' });
    expect(readState(sandbox)).toEqual({ pid, ...places, namespace: 'default' });

    expect(await sandbox.run(['stop', ...data])).toMatchObject({ code: 0, stdout: '' });
    await eventually(() => expect(isAlive(pid)).toBe(false));
    expect(existsSync(join(sandbox.data, 'temporal', 'server.json'))).toBe(false);
    expect(existsSync(join(sandbox.data, 'temporal', 'temporal.db'))).toBe(true);
  });

  test('asks for loopback, a database file, no news fetch and our search attributes', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    await sandbox.run(['start', ...data, ...ports.flags], { TEMPORAL_NAMESPACE: 'tryout' });
    expect(sandbox.calls('temporal')[0]?.replaceAll(sandbox.data, 'DIR').split(' --').slice(1)).toEqual([
      'db-filename DIR/temporal/temporal.db',
      'ip 127.0.0.1',
      `port ${ports.port}`,
      `ui-port ${ports.uiPort}`,
      'ui-disable-news-fetch',
      'log-level warn',
      'sqlite-pragma journal_mode=wal',
      'sqlite-pragma synchronous=full',
      'dynamic-config-value frontend.enableCancelWorkerPollsOnShutdown=true',
      'namespace tryout',
      'search-attribute DreamStore=Keyword',
      'search-attribute DreamStage=Keyword',
      'search-attribute DreamOutcome=Keyword',
      'search-attribute DreamTrigger=Keyword',
      'search-attribute DreamSessions=Int',
      'search-attribute DreamCostUsd=Double',
      'search-attribute DreamAwaitingReview=Bool',
    ]);
    expect(readState(sandbox)).toMatchObject({ namespace: 'tryout' });
  });

  test('says that a server runs already and prints the same line', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    const first = await sandbox.run(['start', ...data, ...ports.flags]);
    const second = await sandbox.run(['start', ...data]);
    expect(second).toMatchObject({ code: 0, stdout: first.stdout });
    expect(second.stderr).toContain('runs already');
    expect(sandbox.calls('temporal')).toHaveLength(1);
  });

  test('starts one server when called several times at once', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    const all = await Promise.all(Array.from({ length: 4 }, () => sandbox.run(['start', ...data, ...ports.flags])));
    expect(new Set(all.map(({ code, stdout }) => `${code} ${stdout}`)).size).toBe(1);
    expect(all[0]?.code).toBe(0);
    expect(sandbox.calls('temporal')).toHaveLength(1);
  });

  test.each(['--port', '--ui-port'])('starts nothing when the port of %s is taken, and says what to do', async (flag) => {
    const { sandbox, ports, data } = await machineWithTemporal();
    const taken = await listenOnFreePort();
    onTestFinished(taken.close);
    const ended = await sandbox.run(['start', ...data, ...ports.flags, flag, String(taken.port)]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(`Port ${taken.port} on 127.0.0.1 is taken by another program`);
    expect(ended.stderr).toContain(`Choose another with ${flag}`);
    expect(sandbox.calls('temporal')).toEqual([]);
  });

  test('shows the end of the log when the server ends before it answers', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    const ended = await sandbox.run(['start', ...data, ...ports.flags], { FAKE_SERVER: 'dies' });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('ended before it answered');
    expect(ended.stderr).toContain('the database is locked');
    expect(await sandbox.run(['status', ...data])).toMatchObject({ code: 3 });
  });

  test('becomes the server with --foreground, and a later start finds it', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    const running = sandbox.launch(['start', '--foreground', ...data, ...ports.flags]);
    await eventually(async () => expect((await sandbox.run(['status', ...data])).code).toBe(0));
    expect(readState(sandbox)).toMatchObject({ pid: running.pid });
    const again = await sandbox.run(['start', ...data]);
    expect(JSON.parse(again.stdout)).toMatchObject({ pid: running.pid });

    await sandbox.run(['stop', ...data]);
    expect((await running.ended).stdout).toBe('');
  });
});

describe('temporal-dev.sh stop', () => {
  test('leaves a process alone that merely has the pid of the former server', async () => {
    const sandbox = createSandbox();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    mkdirSync(join(sandbox.data, 'temporal'), { recursive: true });
    const state = { pid: stranger.pid, address: '127.0.0.1:7233', ui: 'http://127.0.0.1:8233', namespace: 'default' };
    writeFileSync(join(sandbox.data, 'temporal', 'server.json'), JSON.stringify(state));

    const ended = await sandbox.run(['stop', '--data', sandbox.data]);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('it was left alone');
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    expect(isAlive(stranger.pid ?? -1)).toBe(true);
  });

  test('leaves the server of another data folder alone', async () => {
    const { sandbox, ports, data } = await machineWithTemporal();
    const { pid } = JSON.parse((await sandbox.run(['start', ...data, ...ports.flags])).stdout);
    mkdirSync(join(sandbox.root, 'other', 'temporal'), { recursive: true });
    writeFileSync(join(sandbox.root, 'other', 'temporal', 'server.json'), JSON.stringify(readState(sandbox)));
    await sandbox.run(['stop', '--data', join(sandbox.root, 'other')]);
    expect(isAlive(pid)).toBe(true);
  });

  test('says so when there is nothing to stop', async () => {
    const sandbox = createSandbox();
    const ended = await sandbox.run(['stop', '--data', sandbox.data]);
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr).toContain('there is nothing to stop');
  });
});

async function machineWithTemporal() {
  const sandbox = createSandbox();
  sandbox.addTool('temporal', fakeTemporal());
  return { sandbox, ports: await freePortFlags(), data: ['--data', sandbox.data] };
}

function readState(sandbox: Sandbox): unknown {
  return JSON.parse(readFileSync(join(sandbox.data, 'temporal', 'server.json'), 'utf8'));
}
