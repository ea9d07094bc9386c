/** PostgreSQL or the Temporal server is killed and comes back on its files, while the worker lives. */
import { Client, Connection } from '@temporalio/client';
import { afterAll, describe, expect, inject, it } from 'vitest';
import type { FaultPoint } from '../../activities/effect.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { approved } from './scenario.ts';
import { expectUnharmed } from './server-kill-expectation.ts';
import type { ServerKill } from './server-kill-run.ts';
import { cancelWithoutTemporal, serverKillRun, sweptAfterKills } from './server-kill-run.ts';
import { OwnServers } from './servers.ts';

const own = await OwnServers.start({ bundlePath: inject('crashBundlePath'), workerPath: inject('crashWorkerPath') });
afterAll(() => own.stop());
const client = new Client({ connection: await Connection.connect({ address: own.servers.temporalAddress }) });
const reference = await runReference(client, own.servers, approved);

/** Before anything, with everything written and nothing committed, and committed but not reported: in each kind of step. */
const points: FaultPoint[] = [
  'openDream.open:before',
  'takeSnapshot.pin:uncommitted',
  'extractFacts.ask:after',
  'extractFacts.keep:uncommitted',
  'reconcileGroup.record:after',
  'stageDraft.stage:uncommitted',
  'awaitReview.open:after',
  'recordDecision.record:uncommitted',
  'commitDream.commit:uncommitted',
  'commitDream.commit:after',
  'closeDream.close:before',
  'closeDream.close:after',
];

const servers = ['PostgreSQL', 'Temporal'] as const;
plan('server', servers.length * points.length * 2);

// One at a time: they share the servers that they kill.
for (const server of servers)
  describe(`${server} is killed`, { timeout: 300_000 }, () => {
    const kills = points.flatMap((point): ServerKill[] => [
      { server, point, goesOn: 'while it is away', awayMs: 2_500 },
      { server, point, goesOn: 'when it is back', awayMs: 0 },
    ]);
    it.for(kills)('at $point, and the worker goes on $goesOn', async (kill) => {
      await expectUnharmed(reference, kill, () => serverKillRun(client, own, reference, kill));
    });
  });

it('starts a dream that was asked for, though both servers were killed under the worker before its sweep came', async () => {
  const { differences, exit, status, output } = await sweptAfterKills(client, own, reference);
  expect(differences).toEqual([]);
  expect(status).toBe('COMPLETED');
  expect(exit, output).toEqual({ code: 0, signal: null });
});

it('cancels a dream while no Temporal server answers', async () => {
  const { told, status, complaints } = await cancelWithoutTemporal(client, own, reference);
  expect(told).toBe(false);
  expect(status).toBe('COMPLETED');
  expect(complaints).toEqual([]);
});
