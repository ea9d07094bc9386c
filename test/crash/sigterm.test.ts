/** SIGTERM while a step is at work: within the grace the step finishes, beyond it the step is given up and done elsewhere. */
import { Client, Connection } from '@temporalio/client';
import { describe, inject, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { effects } from '../../activities/effect.ts';
import { runReference } from './reference.ts';
import { approved } from './scenario.ts';
import { expectGivenUp, expectGraceful, givenUp, graceful } from './sigterm-run.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const reference = await runReference(client, servers, approved);

/** One in each kind of step, at its first effect. */
const points = Object.entries(effects).map(([step, names]) => `${step}.${names[0]}:before` as FaultPoint);

describe.concurrent('SIGTERM', () => {
  it.for(points)('at %s lets the step finish, and nothing is tried twice', async (point) => {
    // With the product's own timeouts.
    expectGraceful(point, await graceful(client, { ...servers, bundlePath: inject('bundlePath') }, reference, point));
  });

  it.for(['heeds its signal', 'heeds nothing'] as const)(
    'gives up a step that %s when the grace is over, and another worker does it',
    async (unfinished) => {
      expectGivenUp(unfinished, await givenUp(client, servers, reference, unfinished));
    },
  );
});
