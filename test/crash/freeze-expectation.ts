import { expect } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import type { FreezeResult, Thaw } from './freeze-run.ts';
import type { Reference } from './reference.ts';
import { played, record } from './results.ts';

/** The late attempt changed no row though it went on, the dream is what an undisturbed one is, and its worker stopped as it was told. */
export async function expectUnchanged(
  reference: Reference,
  { point, thaw }: { point: FaultPoint; thaw: Thaw },
  play: () => Promise<FreezeResult>,
): Promise<void> {
  const what = { kind: 'freeze', scenario: reference.seeded.scenario.name, point, thawed: thaw } as const;
  const { exit, status, changedLate, late, differences, ms } = await played(what, play);
  const differing = changedLate.length + differences.length;
  const [effect = '', moment = ''] = point.split(':');
  const [step = ''] = effect.split('.');
  // It wrote late, or tried to and was refused; else there was nothing late that could have changed a row. One that is to ask asks
  // nobody where it hears in time that it is no longer wanted.
  const wasTold = effect.endsWith('.ask') && late.includes(`${point} told`);
  const wentOn = moment === 'after' || late.includes(`${effect}:after`) || late.includes(`${step} failed`) || wasTold;
  const recovered = differing === 0 && status === 'COMPLETED' && exit.code === 0 && wentOn;
  record({ ...what, recovered, differing, ms });
  expect(changedLate).toEqual([]);
  expect(differences).toEqual([]);
  expect(status).toBe('COMPLETED');
  expect(exit).toEqual({ code: 0, signal: null });
  expect(wentOn, `Of the thawed worker nothing was seen but: ${late.join(', ')}`).toBe(true);
}
