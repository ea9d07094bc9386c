import { afterAll, describe, expect, it, vi } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { readOperations } from '../../db/operations.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { facade, facadeWithWorker } from '../client/support.ts';
import { runToDraft, stepRunner } from '../support/run-steps.ts';
import { agent, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { edit, filesOf, headsOf, indexFindings, setAlias } from './rebase-support.ts';

const notes = {
  '/notes.md': '# Notes\n\n- The API listens on port 3000.\n- Deploys go out on Tuesdays.\n',
  '/policies/security.md': '# Security\n\n- Never commit credentials.\n',
};
const moved = [user('The API listens on port 4100 now, we moved it yesterday.'), agent('Noted, port 4100.')];

describe('a dream that updates its input store', () => {
  it('writes into that store, keeps its memories’ ids and shows so on the wire', async () => {
    const { client, database } = await facadeWithWorker();
    const storeId = await seedStore(database, notes);
    const before = await headsOf(database, storeId);
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', moved)];
    const { dream } = await client.createDream({ storeId, sessionIds, model: 'offline', outputBehavior: 'update_existing' });
    expect(dream.output_behavior).toEqual({ type: 'update_existing', memory_store_id: storeId });
    await vi.waitFor(async () => expect((await client.getDream(dream.id)).status).toBe('completed'), { timeout: 60_000, interval: 100 });

    const ended = await client.getDream(dream.id);
    expect(ended).toMatchObject({ outputs: [{ memory_store_id: storeId }], open_dreams: { outcome: 'committed' } });
    expect(await client.listStores()).toHaveLength(1);
    const files = await filesOf(database, storeId);
    expect(files['/notes.md']).toContain('4100');
    expect(files['/notes.md']).not.toContain('3000');
    expect(indexFindings(files)).toEqual([]);
    const after = await headsOf(database, storeId);
    expect(after.get('/notes.md')?.memoryId).toBe(before.get('/notes.md')?.memoryId);
    expect(after.get('/policies/security.md')).toEqual(before.get('/policies/security.md'));
    // The store is free again.
    await client.createDream({ storeId, sessionIds, model: 'offline', outputBehavior: 'update_existing' });
  });

  it('moves an alias to its new store instead where it names one', async () => {
    const { client, database } = await facadeWithWorker();
    const storeId = await seedStore(database, notes);
    await setAlias(database, 'prod-agent', storeId);
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', moved)];
    const { dream } = await client.createDream({ sessionIds, model: 'offline', options: { alias: 'prod-agent' } });
    expect(dream).toMatchObject({ inputs: [{ memory_store_id: storeId }, {}], open_dreams: { alias: 'prod-agent' } });
    await vi.waitFor(async () => expect((await client.getDream(dream.id)).status).toBe('completed'), { timeout: 60_000, interval: 100 });
    const output = (await client.getDream(dream.id)).outputs[0]?.memory_store_id ?? '';
    // The next dream over the alias starts from there.
    const next = await client.createDream({ sessionIds, model: 'offline', options: { alias: 'prod-agent' } });
    expect(next.dream.inputs[0].memory_store_id).toBe(output);
    expect(await filesOf(database, storeId)).toEqual(notes);
  });
});

describe('one open dream per target', () => {
  it('refuses the second one and names the first; another way of output is free', async () => {
    const { client, database } = await facade();
    const storeId = await seedStore(database, notes);
    const input = { storeId, sessionIds: [await seedSession(database, '2026-10-01T09:00:00Z', moved)], model: 'offline' };
    const { dream } = await client.createDream({ ...input, outputBehavior: 'update_existing' });
    await expect(client.createDream({ ...input, outputBehavior: 'update_existing' })).rejects.toMatchObject({
      code: 'store_held',
      message: `The dream ${dream.id} updates the memory store ${storeId} and has not ended.`,
      hint: expect.stringContaining(`dreams cancel ${dream.id}`) as string,
    });
    await client.createDream(input);
    await client.cancelDream(dream.id, 'test');
    await client.createDream({ ...input, outputBehavior: 'update_existing' });
  });

  it('lets one of several that are asked for at once through', async () => {
    const { client, database } = await facade();
    const storeId = await seedStore(database, notes);
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', moved)];
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => client.createDream({ storeId, sessionIds, model: 'offline', outputBehavior: 'update_existing' })),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.map((answer) => (answer.reason as { code: string }).code)).toEqual(Array.from({ length: 4 }, () => 'store_held'));
    expect(await client.listDreams()).toHaveLength(1);
  });
});

describe('an edit between the draft and the commit', () => {
  const engine = createOfflineEngine({ threads: 1 });
  afterAll(() => engine.close());

  /** A real dream up to its checked draft. */
  async function drafted(outputBehavior: 'create_new' | 'update_existing', alias: string | null = null) {
    const { client, database } = await facade();
    const run = stepRunner(createActivities({ database, engines: { offline: engine } }));
    const storeId = await seedStore(database, notes);
    if (alias !== null) await setAlias(database, alias, storeId);
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', moved)];
    const { dream } = await client.createDream({ storeId, sessionIds, model: 'offline', outputBehavior, options: { alias } });
    const input = { workspaceId, dreamId: dream.id };
    const draft = await runToDraft(run, dream.id);
    expect(await run('checkDraft', { ...input, draftId: draft.draftId })).toMatchObject({ ok: true });
    const row = await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dream.id));
    return {
      database,
      storeId,
      outputStoreId: row.outputStoreId ?? '',
      commit: () => run('commitDream', { ...input, draftId: draft.draftId, digest: draft.digest }),
    };
  }

  it.each(['update_existing', 'create_new'] as const)('survives beside what the engine proposed, under %s', async (outputBehavior) => {
    const alias = outputBehavior === 'create_new' ? 'nightly' : null;
    const { database, storeId, outputStoreId, commit } = await drafted(outputBehavior, alias);
    await edit(database, storeId, [
      { kind: 'write', path: '/agent-note.md', content: '# Note\n\n- Staging runs on port 8080.\n' },
      { kind: 'rename', path: '/policies/security.md', to: '/rules/security.md' },
    ]);
    expect(await commit()).toMatchObject({ conflicts: 0 });
    const files = await filesOf(database, outputStoreId);
    expect(files).toMatchObject({
      '/agent-note.md': '# Note\n\n- Staging runs on port 8080.\n',
      '/rules/security.md': notes['/policies/security.md'],
      '/notes.md': expect.stringContaining('4100') as string,
    });
    expect(files['/policies/security.md']).toBeUndefined();
    expect(indexFindings(files)).toEqual([]);
    const [operation] = await withWorkspace(database, workspaceId, (tx) => readOperations(tx, outputStoreId));
    expect(operation?.report.theirs).toEqual(['/agent-note.md', '/policies/security.md', '/rules/security.md']);
  });

  it('of the same memory is a conflict', async () => {
    const { database, storeId, commit } = await drafted('update_existing');
    await edit(database, storeId, [{ kind: 'write', path: '/notes.md', content: '# Notes\n\n- The API listens on port 5000.\n' }]);
    const before = await filesOf(database, storeId);
    expect(await commit()).toEqual({ operationId: null, conflicts: 1 });
    expect(await filesOf(database, storeId)).toEqual(before);
  });
});
