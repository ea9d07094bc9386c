/** SIGKILL while the sweep brings a dream's row and its run together. */
import { isDeepStrictEqual } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { describe, expect, inject, it } from 'vitest';
import { effects } from '../../activities/effect.ts';
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
  it.for(undisturbed)('ends the dream of $name as it should, when nothing disturbs it', ({ name, expected }, { expect }) => {
    const { outcome, status } = sweepCases[name];
    expect(expected).toMatchObject({ status, archived: { state: 'archived', bundles: 1 } });
    const dream = JSON.parse(expected.rows.tables['dreams']?.[0] ?? '{}') as { outcome?: string };
    expect(dream.outcome).toBe(outcome);
  });

  for (const { name, seeded, expected } of undisturbed)
    it.for(sweepPoints.filter((point) => point.startsWith(`sweep.${name}:`)))(
      'comes to the same when its worker is killed at %s',
      async (point) => {
        const what = { kind: 'kill', scenario: 'sweep', point, occurrence: 1 } as const;
        const play = () => sweepRun({ client, servers }, seeded, sweepCases[name], point);
        const { exit, status, archived, rows, answers, lost, inVain, ms } = await played({ ...what, extraAnswers: 0 }, play);
        const differing = differences(expected.rows, rows);
        const extraAnswers = answers - expected.answers;
        const isEnded = exit?.signal === 'SIGKILL' && status === expected.status;
        const isPaidOnce = inVain === 0 && extraAnswers <= lost;
        const recovered = isEnded && isPaidOnce && differing.length === 0 && isDeepStrictEqual(archived, expected.archived);
        record({ ...what, recovered, differing: differing.length, extraAnswers, ms });
        expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
        expect(status).toBe(expected.status);
        expect(differing).toEqual([]);
        expect(inVain).toBe(0);
        expect(extraAnswers).toBeLessThanOrEqual(lost);
        expect(archived).toEqual(expected.archived);
      },
    );
});
