/**
 * `npm run test:crash`: the whole matrix. `--soak [--minutes N] [--seed S]` draws dreams and faults instead; `--report FILE` writes
 * what came of it, from the results of this run and of those given with `--results FILE`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderReport } from './report.ts';
import type { Result } from './results.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    soak: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    report: { type: 'string' },
    results: { type: 'string', multiple: true, default: [] },
  },
});

const results = join(mkdtempSync(join(tmpdir(), 'open-dreams-crash-results-')), 'results.jsonl');
const started = Date.now();
const isRendering = values.report !== undefined && values.results.length > 0;
const status = isRendering ? 0 : run();
process.stdout.write(`results: ${results}\n`);
if (values.report !== undefined) {
  const lines = [results, ...values.results].filter((file) => existsSync(file)).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const all = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Result);
  writeFileSync(values.report, renderReport(all, isRendering ? null : Date.now() - started));
}
process.exit(status);

/** Vitest starts servers and bundle in either case; the soak is a test of its own there. */
function run(): number {
  const soak = { SOAK_MINUTES: values.minutes, ...(values.seed === undefined ? {} : { SOAK_SEED: values.seed }) };
  const environment = { ...process.env, CRASH_RESULTS: results, ...(values.soak ? soak : {}) };
  const files = values.soak ? ['test/crash/soak'] : positionals;
  const { status: code } = spawnSync('npx', ['vitest', 'run', '--project', 'crash', ...files], { stdio: 'inherit', env: environment });
  return code ?? 1;
}
