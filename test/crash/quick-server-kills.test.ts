/** The part of server kills that every test run does: one of each server, where it once ended the worker too. */
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import type { Reference } from './reference.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { committed } from './scenario.ts';
import { expectUnharmed } from './server-kill-expectation.ts';
import type { ServerKill } from './server-kill-run.ts';
import { serverKillRun } from './server-kill-run.ts';
import { OwnServers } from './servers.ts';

let own: OwnServers;
let client: Client;
let reference: Reference;
beforeAll(async () => {
  own = await OwnServers.start({ bundlePath: inject('crashBundlePath'), workerPath: inject('crashWorkerPath') });
  client = new Client({ connection: await Connection.connect({ address: own.servers.temporalAddress }) });
  reference = await runReference(client, own.servers, committed);
}, 300_000);
afterAll(() => own.stop());

const kills: ServerKill[] = [
  // The worker finds its transaction gone when it goes on to commit it.
  { server: 'PostgreSQL', point: 'commitDream.commit:uncommitted', goesOn: 'when it is back', awayMs: 0 },
  { server: 'Temporal', point: 'extractFacts.ask:after', goesOn: 'while it is away', awayMs: 1_000 },
];
plan('server', kills.length);

// One after the other: they share the servers that they kill.
describe('a server that is killed', { timeout: 300_000 }, () => {
  it.for(kills)('$server at $point', async (kill) => {
    await expectUnharmed(reference, kill, () => serverKillRun(client, own, reference, kill));
  });
});
