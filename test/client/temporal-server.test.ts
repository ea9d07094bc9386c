import { Connection } from '@temporalio/client';
import { expect, inject, it } from 'vitest';
import { connectTemporal } from '../../client/temporal-server.ts';
import { localTemporalSettings } from '../../config/temporal.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';

/** A namespace of the run's server that knows nothing of ours. */
async function freshNamespace(): Promise<string> {
  const namespace = `fresh-${String(process.pid)}-${String(Math.trunc(performance.now()))}`;
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  await connection.close();
  return namespace;
}

it('takes a server that knows everything it must', async () => {
  const server = await connectTemporal(localTemporalSettings(inject('temporalAddress'), 'default'));
  expect(server.client.options.namespace).toBe('default');
  await server.close();
});

it('says that nothing answers, within seconds', async () => {
  const since = Date.now();
  await expect(connectTemporal(localTemporalSettings('127.0.0.1:1', 'default'))).rejects.toMatchObject({
    code: 'temporal_unreachable',
    message: 'No Temporal server answers at 127.0.0.1:1.',
  });
  expect(Date.now() - since).toBeLessThan(12_000);
});

it('names a namespace that the server does not have, and how to make it', async () => {
  await expect(connectTemporal(localTemporalSettings(inject('temporalAddress'), 'no-such-namespace'))).rejects.toMatchObject({
    code: 'temporal_unfit',
    message: expect.stringContaining('has no namespace "no-such-namespace"') as string,
    hint: expect.stringContaining('temporal operator namespace create no-such-namespace') as string,
  });
});

it('refuses a server without our search attributes, and registers them where it may', async () => {
  const settings = localTemporalSettings(inject('temporalAddress'), await freshNamespace());
  // A new namespace takes the server some seconds to be seen everywhere.
  const refusal = await eventually(
    () =>
      connectTemporal(settings).then(
        (server) => server.close(),
        (error: unknown) => error,
      ),
    (error) => (error as { message?: string }).message?.includes('search attributes') === true,
  );
  expect(refusal).toMatchObject({ code: 'temporal_unfit', hint: expect.stringContaining('dreams up') as string });
  for (const { name } of searchAttributes) expect((refusal as Error).message).toContain(name);
  await (await connectTemporal(settings, { register: true })).close();
  const accepted = await eventually(
    () =>
      connectTemporal(settings).then(
        async (server) => {
          await server.close();
          return 'accepted';
        },
        (error: unknown) => error,
      ),
    (answer) => answer === 'accepted',
  );
  expect(accepted).toBe('accepted');
}, 60_000);

async function eventually(ask: () => Promise<unknown>, holds: (answer: unknown) => boolean): Promise<unknown> {
  for (let tries = 0; ; tries++) {
    const answer = await ask();
    if (holds(answer) || tries === 60) return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
}
