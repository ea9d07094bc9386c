import { expect } from 'vitest';
import type { Reference } from './reference.ts';
import { record } from './results.ts';
import type { ServerKill, ServerKillResult } from './server-kill-run.ts';

/** The dream is what an undisturbed one is, at the price of the answers in flight, and the worker lived until it was told to stop. */
export function expectUnharmed(reference: Reference, { server, point, goesOn }: ServerKill, result: ServerKillResult): void {
  const { differences, exit, extraAnswers, inVain, ms } = result;
  const { scenario } = reference.seeded;
  const recovered = differences.length === 0;
  record({ kind: 'server', scenario: scenario.name, server, point, goesOn, recovered, differing: differences.length, extraAnswers, ms });
  expect(differences).toEqual([]);
  // At most what was in flight, on two threads.
  expect(extraAnswers).toBeLessThanOrEqual(2);
  expect(inVain).toBe(0);
  expect(exit, result.output).toEqual({ code: 0, signal: null });
}
