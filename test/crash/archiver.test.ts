/** SIGKILL while the archiver keeps the workflow code or the history of a finished run. */
import { Client, Connection } from '@temporalio/client';
import { describe, inject, it } from 'vitest';
import { expectRecovered } from './kill-expectation.ts';
import { killRun } from './kill-run.ts';
import { archivePoints } from './points.ts';
import { runReference } from './reference.ts';
import { plan } from './results.ts';
import { named } from './scenario.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const reference = await runReference(client, servers, named);

plan('kill', archivePoints.length);

describe.concurrent('the archiver', () => {
  it.for(archivePoints)('keeps one history and one bundle when its worker is killed at %s', async (point) => {
    const kill = { point, occurrence: 1 };
    await expectRecovered(reference, kill, () => killRun(client, servers, reference, kill));
  });
});
