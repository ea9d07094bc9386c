import { expect } from 'vitest';
import type { KillResult } from './kill-run.ts';
import type { Arm } from './orders.ts';
import type { Reference } from './reference.ts';
import { played, record } from './results.ts';

/** The worker dies where it is to die, and what is left is what an undisturbed dream leaves, at the price of the answers in its hands. */
export async function expectRecovered(
  reference: Reference,
  { point, occurrence }: Omit<Arm, 'act'>,
  play: () => Promise<KillResult>,
): Promise<void> {
  const what = { kind: 'kill', scenario: reference.seeded.scenario.name, point, occurrence } as const;
  const { exit, status, archived, differences, extraAnswers, inVain, lost, ms } = await played({ ...what, extraAnswers: 0 }, play);
  const isArchived = archived.state === 'archived' && archived.histories === 1 && archived.bundles === 1;
  // What died between the answer and its storing is asked for again; else nothing would be counted here.
  const atLeast = point.endsWith('.ask:after') ? 1 : 0;
  const isPaidOnce = inVain === 0 && extraAnswers <= lost && extraAnswers >= atLeast;
  const isEnded = exit.signal === 'SIGKILL' && status === 'COMPLETED';
  const recovered = isEnded && isArchived && isPaidOnce && differences.length === 0;
  record({ ...what, recovered, differing: differences.length, extraAnswers, ms });
  expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
  expect(status).toBe('COMPLETED');
  expect(differences).toEqual([]);
  // What is stored is never asked again; what died between the answer and its storing is what a crash costs.
  expect(inVain).toBe(0);
  // Less where the answer was stored and its process died before it could write that down.
  expect(extraAnswers).toBeLessThanOrEqual(lost);
  expect(extraAnswers).toBeGreaterThanOrEqual(atLeast);
  expect(archived).toEqual({ state: 'archived', histories: 1, bundles: 1 });
}
