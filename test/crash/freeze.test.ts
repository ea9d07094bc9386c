/** A worker that stands still past its heartbeat timeout while another takes over, and then wakes up with what it was about to do. */
import { Client, Connection } from '@temporalio/client';
import { describe, inject, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { expectUnchanged } from './freeze-expectation.ts';
import type { Thaw } from './freeze-run.ts';
import { freezeRun } from './freeze-run.ts';
import { stepPoints } from './points.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { approved } from './scenario.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const reference = await runReference(client, servers, approved);

const decided = ['recordDecision', 'commitDream', 'closeDream'];
const freezes = stepPoints.flatMap((point): { point: FaultPoint; thaw: Thaw }[] => [
  { point, thaw: decided.some((step) => point.startsWith(step)) ? 'after the other attempt' : 'while the review waits' },
  { point, thaw: 'after the end' },
]);
plan('freeze', freezes.length + 1);

describe.concurrent('a worker that was frozen', () => {
  it.for(freezes)('at $point and wakes up $thaw changes nothing', async (freeze) => {
    await expectUnchanged(reference, freeze, () => freezeRun(client, servers, reference, freeze));
  });

  it('with another answer than the one that was stored meanwhile records the stored one', async () => {
    const freeze = { point: 'extractFacts.ask:after', thaw: 'while the review waits', forgetful: true } as const;
    await expectUnchanged(reference, freeze, () => freezeRun(client, servers, reference, freeze));
  });
});
