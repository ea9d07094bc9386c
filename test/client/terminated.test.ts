import { expect, inject, it } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { openDreamsClient } from '../../client/dreams-client.ts';
import { renderDream } from '../../client/cli/render/dream.ts';
import { renderLists } from '../../client/cli/render/lists.ts';
import type { WatchItem } from '../../client/watch-dream.ts';
import { localTemporalSettings } from '../../config/temporal.ts';
import type { Interruptible } from '../dream/interrupted.ts';
import { interruptible, reset } from '../dream/interrupted.ts';
import { awaited } from '../dream/running-workflow.ts';
import { workspaceId } from '../support/seeds.ts';

async function clientOf(dreams: Interruptible): Promise<DreamsClient> {
  return await openDreamsClient({
    databaseUrl: dreams.url,
    temporal: localTemporalSettings(inject('temporalAddress'), 'default'),
    workspaceId,
    taskQueue: dreams.worker.taskQueue,
  });
}

it('says of a terminated dream what happened and what can be done; the watch of it ends', async () => {
  const dreams = await interruptible();
  const client = await clientOf(dreams);
  const dreamId = await dreams.dream();
  const held = dreams.hold('groupClaims.group:before');
  const handle = await dreams.start(dreamId);
  await held.reached;
  const watched: WatchItem[] = [];
  const watching = (async () => {
    for await (const item of client.watchDream(dreamId)) watched.push(item);
  })();
  await handle.terminate('the words of an operator');
  await dreams.sweep();
  await watching;
  expect(watched.at(-1)).toMatchObject({ kind: 'end', dream: { status: 'failed', open_dreams: { outcome: 'terminated' } } });
  expect(JSON.stringify(watched)).toContain('the run was terminated from outside');

  const dream = await client.getDream(dreamId);
  const shown = renderDream(dream);
  expect(shown).toContain('failed (terminated)');
  expect(shown).toContain('nothing was committed');
  expect(shown).toContain(`temporal workflow reset --workflow-id ${dreamId} --type LastWorkflowTask`);
  expect(shown).not.toContain('operator');
  expect(renderLists({ dreams: [dream], stores: [], sessions: [] })).toContain('terminated');
  await expect(client.cancelDream(dreamId, 'ada')).rejects.toMatchObject({
    code: 'dream_closed',
    message: `The dream ${dreamId} has ended (terminated), so it cannot be canceled.`,
  });
  await expect(client.decideDream(dreamId, { verdict: 'approve', by: 'ada' })).rejects.toMatchObject({
    code: 'dream_closed',
    message: expect.stringContaining('terminated') as string,
  });
  await client.close();
});

it('cancels a dream whose terminated run was reset a moment ago', async () => {
  const dreams = await interruptible();
  const client = await clientOf(dreams);
  const dreamId = await dreams.dream({ review: 'required' });
  const first = await dreams.start(dreamId);
  await awaited(first);
  await first.terminate();
  await dreams.sweep();
  const second = await reset(dreams.worker, dreamId, 'last task');
  await awaited(second);
  expect(await client.cancelDream(dreamId, 'ada')).toMatchObject({
    told: true,
    dream: { status: 'canceled', error: null, open_dreams: { outcome: 'canceled' } },
  });
  expect(await second.result()).toMatchObject({ outcome: 'canceled' });
  expect(await dreams.row(dreamId)).toMatchObject({ status: 'canceled', outcome: 'canceled', stage: 'closeDream' });
  await client.close();
});
