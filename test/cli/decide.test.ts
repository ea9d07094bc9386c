import { inject, expect, it, vi } from 'vitest';
import type { DreamDiff } from '../../client/wire/diff.ts';
import type { WireDream } from '../../client/wire/dream.ts';
import { facadeWithWorker } from '../client/support.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { connectTemporal } from '../../client/temporal-server.ts';
import { localTemporalSettings } from '../../config/temporal.ts';
import { dreams, useEnvironment } from './calls.ts';

/** A worker, and a dream after the other whose draft waits. */
async function world() {
  const { url, taskQueue, database, client } = await facadeWithWorker();
  useEnvironment({ DATABASE_URL: url, TEMPORAL_ADDRESS: inject('temporalAddress'), OPEN_DREAMS_TASK_QUEUE: taskQueue });
  const storeId = await seedStore(database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
  const sessionIds = [
    await seedSession(database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now, not 3000. Remember that.')]),
    await seedSession(database, '2026-10-08T09:00:00Z', [user('Always run the linter before you commit.')]),
  ];
  const server = await connectTemporal(localTemporalSettings(inject('temporalAddress'), 'default'));
  const waitingDream = async (): Promise<string> => {
    const dreamId = await seedDream(database, { storeId, sessionIds, options: { review: 'required' } });
    const start = { workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 2, trigger: 'test', taskQueue };
    await server.client.workflow.start('dream', startDreamOptions(start));
    await vi.waitFor(async () => expect((await client.diffDream(dreamId)).ends_at).not.toBeNull(), { timeout: 60_000, interval: 200 });
    return dreamId;
  };
  return { client, storeId, sessionIds, waitingDream, close: () => server.close() };
}

it('goes from a diff over an approval to the operation, as a script would', async () => {
  const { waitingDream, close } = await world();
  const id = await waitingDream();
  const diff = JSON.parse((await dreams('diff', id, '--json')).stdout) as DreamDiff;
  expect(diff.digest).toMatch(/^[0-9a-f]{64}$/);
  for (const change of diff.changes)
    expect(Object.keys(change)).toEqual(expect.arrayContaining(['id', 'kind', 'path', 'before', 'after', 'reason', 'evidence']));
  const linter = diff.changes.find((change) => change.after?.includes('linter'))?.id ?? '';

  const shown = (await dreams('diff', id)).stdout;
  expect(shown).toContain(`dreams approve ${id} --digest ${diff.digest.slice(0, 12)}`);
  expect(shown).toContain('+ The API listens on port 4100.');
  expect((await dreams('diff', id, '--markdown')).stdout).toContain(`# Draft 1 of the dream \`${id}\``);

  expect(await dreams('approve', id)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--digest is missing') as string });
  expect(await dreams('approve', id, '--digest', 'f'.repeat(64))).toMatchObject({ exitCode: 4, stdout: '' });
  expect(await dreams('approve', id, '--digest', diff.digest, '--exclude', 'chg_1')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('has no change "chg_1", so nothing was decided.') as string,
  });

  const approved = await dreams('approve', id, '--digest', diff.digest.slice(0, 12), '--exclude', linter, '--note', 'Not yet.', '--json');
  expect(approved.exitCode).toBe(0);
  const answer = JSON.parse(approved.stdout) as { decision: object; dream: WireDream; operation_id: string };
  expect(answer).toMatchObject({
    decision: { verdict: 'approve', excluded: [linter], note: 'Not yet.', channel: 'update' },
    dream: { id, status: 'completed', open_dreams: { outcome: 'committed' } },
    operation_id: expect.stringMatching(/^op_/) as string,
  });
  const after = (await dreams('diff', id)).stdout;
  expect(after).toContain('1 change left out (an earlier draft): Not yet.');
  expect(after).toContain('Always run the linter');
  expect(after).toContain('a reviewer left it out');
  expect(after).toContain(`Take it back:  dreams undo ${answer.operation_id}`);
  for (const args of [
    ['reject', id],
    ['approve', id, '--digest', diff.digest],
  ])
    expect(await dreams(...args)).toMatchObject({ exitCode: 4, stdout: '', stderr: expect.stringContaining('was approved by') as string });

  // For people, and without waiting.
  const second = await waitingDream();
  const said = await dreams('approve', second, '--digest', (await digestOf(second)).slice(0, 8));
  expect([said.exitCode, said.stderr]).toEqual([0, '']);
  expect(said.stdout).toMatch(/Committed to memstore_\w+: .*supersede 1.*\.\nTake it back with: dreams undo op_\w+\n$/);
  const third = await waitingDream();
  const asked = await dreams('approve', third, '--digest', await digestOf(third), '--no-wait');
  expect([asked.exitCode, asked.stdout.includes('Committed to') || asked.stdout.includes(`dreams watch ${third}`)]).toEqual([0, true]);
  await close();
}, 180_000);

it('rejects, which is a success, and only the draft that was named', async () => {
  const { waitingDream, close } = await world();
  const id = await waitingDream();
  expect(await dreams('reject', id, '--digest', '0123456789ab')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('0123456789ab') as string,
  });
  const rejected = await dreams('reject', id, '--digest', (await digestOf(id)).slice(0, 12), '--note', 'Too early.', '--json');
  expect(rejected.exitCode).toBe(0);
  expect(JSON.parse(rejected.stdout)).toMatchObject({
    decision: { verdict: 'reject', note: 'Too early.' },
    dream: { id, status: 'canceled', open_dreams: { outcome: 'rejected' } },
  });
  expect(await dreams('reject', id)).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('was rejected by') as string });
  expect((await dreams('diff', id)).stdout).toContain('the dream has ended: rejected');
  const second = await waitingDream();
  expect((await dreams('reject', second)).stdout).toContain('Rejected: no memory was changed.');
  await close();
}, 180_000);

it('asks again when others changed what the approved draft touches, and shows both sides', async () => {
  const { client, storeId, sessionIds, close } = await world();
  const asked = {
    storeId,
    sessionIds,
    model: 'offline',
    options: { review: 'required' as const },
    outputBehavior: 'update_existing' as const,
  };
  const { id } = (await client.createDream(asked)).dream;
  await vi.waitFor(async () => expect((await client.diffDream(id)).ends_at).not.toBeNull(), { timeout: 60_000, interval: 200 });
  const first = await digestOf(id);
  const content = '# Notes\n\n- The API listens on port 5000, says Dee.\n';
  await client.editStore(storeId, [{ kind: 'write', path: '/notes.md', content }], { by: 'dee' });

  const approved = await dreams('approve', id, '--digest', first);
  expect(approved.exitCode).toBe(4);
  expect(approved.stdout).toContain('Approved, but not committed: others changed 1 file that the draft touches.');
  expect(approved.stdout).toContain(`dreams review ${id}`);
  const shown = (await dreams('diff', id)).stdout;
  expect(shown).toContain('Changed both by the dream and by others since it began (1 file):');
  expect(shown).toContain('    + - The API listens on port 5000, says Dee.');
  expect(shown).toContain('awaits a decision until');
  expect(shown).toContain('(an earlier draft)');
  expect(await dreams('approve', id, '--digest', first)).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining(first.slice(0, 12)) as string,
  });
  const again = await dreams('approve', id, '--digest', await digestOf(id));
  expect([again.exitCode, again.stdout.includes(`Committed to ${storeId}`)]).toEqual([0, true]);
  // What Dee wrote stands, and what did not collide is there.
  const memories = (await client.showStore(storeId)).memories;
  const notes = memories.find((memory) => memory.path === '/notes.md');
  expect((await client.showMemory(notes?.id ?? '')).content).toBe(content);
  await close();
}, 180_000);

async function digestOf(id: string): Promise<string> {
  return (JSON.parse((await dreams('diff', id, '--json')).stdout) as DreamDiff).digest;
}
