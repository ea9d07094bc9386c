import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { nodeArguments, packageFolder } from '../../client/up/entry-point.ts';
import { isAlive } from '../../client/up/processes.ts';
import { readUpFile } from '../../client/up/up-file.ts';
import type { UpFile } from '../../client/up/up-file.ts';
import type { ShownDream } from '../../client/show-dream.ts';
import { childEnvironment } from '../../config/environment.ts';
import { replayFolder } from '../support/replay-folder.ts';
import { temporaryFolder } from './calls.ts';

async function demo(
  folder: string,
  ...more: string[]
): Promise<{ exitCode: number | null; stdout: string; stderr: string; up: UpFile | undefined }> {
  const child = spawn(process.execPath, [...nodeArguments('client/cli/main'), 'demo', '--data', folder, ...more], {
    env: childEnvironment({ DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  let up: UpFile | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    up ??= readUpFile(folder);
  });
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr, up };
}

function pidsOf(up: UpFile | undefined): number[] {
  return up === undefined ? [] : [up.pid, ...Object.values(up.pids).filter((pid): pid is number => pid !== null)];
}

it('shows what changed and why, leaves the new store and no process behind, and does so again', async () => {
  const folder = temporaryFolder();
  const first = await demo(folder);
  expect([first.exitCode, first.stderr]).toEqual([0, expect.stringContaining('commitDream')]);
  expect(first.stderr).not.toContain('error:');
  const store = /The new store: (.+)/.exec(first.stdout)?.[1] ?? '';
  expect(existsSync(join(store, '_index.md')) && existsSync(join(store, 'provenance.json'))).toBe(true);
  expect(first.stdout).toMatch(/This run: http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\/drm_/);
  expect(first.stdout).toContain('The offline engine judged');
  expect(first.stdout).toMatch(/from: .+, 2026-\d\d-\d\d, user: “.+”/);
  expect(first.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  // What the example's policies say is nobody's to tidy.
  const policy = 'policies/security.md';
  expect(readFileSync(join(store, policy), 'utf8')).toBe(
    readFileSync(join(packageFolder(), 'examples', 'atlas', 'memory', policy), 'utf8'),
  );
  expect(pidsOf(first.up)).toHaveLength(4);
  expect(pidsOf(first.up).filter(isAlive)).toEqual([]);

  const second = await demo(folder, '--json');
  const { dream, exported } = JSON.parse(second.stdout) as { dream: ShownDream; exported: string };
  expect([second.exitCode, dream.open_dreams.outcome]).toEqual([0, 'committed']);
  expect(second.stderr).toContain('is there already with the same bytes');
  expect(exported).not.toBe(store);
  for (const name of ['_index.md', 'notes/deploy.md'])
    expect(readFileSync(join(exported, name), 'utf8')).toBe(readFileSync(join(store, name), 'utf8'));
  expect(pidsOf(second.up).filter(isAlive)).toEqual([]);
  expect(await replayFolder(folder)).toBe(2);
}, 300_000);
