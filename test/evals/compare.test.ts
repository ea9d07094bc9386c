import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pairedDifference } from '../../evals/compare/bootstrap.ts';
import { compareSet } from '../../evals/compare/compare-sets.ts';
import { compareTable } from '../../evals/compare/compare-table.ts';
import { listSets } from '../../evals/list-sets.ts';

const pairs = (...values: [number, number][]) => values.map(([a, b]) => ({ a, b }));

describe('the interval of a difference', () => {
  it('is the same each time, and holds the mean', () => {
    const noisy = pairs([0.2, 0.5], [0.4, 0.3], [0.1, 0.6], [0.5, 0.5], [0.3, 0.7]);
    const { a, b, mean, low, high } = pairedDifference([noisy]);
    expect(pairedDifference([noisy])).toEqual({ a, b, mean, low, high });
    expect([a, b, mean].map((value) => value.toFixed(3))).toEqual(['0.300', '0.520', '0.220']);
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
  });

  it('has no width where every pair differs by the same', () => {
    expect(pairedDifference([pairs([0, 1], [1, 2], [2, 3])])).toMatchObject({ mean: 1, low: 1, high: 1 });
  });

  it('pairs: what both find hard makes the difference no less sure', () => {
    const paired = pairedDifference([pairs([0, 0.1], [0.5, 0.6], [0.9, 1], [0.2, 0.3])]);
    const crossed = pairedDifference([pairs([0, 1], [0.5, 0.1], [0.9, 0.3], [0.2, 0.6])]);
    expect(paired.mean).toBeCloseTo(crossed.mean, 10);
    expect(paired.high - paired.low).toBeLessThan(0.01);
    expect(crossed.high - crossed.low).toBeGreaterThan(0.5);
  });

  it('gives a case of few questions the weight of one of many, as the scorer does', () => {
    const many = Array.from({ length: 50 }, () => ({ a: 0, b: 0 }));
    expect(pairedDifference([many, pairs([0, 1])]).mean).toBe(0.5);
  });
});

describe('two methods over a set', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compare-'));
    for (const name of ['scorers', 'bin', 'cases', 'ours']) mkdirSync(join(folder, name));
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, 'cases', `${name}.json`), '{}');
    for (const name of ['a', 'b']) writeFileSync(join(folder, 'ours', `${name}.json`), '{"recall":0.75,"ev":[1,null,0.5]}');
    python();
    return () => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    };
  });

  /** Stands for Python and the scorer: a baseline is a store with its own numbers, a score what the store says. */
  function python(): void {
    const file = join(folder, 'bin', 'python3');
    const source = `#!${process.execPath}
const fs = require('node:fs');
const [script, first, second, ...rest] = process.argv.slice(2);
const at = (name) => rest[rest.indexOf(name) + 1];
if (script.endsWith('baselines.py')) {
  if (second !== 'cue') process.exit(1);
  fs.writeFileSync(at('--out'), '{"recall":0.5,"ev":[0,1,0.5]}');
} else {
  const { recall, ev } = JSON.parse(fs.readFileSync(second, 'utf8'));
  fs.writeFileSync(at('--out'), JSON.stringify({ case: 'x', facts: { recall } }));
  fs.writeFileSync(at('--rows'), JSON.stringify(ev.map((value) => ({ 'ev@512t': value }))));
}
`;
    writeFileSync(file, source);
    chmodSync(file, 0o755);
    vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`);
  }

  const compared = async (baseline: string) => {
    const [set] = listSets(join(folder, 'cases'));
    if (set === undefined) throw new Error('The folder holds cases.');
    const signal = new AbortController().signal;
    const scoring = { scorers: join(folder, 'scorers'), signal, jobs: 2 };
    return await compareSet(set, { a: { baseline }, b: { stores: join(folder, 'ours') }, ...scoring });
  };

  it('compares the cases that both have a store of, questions one by one, and no interval over a handful of cases', async () => {
    const { cases, lines } = await compared('cue');
    expect(cases).toBe(2);
    const table = compareTable(lines);
    expect(table).toMatch(/^\| fact recall +\| 0\.500 \| 0\.750 \| \+0\.250 \| too few cases +\| +\| +\|$/m);
    // The question without a value on one side is no pair: (0, 1) and (0.5, 0.5) are left, in each of two cases.
    expect(table).toMatch(/^\| ev@512t +\| 0\.250 \| 0\.750 \| \+0\.500 \| \+0\.000 to \+1\.000 +\| 4 questions \| +\|$/m);
  });

  it('says that the scorer refused, and quotes nothing of it', async () => {
    await expect(compared('nonsense')).rejects.toThrow("The scorer's baselines.py ended with exit code 1.");
  });
});
