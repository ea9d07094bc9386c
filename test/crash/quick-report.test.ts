/** What the tests of kills call recovered, and that the page shows a run which did not: each of them fails when it should. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { expectUnchanged } from './freeze-expectation.ts';
import type { FreezeResult } from './freeze-run.ts';
import { expectRecovered } from './kill-expectation.ts';
import type { KillResult } from './kill-run.ts';
import type { Reference } from './reference.ts';
import { renderReport } from './report.ts';
import type { Result } from './results.ts';
import { plan } from './results.ts';
import { committed } from './scenario.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-dreams-crash-report-'));
  vi.stubEnv('CRASH_RESULTS', join(folder, 'results.jsonl'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function recorded(): Result[] {
  const lines = readFileSync(join(folder, 'results.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Result);
}

const reference = { seeded: { scenario: committed } } as Reference;
const kill = { point: 'extractFacts.ask:after', occurrence: 2 } as const;
const freeze = { point: 'planWindows.plan:uncommitted', thaw: 'after the end' } as const;

const killed: KillResult = {
  exit: { code: null, signal: 'SIGKILL' },
  status: 'COMPLETED',
  archived: { state: 'archived', histories: 1, bundles: 1 },
  differences: [],
  inVain: 0,
  extraAnswers: 1,
  lost: 1,
  ms: 8_000,
};
const frozen: FreezeResult = {
  exit: { code: 0, signal: null },
  status: 'COMPLETED',
  changedLate: [],
  late: ['planWindows failed'],
  differences: [],
  ms: 8_000,
};

const judgeKill = (result: Partial<KillResult>) => expectRecovered(reference, kill, () => Promise.resolve({ ...killed, ...result }));
const judgeFreeze = (result: Partial<FreezeResult>) => expectUnchanged(reference, freeze, () => Promise.resolve({ ...frozen, ...result }));

it('says of runs that recovered that all did', async () => {
  plan('kill', 1);
  plan('freeze', 1);
  await judgeKill({});
  await judgeFreeze({});
  const page = renderReport(recorded());
  expect(page).toContain('| SIGKILL | 1 | 1 |  |');
  expect(page).toContain('Everything that was recorded recovered.');
});

it('names a run that came to no end, and counts one that was never heard of', async () => {
  plan('kill', 2);
  const hung = new Error('The dream did not end within 240 s.');
  await expect(expectRecovered(reference, kill, () => Promise.reject(hung))).rejects.toThrow(hung);
  const page = renderReport([...recorded(), { kind: 'vitest', code: 1, tests: 2, passed: 0, ms: 480_000 }]);
  expect(page).toContain('Vitest ended with 1 after 8 minutes: 0 of 2 tests passed.');
  expect(page).toContain('| SIGKILL | 2 | 1 | **not all** |');
  expect(page).toContain('Did **not** recover:\n\n- SIGKILL at extractFacts.ask:after, time 2 (committed)\n');
  expect(page).toContain('1 kills, 0 recovered');
});

it('names a soak in which dreams were not what they should be', () => {
  const page = renderReport([{ kind: 'soak', seed: 7, dreams: 20, faults: 30, failures: 2, minutes: 10 }]);
  expect(page).toContain('Did **not** recover:\n\n- 2 dreams of the soak from 7\n');
});

const notRecovered: [string, Partial<KillResult>][] = [
  ['was never killed', { exit: { code: null, signal: null } }],
  ['failed', { status: 'FAILED' }],
  ['left other rows', { differences: ['dreams lacks something'] }],
  ['asked for what was stored', { inVain: 1 }],
  ['asked for more than was in hand', { extraAnswers: 2 }],
  ['asked for nothing again that was in hand', { extraAnswers: 0 }],
  ['was not archived', { archived: { state: 'due', histories: 0, bundles: 1 } }],
];

it.for(notRecovered)('does not let a killed run pass that %s', async ([, result]) => {
  await expect(judgeKill(result)).rejects.toThrow();
  expect(recorded()).toMatchObject([{ kind: 'kill', recovered: false }]);
});

const notUnchanged: [string, Partial<FreezeResult>][] = [
  ['changed rows', { changedLate: ['dreams lacks something'] }],
  ['did not go on', { late: [] }],
  ['came past nothing but another step', { late: ['takeSnapshot.pin:after', 'takeSnapshot failed'] }],
  ['heard that it was not wanted, and asks no engine', { late: ['planWindows.plan:uncommitted told'] }],
  ['failed', { status: 'FAILED' }],
  ['did not stop', { exit: { code: null, signal: 'SIGKILL' } }],
];

it.for(notUnchanged)('does not let a thawed worker pass whose run %s', async ([, result]) => {
  await expect(judgeFreeze(result)).rejects.toThrow();
  expect(recorded()).toMatchObject([{ kind: 'freeze', recovered: false }]);
});
