import { Client, Connection } from '@temporalio/client';
import { expect, inject, it } from 'vitest';
import { runReference } from './reference.ts';
import { scenarios, committed } from './scenario.ts';
import { killRun } from './kill-run.ts';
import { testServers } from './test-servers.ts';
it('x', async () => {
  const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
  const servers = testServers();
  for (const s of scenarios) {
    const r = await runReference(client, servers, s);
    console.log(s.name, r.ms, r.answers, r.writers, r.writes, JSON.stringify([...r.occurrences]), r.rows.digest, JSON.stringify(Object.entries(r.rows.tables).map(([k,v])=>[k,v.length])));
    expect(r.writers).toBeLessThanOrEqual(r.writes);
    const again = await killRun(client, servers, r, { point: 'extractFacts.keep:after', occurrence: 2 });
    console.log(JSON.stringify(again, null, 1));
  }
});
