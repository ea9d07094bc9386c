import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import type { BlamedLine } from '../../client/blame.ts';
import { withWorkspace } from '../../db/database.ts';
import { readHeads } from '../../db/memories.ts';
import { readStandingClaims } from '../../db/standing-claims.ts';
import { seedSession, user, workspaceId } from '../support/seeds.ts';
import { fakeDream } from './fake-dream.ts';
import { facade, markdown } from './support.ts';

const by = 'ada';
const none = { address: null };

async function importStore(client: DreamsClient, files: Record<string, string>): Promise<string> {
  const { stores } = await client.importSources(markdown(files), { folderName: 'memory' });
  return stores[0]?.id ?? '';
}

/** "text: origin, by or dream, kind of change" of each line that says something. */
function told(lines: readonly BlamedLine[]): string[] {
  return lines
    .filter((line) => line.text.trim() !== '')
    .map(
      (line) => `${line.text}: ${line.origin} ${line.dream ?? line.by ?? 'nobody'}${line.change === null ? '' : ` ${line.change.kind}`}`,
    );
}

const base = '# Dev\n\n- Orders are kept in cents.\n- The port is 3000.\n- Deploys go out on Tuesdays.\n';
const moved = base.replace('3000', '4100');

it('follows lines over imports, dreams, clones, edits and undos', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'dev.md': base, 'rules.md': '- Two reviewers.\n' });
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('The port is 4100 now.')]);
  const imported = ['# Dev', '- Orders are kept in cents.', '- The port is 3000.', '- Deploys go out on Tuesdays.'].map(
    (text) => `${text}: imported import`,
  );
  expect(told(await client.blame(store, '/dev.md'))).toEqual(imported);

  const first = await fakeDream(database, {
    storeId: store,
    sessionIds: [session],
    files: (files) => ({ ...files, '/dev.md': moved }),
    changes: [{ kind: 'supersede', path: '/dev.md', after: 'The port is 4100.', before: 'The port is 3000.', session }],
  });
  const port = `- The port is 4100.: change ${first.dreamId} supersede`;
  const afterFirst = [imported[0], imported[1], port, imported[3]];
  const lines = await client.blame(first.output, '/dev.md');
  expect(told(lines)).toEqual(afterFirst);
  expect(lines[3]).toMatchObject({
    line: 4,
    operation: first.operationId,
    change: { id: first.changes[0]?.id, kind: 'supersede' },
    sessions: [{ id: session, title: 'A session' }],
  });
  expect(lines[2]?.sessions).toEqual([]);

  // An edit by hand keeps the origin of what it left; a second dream over it, in a store of its own, keeps both.
  await client.editStore(
    first.output,
    [{ kind: 'write', path: '/dev.md', content: moved.replace('Tuesdays', 'Mondays').replace('# Dev', '# Development') }],
    { by: 'bob' },
  );
  const afterEdit = ['# Development: edited bob', imported[1], port, '- Deploys go out on Mondays.: edited bob'];
  expect(told(await client.blame(first.output, '/dev.md'))).toEqual(afterEdit);
  const second = await fakeDream(database, {
    storeId: first.output,
    sessionIds: [session],
    files: (files) => ({ ...files, '/dev.md': `${files['/dev.md'] ?? ''}- Use pnpm.\n` }),
    changes: [{ kind: 'add', path: '/dev.md', after: 'Use pnpm.', session }],
  });
  expect(told(await client.blame(second.output, '/dev.md'))).toEqual([...afterEdit, `- Use pnpm.: change ${second.dreamId} add`]);
  expect(told(await client.blame(second.output, '/rules.md'))).toEqual(['- Two reviewers.: imported import']);

  // A rename and a deletion that is undone lose nothing; the undo of the dream brings the old line with its old origin.
  await client.editStore(second.output, [{ kind: 'rename', path: '/dev.md', to: '/team/dev.md' }], { by: 'bob' });
  const deleted = await client.editStore(second.output, [{ kind: 'delete', path: '/team/dev.md' }], { by: 'bob' });
  await client.undoOperation(deleted.operation_id ?? '', { by });
  expect(told(await client.blame(second.output, '/team/dev.md'))).toEqual([...afterEdit, `- Use pnpm.: change ${second.dreamId} add`]);
  const edits = (await client.readLog(first.output)).operations;
  await client.undoOperation(edits[0]?.id ?? '', { by });
  expect(told(await client.blame(first.output, '/dev.md'))).toEqual(afterFirst);
  await client.undoOperation(first.operationId ?? '', { by });
  expect(told(await client.blame(first.output, '/dev.md'))).toEqual(imported);
});

it('follows a line that a dream moved to another file, and says of the layout that the dream wrote it', async () => {
  const { client, database } = await facade(none);
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('Use tabs, always.')]);
  const store = await importStore(client, { 'notes.md': '- Use spaces.\n- Deploys go out on Tuesdays.\n  They take an hour.\n' });
  const first = await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: () => ({ '/notes.md': '- Use tabs.\n- Deploys go out on Tuesdays.\n  They take an hour.\n' }),
    changes: [{ kind: 'supersede', path: '/notes.md', after: 'Use tabs.', session }],
  });
  const second = await fakeDream(database, {
    storeId: store,
    update: true,
    files: () => ({
      '/style.md': '# Style\n\n- Use tabs.\n',
      '/deploy.md': '# Deploy\n\n- Deploys go out on Tuesdays.\n  They take an hour.\n',
    }),
    changes: [
      { kind: 'move', path: '/style.md', after: 'Use tabs.', from: '/notes.md' },
      { kind: 'move', path: '/deploy.md', after: 'Deploys go out on Tuesdays. They take an hour.', from: '/notes.md' },
    ],
  });
  expect(told(await client.blame(store, '/style.md'))).toEqual([
    `# Style: layout ${second.dreamId}`,
    `- Use tabs.: change ${first.dreamId} supersede`,
  ]);
  expect(told(await client.blame(store, '/deploy.md'))).toEqual([
    `# Deploy: layout ${second.dreamId}`,
    '- Deploys go out on Tuesdays.: imported import',
    '  They take an hour.: imported import',
  ]);
  expect(await client.explainLine({ storeId: store, path: '/style.md', line: 3 })).toMatchObject({
    origin: 'change',
    dream_id: first.dreamId,
    operation_id: first.operationId,
    change: { kind: 'supersede' },
    moved: { dream_id: second.dreamId, from: '/notes.md', change_id: second.changes[0]?.id },
    evidence: [{ type: 'event', session_id: session }],
  });
});

it('names the dream that merged others into a line, although its words stood there before', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'a.md': '- The port is 4100.\n- port: 4100\n' });
  const dream = await fakeDream(database, {
    storeId: store,
    update: true,
    files: () => ({ '/a.md': '- The port is 4100.\n' }),
    changes: [{ kind: 'merge', path: '/a.md', after: 'The port is 4100.', before: 'The port is 4100.\nport: 4100' }],
  });
  expect(told(await client.blame(store, '/a.md'))).toEqual([`- The port is 4100.: change ${dream.dreamId} merge`]);
});

it('finds a paragraph that a dream moved below a bullet where the change quotes it', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'junk.md': '# Junk\n\nOrders are kept\nin cents.\n' });
  const versionId = (await client.showStore(store)).memories[0]?.memory_version_id ?? '';
  const dream = await fakeDream(database, {
    storeId: store,
    update: true,
    files: () => ({ '/orders.md': '- Orders are kept in cents.\n' }),
    changes: [
      { kind: 'move', path: '/orders.md', after: 'Orders are kept in cents.', from: '/junk.md', quoted: { versionId, start: 8, end: 33 } },
    ],
  });
  expect(await client.blame(store, '/orders.md')).toMatchObject([{ origin: 'imported', by: 'import', dream: null, change: null }]);
  expect((await client.explainLine({ storeId: store, path: '/orders.md', line: 1 })).moved?.dream_id).toBe(dream.dreamId);
});

it('gives the lines of a path that others wrote while the dream ran to those who wrote them', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'a.md': '- one\n', 'b.md': '- two\n' });
  await client.setAlias('prod', store, { by });
  const committed = await fakeDream(database, {
    storeId: store,
    options: { alias: 'prod' },
    files: (files) => ({ ...files, '/a.md': '- one\n- more\n' }),
    changes: [{ kind: 'add', path: '/a.md', after: 'more' }],
    meanwhile: () =>
      client.editStore(
        store,
        [
          { kind: 'write', path: '/b.md', content: '- two\n- by hand\n' },
          { kind: 'write', path: '/c.md', content: '- a note of an agent\n' },
        ],
        { by: 'agent-7' },
      ),
  });
  expect(told(await client.blame(committed.output, '/a.md'))).toEqual([
    '- one: imported import',
    `- more: change ${committed.dreamId} add`,
  ]);
  expect(told(await client.blame(committed.output, '/b.md'))).toEqual(['- two: imported import', '- by hand: edited agent-7']);
  expect(told(await client.blame(committed.output, '/c.md'))).toEqual(['- a note of an agent: edited agent-7']);
});

it('explains a line that somebody wrote by hand', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'dev.md': base });
  const edited = await client.editStore(store, [{ kind: 'write', path: '/dev.md', content: `${base}- By hand.\n` }], { by: 'bob' });
  expect(await client.explainLine({ storeId: store, path: '/dev.md', line: 6 })).toMatchObject({
    text: '- By hand.',
    origin: 'edited',
    by: 'bob',
    operation_id: edited.operation_id,
    dream_id: null,
    change: null,
    evidence: [],
  });
  expect(await client.explainLine({ storeId: store, path: '/dev.md', line: 4 })).toMatchObject({ origin: 'imported', by: 'import' });
});

it('gives the next dream what was recorded of lines that an edit by hand left', async () => {
  const { client, database } = await facade(none);
  const store = await importStore(client, { 'dev.md': base });
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('The port is 4100 now.')]);
  await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: () => ({ '/dev.md': moved }),
    changes: [{ kind: 'supersede', path: '/dev.md', after: 'The port is 4100.', session }],
  });
  const standing = async () =>
    await withWorkspace(database, workspaceId, async (tx) => {
      const [head] = await readHeads(tx, store);
      const claims = (await readStandingClaims(tx, [head?.versionId ?? ''])).get(head?.versionId ?? '') ?? [];
      const { content } = await client.showMemory(head?.memoryId ?? '');
      return claims.map(({ start, end, evidence }) => [content.slice(start, end), evidence.length]);
    });
  const recorded = await standing();
  expect(recorded).toContainEqual(['- The port is 4100.', 1]);
  const write = (content: string) => client.editStore(store, [{ kind: 'write', path: '/dev.md', content }], { by });
  await write(`A note at the top.\n\n${moved.replace('Tuesdays', 'Mondays')}`);
  expect(await standing()).toEqual(recorded.filter(([text]) => !String(text).includes('Tuesdays')));
  const last = await write('- The port is 4100.\n');
  expect(await standing()).toEqual([['- The port is 4100.', 1]]);
  await client.undoOperation(last.operation_id ?? '', { by });
  expect(await standing()).toEqual(recorded.filter(([text]) => !String(text).includes('Tuesdays')));
});

it('answers a file of 2,000 lines quickly, however often it was edited', async () => {
  const { client } = await facade(none);
  const lines = Array.from({ length: 2_000 }, (_, index) => `- Line number ${String(index)}.`);
  const store = await importStore(client, { 'long.md': `${lines.join('\n')}\n` });
  for (let edit = 0; edit < 10; edit++) {
    lines.splice(edit * 100, 1, `- Edited ${String(edit)}.`);
    lines.push(`- Appended ${String(edit)}.`);
    await client.editStore(store, [{ kind: 'write', path: '/long.md', content: `${lines.join('\n')}\n` }], {
      by: `author ${String(edit)}`,
    });
  }
  const start = performance.now();
  const blamed = await client.blame(store, '/long.md');
  const took = performance.now() - start;
  expect(blamed).toHaveLength(2_010);
  for (const { text, by: who } of blamed) {
    const number = /^- (?:Edited|Appended) (\d)\.$/.exec(text)?.[1];
    expect([text, who]).toEqual([text, number === undefined ? 'import' : `author ${number}`]);
  }
  // It takes some 50 ms; a query for each line would take seconds.
  expect(took).toBeLessThan(1_500);
});

it('refuses an unknown store and an unknown path with a sentence', async () => {
  const { client } = await facade(none);
  const store = await importStore(client, { 'dev.md': base });
  await expect(client.blame('memstore_unknown', '/dev.md')).rejects.toMatchObject({ code: 'store_not_found' });
  await expect(client.blame(store, '/nothing.md')).rejects.toMatchObject({
    code: 'not_found',
    message: `The store ${store} has no memory "/nothing.md".`,
  });
});
