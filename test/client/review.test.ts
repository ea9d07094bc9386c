import { expect, it, vi } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { filesOf } from '../dream/rebase-support.ts';
import { agent, seedSession, seedStore, user } from '../support/seeds.ts';
import { facadeWithWorker } from './support.ts';

const notes = {
  '/api.md': '# API\n\n- The API listens on port 3000.\n',
  '/deploy.md': '# Deploy\n\n- Deploys go out on Tuesdays.\n',
  '/policies/security.md': '# Security\n\n- Never commit credentials.\n',
};
const sessionLines = [
  user('The API listens on port 4100 now, we moved it.'),
  agent('Noted, port 4100.'),
  user('Deploys go out on Thursdays now, no longer on Tuesdays.'),
  agent('Understood.'),
];

/** The draft that waits for a decision, once it is not `after`. */
async function waitingDraft(client: DreamsClient, dreamId: string, after = ''): Promise<string> {
  return await vi.waitFor(
    async () => {
      const digest = (await client.getDream(dreamId)).open_dreams.review?.draft_digest ?? '';
      expect(digest).not.toBe('');
      expect(digest).not.toBe(after);
      return digest;
    },
    { timeout: 60_000, interval: 100 },
  );
}

async function ended(client: DreamsClient, dreamId: string) {
  await vi.waitFor(async () => expect((await client.getDream(dreamId)).ended_at).not.toBeNull(), { timeout: 60_000, interval: 100 });
  return await client.getDream(dreamId);
}

it('keeps what somebody wrote into the store during the review, shows both sides, and asks again about the rest', async () => {
  const { client, database } = await facadeWithWorker();
  const storeId = await seedStore(database, notes);
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', sessionLines)];
  const { dream } = await client.createDream({
    storeId,
    sessionIds,
    model: 'offline',
    outputBehavior: 'update_existing',
    options: { review: 'required' },
  });
  const first = await waitingDraft(client, dream.id);
  const before = await client.diffDream(dream.id);
  expect(before.changes.map((change) => change.path)).toEqual(expect.arrayContaining(['/api.md', '/deploy.md']));
  expect(await filesOf(database, storeId)).toEqual(notes);

  const theirs = '# API\n\n- The API listens on port 3000.\n- Health checks answer on port 3001.\n';
  await client.editStore(storeId, [{ kind: 'write', path: '/api.md', content: theirs }], { by: 'agent 7' });
  await client.editStore(storeId, [{ kind: 'write', path: '/new.md', content: '# New\n\n- Written meanwhile.\n' }], { by: 'agent 7' });
  await client.decideDream(dream.id, { verdict: 'approve', digest: first, by: 'ada' });

  const second = await waitingDraft(client, dream.id, first);
  const rebased = await client.diffDream(dream.id);
  expect(rebased.digest).toBe(second);
  expect(rebased.changes.map((change) => change.path)).not.toContain('/api.md');
  expect(rebased.changes.map((change) => change.path)).toContain('/deploy.md');
  expect(rebased.conflicts).toEqual([expect.objectContaining({ path: '/api.md', base: notes['/api.md'], theirs })]);
  expect(rebased.conflicts[0]?.ours).toContain('4100');
  expect(rebased.left_out.map((change) => change.why)).toContain('conflict');
  await expect(client.decideDream(dream.id, { verdict: 'approve', digest: first, by: 'ada' })).rejects.toMatchObject({
    code: 'draft_changed',
  });

  await client.decideDream(dream.id, { verdict: 'approve', digest: second, by: 'bob', note: 'the API stays as it is' });
  expect(await ended(client, dream.id)).toMatchObject({ status: 'completed', open_dreams: { outcome: 'committed' } });
  const files = await filesOf(database, storeId);
  expect(files['/api.md']).toBe(theirs);
  expect(files['/new.md']).toBe('# New\n\n- Written meanwhile.\n');
  expect(files['/policies/security.md']).toBe(notes['/policies/security.md']);
  expect(files['/deploy.md']).toContain('Thursdays');
  expect(files['/_index.md']).toContain('/new.md');

  const [operation] = (await client.readLog(storeId)).operations;
  expect(operation).toMatchObject({ kind: 'dream', by: 'bob', dream: dream.id, note: 'the API stays as it is' });
  expect(operation?.report?.theirs).toEqual(expect.arrayContaining(['/api.md', '/new.md']));

  // And all of it can be taken back.
  await client.undoOperation(operation?.id ?? '', { by: 'ada' });
  expect(await filesOf(database, storeId)).toEqual({ ...notes, '/api.md': theirs, '/new.md': '# New\n\n- Written meanwhile.\n' });
});

it('moves the alias to what was approved and back, with the note that an agent wrote meanwhile', async () => {
  const { client, database } = await facadeWithWorker();
  const storeId = await seedStore(database, notes);
  await client.setAlias('prod-agent', storeId, { by: 'ada' });
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', sessionLines)];
  const { dream } = await client.createDream({ sessionIds, model: 'offline', options: { review: 'required', alias: 'prod-agent' } });
  const digest = await waitingDraft(client, dream.id);
  await client.editStore(storeId, [{ kind: 'write', path: '/today.md', content: '# Today\n\n- A note of today.\n' }], { by: 'agent 7' });
  const input = await filesOf(database, storeId);
  await client.decideDream(dream.id, { verdict: 'approve', digest, by: 'ada' });
  const { outputs } = await ended(client, dream.id);
  const output = outputs[0]?.memory_store_id ?? '';
  expect(await client.showAlias('prod-agent')).toMatchObject({ memory_store_id: output });
  expect((await filesOf(database, output))['/today.md']).toBe('# Today\n\n- A note of today.\n');
  expect((await filesOf(database, output))['/api.md']).toContain('4100');
  expect(await filesOf(database, storeId)).toEqual(input);
  await client.rollback('prod-agent', { by: 'ada' });
  expect(await client.showAlias('prod-agent')).toMatchObject({ memory_store_id: storeId });
  await client.promote(dream.id, 'prod-agent', { by: 'ada' });
  expect(await client.showAlias('prod-agent')).toMatchObject({ memory_store_id: output });
});

for (const [onTimeout, status, outcome] of [
  ['reject', 'canceled', 'expired'],
  ['commit', 'completed', 'committed'],
] as const) {
  it(`is ${outcome} when nobody answers in time and ${onTimeout} was asked for`, async () => {
    const { client, database } = await facadeWithWorker();
    const storeId = await seedStore(database, notes);
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', sessionLines)];
    const options = { review: 'required', reviewTimeout: 1, onTimeout } as const;
    const { dream } = await client.createDream({ storeId, sessionIds, model: 'offline', options });
    const { outputs, ...end } = await ended(client, dream.id);
    expect(end).toMatchObject({ status, error: null, open_dreams: { outcome } });
    const files = await filesOf(database, outputs[0]?.memory_store_id ?? '');
    if (outcome === 'expired') expect(files).toEqual(notes);
    else expect(files['/api.md']).toContain('4100');
    await expect(client.decideDream(dream.id, { verdict: 'approve', by: 'ada' })).rejects.toMatchObject({ code: 'already_decided' });
  });
}
