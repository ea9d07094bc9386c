/** SIGKILL while the sweep brings a dream's row and its run together. */
import { Client, Connection } from '@temporalio/client';
import { describe, expect, inject, it } from 'vitest';
import { effects, faultPoints } from '../../activities/effect.ts';
import { seedTemplate } from './databases.ts';
import { sweepPoints } from './points.ts';
import { plan, played, record } from './results.ts';
import { differences } from './rows.ts';
import { sweepCases } from './sweep-cases.ts';
import { sweepRun } from './sweep-run.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const undisturbed = await Promise.all(
  effects.sweep.map(async (name) => {
    const seeded = await seedTemplate(servers, sweepCases[name].scenario);
    return { name, seeded, expected: await sweepRun({ client, servers }, seeded, sweepCases[name]) };
  }),
);

plan('kill', sweepPoints.length);

describe.concurrent('a sweep', () => {
  it.for(undisturbed)('ends the dream of "$name", when nothing disturbs it, once and for all', async ({ expected }, { expect }) => {
    expect(expected.archived).toMatchObject({ state: 'archived', bundles: 1 });
  });

  for (const { name, seeded, expected } of undisturbed)
    it.for(faultPoints.filter((point) => point.startsWith(`sweep.${name}:`)))(
      'comes to the same when its worker is killed at %s',
      async (point) => {
        const what = { kind: 'kill', scenario: 'sweep', point, occurrence: 1, extraAnswers: 0 } as const;
        const { exit, status, archived, rows, ms } = await played(what, () =>
          sweepRun({ client, servers }, seeded, sweepCases[name], point),
        );
        const differing = differences(expected.rows, rows);
        const isEnded = exit?.signal === 'SIGKILL' && status === expected.status;
        const recovered = isEnded && differing.length === 0 && archived.histories === expected.archived.histories;
        record({ ...what, recovered, differing: differing.length, ms });
        expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
        expect(status).toBe(expected.status);
        expect(differing).toEqual([]);
        expect(archived).toEqual(expected.archived);
      },
    );
});
