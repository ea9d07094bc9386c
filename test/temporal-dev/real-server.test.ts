// The one test here with the real binary, found or got as on any machine; a first build takes minutes.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { freePortFlags } from './free-ports.ts';
import { script } from './sandbox.ts';

const exec = promisify(execFile);
// The suite may point TEMPORAL_ADDRESS at its own server, which would leave nothing to start here.
const { TEMPORAL_ADDRESS: _address, TEMPORAL_NAMESPACE: _namespace, ...env } = process.env;

test('starts the real server, which has the Web UI and our search attributes and keeps its data over a restart', async () => {
  const temporal = (await exec(script, ['path'], { env })).stdout.trim();
  const root = await mkdtemp(join(tmpdir(), 'temporal-dev-real-'));
  const data = ['--data', root];
  onTestFinished(async () => {
    await exec(script, ['stop', ...data], { env });
    await rm(root, { recursive: true, force: true });
  });

  const ports = await freePortFlags();
  const { address, ui } = JSON.parse((await exec(script, ['start', ...data, ...ports.flags], { env })).stdout);
  const operator = async (...args: string[]) => (await exec(temporal, ['operator', ...args, '--address', address], { env })).stdout;

  expect((await fetch(ui)).status).toBe(200);
  const attributes = await operator('search-attribute', 'list');
  expect(
    attributes
      .split('\n')
      .map((line) => line.trim().split(/\s+/).join(' '))
      .filter((line) => line.startsWith('Dream'))
      .toSorted(),
  ).toEqual([
    'DreamAwaitingReview Bool',
    'DreamCostUsd Double',
    'DreamOutcome Keyword',
    'DreamSessions Int',
    'DreamStage Keyword',
    'DreamStore Keyword',
    'DreamTrigger Keyword',
  ]);

  await operator('namespace', 'create', '--namespace', 'kept-over-a-restart');
  await exec(script, ['stop', ...data], { env });
  await expect(fetch(ui)).rejects.toThrow();

  await exec(script, ['start', ...data, ...ports.flags], { env });
  expect(await operator('namespace', 'list')).toContain('kept-over-a-restart');
  expect(await operator('search-attribute', 'list')).toContain('DreamAwaitingReview');
}, 900_000);
