import { expect, it } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { seedSession, user } from '../support/seeds.ts';
import { fakeDream } from './fake-dream.ts';
import { facade, markdown } from './support.ts';

const by = 'ada';

async function provenance(client: DreamsClient, store: string): Promise<{ dream: string | null; changes: (string | null)[] }> {
  const { files } = await client.exportStore(store);
  const bytes = files.find((file) => file.path === 'provenance.json')?.bytes;
  const { dream, changes } = JSON.parse(new TextDecoder().decode(bytes)) as {
    dream: string | null;
    changes: { before: string | null; after: string | null }[];
  };
  return { dream, changes: changes.map((change) => change.after ?? change.before) };
}

it('names the newest dream that holds, and of its changes those that still do', async () => {
  const { client, database } = await facade({ address: null });
  const { stores } = await client.importSources(markdown({ 'a.md': '- one\n- two\n' }), { folderName: 'memory' });
  const store = stores[0]?.id ?? '';
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('Remember number three, forget number two.')]);
  const first = await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: () => ({ '/a.md': '- one\n- three\n' }),
    changes: [
      { kind: 'add', path: '/a.md', after: 'three', session },
      { kind: 'retire', path: '/a.md', before: 'two', after: null, session },
    ],
  });
  const second = await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: (files) => ({ ...files, '/b.md': '- four\n- five\n' }),
    changes: [
      { kind: 'add', path: '/b.md', after: 'four', session },
      { kind: 'add', path: '/b.md', after: 'five', session },
    ],
  });
  expect(await provenance(client, store)).toEqual({ dream: second.dreamId, changes: ['four', 'five', 'three'] });

  // A line that was edited away is no change of the store any more; the dream is still its last one.
  const edited = await client.editStore(store, [{ kind: 'write', path: '/b.md', content: '- five\n' }], { by });
  expect(await provenance(client, store)).toEqual({ dream: second.dreamId, changes: ['five', 'three'] });
  await client.undoOperation(edited.operation_id ?? '', { by });

  const undone = await client.undoOperation(second.operationId ?? '', { by });
  expect(await provenance(client, store)).toEqual({ dream: first.dreamId, changes: ['three', 'two'] });
  const back = await client.undoOperation(undone.operation_id, { by });
  expect((await provenance(client, store)).dream).toBe(second.dreamId);
  await client.undoOperation(back.operation_id, { by });
  await client.undoOperation(first.operationId ?? '', { by });
  expect(await provenance(client, store)).toEqual({ dream: null, changes: [] });
});
