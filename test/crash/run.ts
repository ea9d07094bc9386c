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

const results = join(mkdtempSync(join(tmpdir(), 'open-dreams-crash-results-')), 'results.jsonl');
const started = Date.now();
const isRendering = values.report !== undefined && values.results.length > 0;
const status = isRendering ? 0 : values.soak ? await soak() : run();
process.stdout.write(`results: ${results}\n`);
if (values.report !== undefined) {
  const lines = [results, ...values.results].filter((file) => existsSync(file)).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const all = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Result);
  writeFileSync(values.report, renderReport(all, isRendering ? null : Date.now() - started));
}
process.exit(status);

/** Vitest starts servers and bundle; a line for each test, because the whole takes long. */
function run(): number {
  const environment = { ...process.env, CRASH_RESULTS: results };
  const { status: code } = spawnSync('npx', ['vitest', 'run', '--project', 'crash', '--reporter=verbose', ...positionals], {
    stdio: 'inherit',
    env: environment,
  });
  return code ?? 1;
}

/** Without a seed it draws one; what it says first is which. */
async function soak(): Promise<number> {
  process.env['CRASH_RESULTS'] = results;
  const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
  const dreams = values.dreams === undefined ? {} : { dreams: Number(values.dreams) };
  const { failures } = await runSoak({ minutes: Number(values.minutes), seed, ...dreams });
  return failures.length === 0 ? 0 : 1;
}
