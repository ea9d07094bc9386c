/**
 * `npm run test:crash`: the whole matrix. `--soak [--minutes N] [--seed S] [--dreams N]` draws dreams and faults instead; `--report FILE` writes
 * what came of it; with `--results FILE` (again for each) nothing is run, and the page is made of those.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderReport } from './report.ts';
import type { Result } from './results.ts';
import { record } from './results.ts';
import { runSoak } from './soak.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    soak: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    dreams: { type: 'string' },
    report: { type: 'string' },
    results: { type: 'string', multiple: true, default: [] },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'open-dreams-crash-results-'));
const results = join(folder, 'results.jsonl');
// For this process and those that it starts.
process.env['CRASH_RESULTS'] = results;
const isRendering = values.report !== undefined && values.results.length > 0;
const status = isRendering ? 0 : values.soak ? await soak() : run();
process.stdout.write(`results: ${results}\n`);
if (values.report !== undefined) {
  const lines = [results, ...values.results].filter((file) => existsSync(file)).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const all = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Result);
  writeFileSync(values.report, renderReport(all));
}
process.exit(status);

/** Vitest starts servers and bundle; a line for each test, because the whole takes long, and their number for the report. */
function run(): number {
  const from = Date.now();
  const summary = join(folder, 'vitest.json');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${summary}`];
  const { status: code } = spawnSync('npx', ['vitest', 'run', '--project', 'crash', ...reporters, ...positionals], { stdio: 'inherit' });
  record({ kind: 'vitest', code: code ?? 1, ...countsOf(summary), ms: Date.now() - from });
  return code ?? 1;
}

/** Nothing where vitest came to no summary. */
function countsOf(summary: string): { tests: number | null; passed: number | null } {
  if (!existsSync(summary)) return { tests: null, passed: null };
  const { numTotalTests, numPassedTests } = JSON.parse(readFileSync(summary, 'utf8')) as { numTotalTests: number; numPassedTests: number };
  return { tests: numTotalTests, passed: numPassedTests };
}

/** Without a seed it draws one; what it says first is which. */
async function soak(): Promise<number> {
  const seed = values.seed === undefined ? randomInt(1_000_000) : whole('seed', values.seed, 0);
  const dreams = values.dreams === undefined ? {} : { dreams: whole('dreams', values.dreams, 1) };
  const { failures } = await runSoak({ minutes: whole('minutes', values.minutes, 1), seed, ...dreams });
  return failures.length === 0 ? 0 : 1;
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < least)
    throw new Error(`--${option} is "${text}"; it must be a whole number, ${String(least)} or more.`);
  return number;
}
