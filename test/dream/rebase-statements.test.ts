import { expect, it, onTestFinished } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { withWorkspace } from '../../db/database.ts';
import { findDraft } from '../../db/drafts.ts';
import { readInputClaims } from '../../db/input-claims.ts';
import { insertProposals } from '../../db/proposals.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { facade } from '../client/support.ts';
import { merge } from '../staging/build-store.ts';
import { stepRunner } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { filesOf } from './rebase-support.ts';

const line = '- Redis keys expire after 24 hours.\n';
const other = '- The cache runs in eu-north.\n';

it('leaves a duplicate where it stands when somebody took away the line that it was merged into', async () => {
  const { client, database } = await facade({ address: null });
  const offline = createOfflineEngine({ threads: 1 });
  onTestFinished(() => offline.close());
  const run = stepRunner(createActivities({ database, engines: { offline } }));
  const storeId = await seedStore(database, { '/cache.md': `# Cache\n\n${line}${other}`, '/redis.md': `# Redis\n\n${line}` });
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', [user('Thanks.')])];
  await client.setAlias('prod-agent', storeId, { by: 'ada' });
  const dreamId = await seedDream(database, { storeId, sessionIds, options: { review: 'required', alias: 'prod-agent' } });
  const input = { workspaceId, dreamId };
  await run('openDream', input);
  await run('takeSnapshot', input);
  await run('groupClaims', { ...input });
  await withWorkspace(database, workspaceId, async (tx) => {
    const claims = (await readInputClaims(tx, dreamId)).filter((claim) => claim.text.startsWith('Redis'));
    const ids = claims.map((claim) => claim.id);
    expect(ids).toHaveLength(2);
    await insertProposals(tx, { ...input, step: 'reconcileGroup', pack: 0 }, [merge(ids, 'Redis keys expire after 24 hours.')]);
  });
  const first = await run('stageDraft', { ...input, round: 1, refused: [] });
  expect(first.changes).toBe(1);

  // The line that stays is the one that they take away; the bytes of its file are none of the draft's business otherwise.
  await client.editStore(storeId, [{ kind: 'write', path: '/cache.md', content: `# Cache\n\n${other}` }], { by: 'agent 7' });
  expect(await run('commitDream', { ...input, draftId: first.draftId, digest: first.digest })).toEqual({ operationId: null, conflicts: 1 });
  const draft = await withWorkspace(database, workspaceId, (tx) => findDraft(tx, first.draftId));
  expect(draft?.conflicts?.map((conflict) => conflict.path)).toEqual(['/cache.md']);

  const second = await run('stageDraft', { ...input, round: 2, refused: [], from: { draftId: first.draftId, exclude: [] } });
  expect(second.changes).toBe(0);
  expect(await run('commitDream', { ...input, draftId: second.draftId, digest: second.digest })).toMatchObject({ conflicts: 0 });
  const output = (await client.showAlias('prod-agent')).memory_store_id;
  const files = await filesOf(database, output);
  expect(files['/cache.md']).toBe(`# Cache\n\n${other}`);
  expect(files['/redis.md']).toBe(`# Redis\n\n${line}`);
});
