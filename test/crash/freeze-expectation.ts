import { expect } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import type { FreezeResult, Thaw } from './freeze-run.ts';
import type { Reference } from './reference.ts';
import { record } from './results.ts';

/** The late attempt changed no row, the dream is what an undisturbed one is, and the worker that woke up stopped as it was told. */
export function expectUnchanged(reference: Reference, freeze: { point: FaultPoint; thaw: Thaw }, result: FreezeResult): void {
  const { exit, changedLate, differences, ms } = result;
  const differing = changedLate.length + differences.length;
  const scenario = reference.seeded.scenario.name;
  record({ kind: 'freeze', scenario, point: freeze.point, thawed: freeze.thaw, recovered: differing === 0, differing, ms });
  expect(changedLate).toEqual([]);
  expect(differences).toEqual([]);
  expect(exit).toEqual({ code: 0, signal: null });
}
