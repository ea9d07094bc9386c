import { expect, describe, inject, it, onTestFinished } from 'vitest';
import { localTemporalSettings } from '../../config/temporal.ts';
import type { Call } from '../../evals/orchestration/calls.ts';
import { mostInFlight, repeatedCalls } from '../../evals/orchestration/calls.ts';
import { orchestrationCost } from '../../evals/orchestration/cost.ts';
import { medianRun, orchestrationTable } from '../../evals/orchestration/cost-table.ts';
import { factsInWindow } from '../../evals/orchestration/material.ts';
import type { MeasuredDream } from '../../evals/orchestration/measure-dream.ts';
import { measureDream } from '../../evals/orchestration/measure-dream.ts';
import { startTimedWorker } from '../../evals/orchestration/timed-worker.ts';
import type { ActivityTime } from '../../evals/orchestration/timeline.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { replayDreams } from '../support/replayed.ts';
import { workspaceId } from '../support/seeds.ts';

const call = (step: Call['step'], key: string, begunAt: number, endedAt: number): Call => ({ step, key, begunAt, endedAt });
const activity = (step: string, scheduledAt: number, startedAt: number, completedAt: number): ActivityTime => ({
  step,
  scheduledAt,
  startedAt,
  completedAt,
});

describe('the journal of engine calls', () => {
  it('knows how many were under way at once; one that follows another within a millisecond is not beside it', () => {
    const calls = [call('extractFacts', 'a', 0, 10), call('extractFacts', 'b', 5, 20), call('extractFacts', 'c', 10, 30)];
    expect(mostInFlight(calls)).toBe(2);
    expect(mostInFlight([...calls, call('extractFacts', 'd', 12, 13)])).toBe(3);
    expect(mostInFlight([])).toBe(0);
  });

  it('counts what was asked twice, by step', () => {
    expect(repeatedCalls([call('extractFacts', 'a', 0, 1), call('reconcileGroup', 'a', 1, 2)])).toBe(0);
    expect(repeatedCalls([call('extractFacts', 'a', 0, 1), call('extractFacts', 'a', 1, 2)])).toBe(1);
  });
});

describe('what orchestration cost', () => {
  /** Nine packs of 100 ms: two rounds, one of eight and one of a single pack. */
  const packs = Array.from({ length: 9 }, (_, pack) => pack);
  const calls = packs.map((pack) => call('extractFacts', String(pack), 1_030 + (pack === 8 ? 150 : 0), 1_130 + (pack === 8 ? 150 : 0)));
  const timeline = {
    begunAt: 1_000,
    endedAt: 1_400,
    activities: [
      activity('openDream', 1_010, 1_011, 1_015),
      ...packs.map((pack) => (pack === 8 ? activity('extractFacts', 1_170, 1_175, 1_290) : activity('extractFacts', 1_020, 1_025, 1_140))),
      activity('stageDraft', 1_300, 1_302, 1_330),
      activity('checkDraft', 1_335, 1_336, 1_340),
      activity('stageDraft', 1_345, 1_346, 1_350),
    ],
    workflowTasks: 6,
  };
  const cost = orchestrationCost(timeline, calls, 100);

  it('is wall time over full rounds of eight calls', () => {
    expect(cost).toMatchObject({ wallMs: 400, criticalMs: 200, ratio: 2, calls: 9, mostInFlight: 8, repeatedCalls: 0 });
  });

  it('is told step by step, a step that came again as a step of its own', () => {
    expect(cost.steps.map(({ step, activities, gapMs, spanMs, criticalMs }) => [step, activities, gapMs, spanMs, criticalMs])).toEqual([
      ['openDream', 1, 10, 5, 0],
      ['extractFacts', 9, 5, 270, 200],
      ['stageDraft', 1, 10, 30, 0],
      ['checkDraft', 1, 5, 5, 0],
      ['stageDraft', 1, 5, 5, 0],
    ]);
    expect(cost.steps[1]).toMatchObject({ queuedMs: 5, workMs: 15 });
    expect(cost.tailMs).toBe(50);
    expect(cost.steps.reduce((sum, step) => sum + step.gapMs + step.spanMs, cost.tailMs)).toBe(cost.wallMs);
  });

  it('is the run in the middle', () => {
    const run = (ratio: number): MeasuredDream => ({
      ...cost,
      ratio,
      historyEvents: 40,
      historyBytes: 12_000,
      facts: 9,
      changes: 1,
      load: 0.5,
    });
    const runs = [run(1.3), run(1.05), run(1.1)];
    expect(medianRun(runs).ratio).toBe(1.1);
    const shown = orchestrationTable({ sessions: 9, windows: 1, lines: 10, latencyMs: 100, runs });
    expect(shown).toMatch(/^median +1\.100 \(goal at most 1\.10\)$/m);
    expect(shown).toMatch(/^history +40 events, 12 kB, 6 workflow tasks$/m);
    expect(shown).toMatch(/^extractFacts +9 +5 +270 +200 +70 +5 +15$/m);
    expect(shown).toMatch(/^wall less critical +200$/m);
  });
});

it('measures a real dream: each question asked once, never more than eight at a time', async () => {
  const { database, url } = await databaseForTest();
  onTestFinished(() => replayDreams(database));
  const temporal = localTemporalSettings(inject('temporalAddress'), 'default');
  const servers = { databaseUrl: url, temporal, workspaceId };
  // Long enough for all lanes to be under way at once on a busy machine: with 20 ms twelve lanes looked like eight.
  const latencyMs = 500;
  const worker = await startTimedWorker({ ...servers, latencyMs, signal: new AbortController().signal });
  onTestFinished(() => worker.stop());
  const size = { sessions: 24, windows: 1, lines: 150 };
  const cost = await measureDream({ ...servers, worker, size, latencyMs, seed: 1, progress: () => undefined });

  const packsOf = (step: string): number => cost.steps.find((candidate) => candidate.step === step)?.activities ?? 0;
  expect(packsOf('extractFacts')).toBe(24);
  expect(packsOf('reconcileGroup')).toBeGreaterThan(3);
  expect(cost).toMatchObject({ calls: 24 + packsOf('reconcileGroup') + 1, repeatedCalls: 0, facts: 24 * factsInWindow });
  expect(cost.mostInFlight).toBeGreaterThan(4);
  expect(cost.mostInFlight).toBeLessThanOrEqual(8);
  expect(cost.criticalMs).toBe((3 + Math.ceil(packsOf('reconcileGroup') / 8) + 1) * latencyMs);
  expect(cost.wallMs).toBeGreaterThan(cost.criticalMs);
  expect(cost.steps.reduce((sum, step) => sum + step.gapMs + step.spanMs, cost.tailMs)).toBe(cost.wallMs);
  expect(cost.changes).toBeGreaterThan(0);
  expect(cost.historyEvents).toBeGreaterThan(100);
  expect(cost.historyBytes).toBeGreaterThan(10_000);
}, 240_000);
