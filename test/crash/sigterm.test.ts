/** SIGTERM while a step is at work: within the grace the step finishes, beyond it the step is given up and done elsewhere. */
import { Client, Connection } from '@temporalio/client';
import { describe, inject, it } from 'vitest';
import { stepPoints } from './points.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { approved } from './scenario.ts';
import { expectGivenUp, expectGraceful, givenUp, graceful } from './sigterm-run.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const reference = await runReference(client, servers, approved);

/** One in each kind of step, at its first effect. */
const points = stepPoints.filter((point, index) => {
  const stepOf = (other = '') => other.replace(/\..*/, '');
  return stepOf(point) !== stepOf(stepPoints[index - 1]);
});
const unfinished = ['heeds its signal', 'heeds nothing'] as const;
plan('sigterm', points.length + unfinished.length);

describe.concurrent('SIGTERM', () => {
  it.for(points)('at %s lets the step finish, and nothing is tried twice', async (point) => {
    // With the product's own timeouts.
    const own = { ...servers, bundlePath: inject('bundlePath') };
    await expectGraceful(point, () => graceful(client, own, reference, point));
  });

  it.for(unfinished)('gives up a step that %s when the grace is over, and another worker does it', async (how) => {
    await expectGivenUp(how, () => givenUp(client, servers, reference, how));
  });
});
