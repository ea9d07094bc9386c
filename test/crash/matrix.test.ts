/** SIGKILL at every fault point that a dream comes past: the first, the middle and the last time. */
import { Client, Connection } from '@temporalio/client';
import { describe, expect, inject, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { expectRecovered } from './kill-expectation.ts';
import { killRun } from './kill-run.ts';
import { stepPoints } from './points.ts';
import type { Reference } from './reference.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { scenarios } from './scenario.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const references: Reference[] = [];
for (const scenario of scenarios) references.push(await runReference(client, servers, scenario));

/** Steps before it are the same in every scenario; the one whose engine is asked kills there. */
const fromHere = stepPoints.indexOf('stageDraft.stage:before');

function killsOf({ seeded, occurrences }: Reference): { point: FaultPoint; occurrence: number }[] {
  const points = stepPoints.filter((_, index) => seeded.scenario.answered !== true || index >= fromHere);
  return points.flatMap((point) => {
    const count = occurrences.get(point) ?? 0;
    return count === 0 ? [] : [...new Set([1, Math.ceil(count / 2), count])].map((occurrence) => ({ point, occurrence }));
  });
}

plan('kill', references.flatMap(killsOf).length);

it('comes past every fault point of a step in some scenario', () => {
  const reached = new Set(references.flatMap((reference) => killsOf(reference).map(({ point }) => point)));
  expect(stepPoints.filter((point) => !reached.has(point))).toEqual([]);
});

for (const reference of references) {
  const { scenario } = reference.seeded;
  describe.concurrent(`a dream that ends ${scenario.name}`, () => {
    it('ends so when nothing disturbs it, and changes rows in nothing but its effects', ({ expect }) => {
      expect(reference.writers).toBe(reference.writes);
      const dream = JSON.parse(reference.rows.tables['dreams']?.[0] ?? '{}') as { outcome?: string };
      expect(dream.outcome).toBe(scenario.outcome);
    });

    it.for(killsOf(reference))('comes to the same when its worker is killed at $point, time $occurrence', async (kill) => {
      await expectRecovered(reference, kill, () => killRun(client, servers, reference, kill));
    });
  });
}
