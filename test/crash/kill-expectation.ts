import { expect } from 'vitest';
import type { KillResult } from './kill-run.ts';
import type { Arm } from './orders.ts';
import type { Reference } from './reference.ts';
import { record } from './results.ts';

/** The worker died where it was to die, and what is left is what an undisturbed dream leaves, at the price of at most the answer in flight. */
export function expectRecovered(reference: Reference, { point, occurrence }: Omit<Arm, 'act'>, result: KillResult): void {
  const { exit, differences, extraAnswers, inVain, lost, ms } = result;
  const { scenario } = reference.seeded;
  const recovered = exit.signal === 'SIGKILL' && differences.length === 0 && inVain === 0;
  record({ kind: 'kill', scenario: scenario.name, point, occurrence, recovered, differing: differences.length, extraAnswers, ms });
  expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
  expect(differences).toEqual([]);
  // What is stored is never asked again; what died between the answer and its storing is what a crash costs.
  expect(inVain).toBe(0);
  if (point.endsWith('.ask:after')) expect(lost).toBeGreaterThanOrEqual(1);
}
