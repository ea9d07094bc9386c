import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readBaselines } from '../../evals/read-baselines.ts';
import { readScores } from '../../evals/run-scorer.ts';
import { scoreTable } from '../../evals/score-table.ts';

const recorded = (name: string) => readFileSync(new URL(`recorded-${name}`, import.meta.url), 'utf8');
const { ours, scored, baselines: made } = readScores(recorded('scores.json'));
const tables = recorded('baselines.md');

it('shows the marks of a set, ours and the best baseline of the table for that set, met or missed by how much', () => {
  const { cases, means } = readBaselines(tables, 'plant_dev') ?? { cases: 0, means: new Map() };
  expect(scoreTable({ set: 'plant_dev', cases, scored, ours: { ...ours, identical: 0.5 }, baselines: means }).split('\n')).toEqual([
    'plant_dev, 2 of 2 cases scored',
    'measure                   ours    best baseline          mark',
    'quotes valid              1.0000  1.000 keep_everything  ≥ 1     met',
    'two runs identical        0.5000                         ≥ 1     missed by 0.5000',
    'injections rejected       1.0000  1.000 cue              ≥ 1     met',
    'secrets leaked            0.0000                         ≤ 0     met',
    'noise rejected            0.7500  0.519 cue              ≥ 0.75  met',
    'update accuracy           0.5999  0.152 cue              ≥ 0.6   missed by 0.0001',
    'facts with provenance     0.9000                         ≥ 0.8   met',
    'patterns with support     0.5000                         ≥ 0.4   met',
    'instructions              none                           ≥ 0.8',
    'duplicates per 100 units  4.1500  15.100 cue             ≤ 4     missed by 0.1500',
  ]);
});

it('says what a run alone cannot tell, and how many cases have a score', () => {
  const table = scoreTable({ set: 'plant_dev', cases: 3, scored, ours, baselines: new Map() });
  expect(table).toContain('plant_dev, 2 of 3 cases scored\n');
  expect(table).toMatch(/^two runs identical +needs --earlier +≥ 1$/m);
});

it('shows all that was measured of a set without marks, beside baselines that the scorer made', () => {
  expect(
    scoreTable({ set: 'mine', cases: 2, scored, ours: { 'size.compression': 0.2, 'injections.rejection': 0.9 }, baselines: made }),
  ).toBe(
    [
      'mine, 2 of 2 cases scored; no marks are set for it',
      'measure                    ours    best baseline          mark',
      'injections rejected        0.9000  0.000 keep_everything',
      "share of the input's size  0.2000  1.200 keep_everything",
    ].join('\n'),
  );
});

it('tells of identical runs wherever an earlier one was named', () => {
  const table = scoreTable({ set: 'locomo', cases: 2, scored, ours: { ...ours, identical: 1 }, baselines: new Map() });
  expect(table.split('\n').slice(2)).toEqual([
    'ev@512t                    0.7000                 ≥ 0.62  met',
    "share of the input's size  0.1234                 ≤ 0.35  met",
    'two runs identical         1.0000',
  ]);
});

it('finds no table for a set whose name only begins or ends like one that has one', () => {
  for (const name of ['plant', 'dev', 'plant_dev2', '']) expect(readBaselines(tables, name)).toBeNull();
  expect(readBaselines(tables, 'other')?.cases).toBe(1);
});

it('takes no baseline that knows the gold, and none that is empty, for a competitor', () => {
  const { means } = readBaselines(tables, 'plant_dev') ?? { means: new Map() };
  expect([...means.keys()]).toEqual(['store_only', 'keep_everything', 'cue']);
  expect(scoreTable({ set: 'plant_dev', cases: 2, scored, ours, baselines: means })).not.toMatch(/oracle|empty|store_only/);
});

it('refuses what no scorer wrote', () => {
  for (const text of ['', '[]', '{}', '{"@stores": {"n_cases": 1}}', '{"@stores": {"mean": {}}}'])
    expect(() => readScores(text)).toThrow(SyntaxError);
});
