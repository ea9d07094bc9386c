/** The part of the matrix that every test run does: one kill in each kind of step, and that no effect is missing from the list. */
import { Client, Connection } from '@temporalio/client';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { expectRecovered } from './kill-expectation.ts';
import { killRun } from './kill-run.ts';
import type { Reference } from './reference.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { committed } from './scenario.ts';
import { testServers } from './test-servers.ts';

let client: Client;
let reference: Reference;
beforeAll(async () => {
  client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
  reference = await runReference(client, testServers(), committed);
}, 300_000);

it('changes rows in nothing but effects', () => {
  expect(reference.writes).toBeGreaterThan(10);
  expect(reference.writers).toBe(reference.writes);
});

const kills: [FaultPoint, number][] = [
  ['planWindows.plan:uncommitted', 1],
  ['extractFacts.ask:after', 2],
  ['reconcileGroup.keep:after', 1],
  ['stageDraft.stage:after', 1],
  ['commitDream.commit:after', 1],
];
plan('kill', kills.length);

describe.concurrent('a worker that is killed', { timeout: 300_000 }, () => {
  it.for(kills)('at %s leaves what an undisturbed dream leaves', async ([point, occurrence]) => {
    const kill = { point, occurrence };
    await expectRecovered(reference, kill, () => killRun(client, testServers(), reference, kill));
  });
});
