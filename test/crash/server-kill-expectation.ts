import { expect } from 'vitest';
import type { Reference } from './reference.ts';
import { played, record } from './results.ts';
import type { ServerKill, ServerKillResult } from './server-kill-run.ts';

/** The dream is what an undisturbed one is, at the price of the answers in flight, and the worker lived until it was told to stop. */
export async function expectUnharmed(
  reference: Reference,
  { server, point, goesOn }: ServerKill,
  play: () => Promise<ServerKillResult>,
): Promise<void> {
  const what = { kind: 'server', scenario: reference.seeded.scenario.name, server, point, goesOn } as const;
  const { differences, exit, status, extraAnswers, inVain, output, ms } = await played({ ...what, extraAnswers: 0 }, play);
  // A worker that lives keeps what is in its hands until the database is back. Without Temporal it may be taken for dead: at most what was
  // in flight then, on two threads.
  const atMost = server === 'PostgreSQL' ? 0 : 2;
  const isPaidOnce = extraAnswers <= atMost && inVain === 0;
  const recovered = differences.length === 0 && status === 'COMPLETED' && exit.code === 0 && isPaidOnce;
  record({ ...what, recovered, differing: differences.length, extraAnswers, ms });
  expect(differences).toEqual([]);
  expect(status).toBe('COMPLETED');
  expect(extraAnswers).toBeLessThanOrEqual(atMost);
  expect(inVain).toBe(0);
  expect(exit, output).toEqual({ code: 0, signal: null });
}
