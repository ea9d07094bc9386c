/** The part of freezes and stops that every test run does. */
import { Client, Connection } from '@temporalio/client';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { expectUnchanged } from './freeze-expectation.ts';
import { freezeRun } from './freeze-run.ts';
import { stepPoints } from './points.ts';
import type { Reference } from './reference.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { approved } from './scenario.ts';
import { expectGraceful, graceful } from './sigterm-run.ts';
import { testServers } from './test-servers.ts';

let client: Client;
let reference: Reference;
beforeAll(async () => {
  client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
  reference = await runReference(client, testServers(), approved);
}, 300_000);

plan('freeze', 1);
plan('sigterm', 1);

it('comes past every fault point of a step in a dream that is reviewed and committed', () => {
  expect(stepPoints.filter((point) => !reference.occurrences.has(point))).toEqual([]);
});

describe.concurrent('a worker', { timeout: 300_000 }, () => {
  it('that froze with a transaction open and wakes up while the review waits changes nothing', async () => {
    const freeze = { point: 'minePatterns.record:uncommitted', thaw: 'while the review waits' } as const;
    await expectUnchanged(reference, freeze, () => freezeRun(client, testServers(), reference, freeze));
  });

  it('that is told to stop in a step finishes it', async () => {
    const servers = { ...testServers(), bundlePath: inject('bundlePath') };
    await expectGraceful('extractFacts.ask:before', () => graceful(client, servers, reference, 'extractFacts.ask:before'));
  });
});
