import { expect, it } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { doomed, dream, memory, others, planted, readStore, searchDatabase } from './erase-support.ts';
import { caseFile, facadeWithWorker, markdown } from './support.ts';

const by = 'nina';

/** Everything that people look at answers, and shows none of the words. */
async function lookAtAll(client: DreamsClient, storeIds: string[], dreamIds: string[]): Promise<void> {
  const shown: unknown[] = [await client.listDreams(), await client.listStores(), await client.listSessions()];
  for (const id of dreamIds) shown.push(await client.showDream(id), await client.diffDream(id));
  for (const id of storeIds) {
    shown.push(await client.readLog(id), await client.showStore(id), await client.exportNeutral(id));
    const { files } = await client.exportStore(id);
    shown.push(files.map((file) => new TextDecoder().decode(file.bytes)));
    for (const [path, content] of Object.entries(await readStore(client, id))) {
      shown.push(await client.blame(id, path));
      for (const line of content.split('\n').slice(0, -1).keys())
        shown.push(await client.explainLine({ storeId: id, path, line: line + 1 }));
    }
  }
  const text = JSON.stringify(shown);
  expect(planted.filter((words) => text.includes(words))).toEqual([]);
}

it('leaves no word of a session in the database, and every line that something else supports', async () => {
  const { client, adminUrl } = await facadeWithWorker();
  const { stores } = await client.importSources(markdown(memory), { folderName: 'memory' });
  const input = stores[0]?.id ?? '';
  const imported = await client.importSources([caseFile('case.json', [doomed, ...others])]);
  const [a = '', b = '', c = ''] = imported.sessions.flatMap((session) => session.id ?? []);
  const first = await dream(client, input, [a, b]);
  const second = await dream(client, first.output, [c]);
  const before = await readStore(client, second.output);
  const copied = before['/notes/dev.md']?.split('\n').find((line) => line.includes('4100')) ?? '';
  expect(copied).not.toBe('');

  // A person copies a line into a file of their own, edits another one, and takes a third edit back.
  await client.editStore(
    second.output,
    [
      { kind: 'write', path: '/hand.md', content: `# By hand\n\n${copied}\n- The printer is on the second floor.\n` },
      { kind: 'write', path: '/facts.md', content: `${before['/facts.md'] ?? ''}- Lunch is at noon.\n` },
    ],
    { by },
  );
  const renamed = await client.editStore(second.output, [{ kind: 'rename', path: '/notes/dev.md', to: '/notes/moved.md' }], { by });
  await client.undoOperation(renamed.operation_id ?? '', { by });
  const third = await dream(client, second.output, [b, c]);

  // The search is worth something: before the erasure it finds them all, in many tables.
  const there = await searchDatabase(adminUrl, planted);
  expect(planted.filter((words) => !there.some((place) => place.includes(`: ${words}: `)))).toEqual([]);
  expect(new Set(there.map((place) => place.split(':', 1)[0])).size).toBeGreaterThan(6);
  const inputBefore = await readStore(client, input);

  const erased = await client.eraseSession(a, { by, note: 'asked for by its author' });
  expect(await searchDatabase(adminUrl, planted)).toEqual([]);

  const outputs = [first.output, second.output, third.output];
  expect(await readStore(client, input)).toEqual(inputBefore);
  for (const storeId of outputs) {
    const files = await readStore(client, storeId);
    const all = Object.values(files).join('\n');
    for (const line of [
      '- Always run the smoke suite of lighthouse before you roll out.',
      '- From now on always use named exports, never default exports.',
      '- The staging database is called harbor.',
      '- Orders are kept in cents.',
      '- Two reviewers for every change.',
    ])
      expect(all.split('\n').filter((one) => one === line)).toHaveLength(1);
    expect(all).not.toContain('4100');
    expect(all).not.toContain('[erased');
    expect(Object.keys(files)).toContain('/_index.md');
    // The index says how many statements there are now.
    expect(files['/_index.md']).toContain('Development (3 statements)');
  }
  expect((await readStore(client, second.output))['/hand.md']).toBe('# By hand\n\n- The printer is on the second floor.\n');
  expect((await readStore(client, second.output))['/facts.md']).toContain('- Lunch is at noon.\n');

  const { report } = erased;
  expect(report).toMatchObject({ events: 10, failedDreams: [] });
  expect([report.facts, report.answers, report.quotes, report.changes, report.versions, report.drafts].every((count) => count > 0)).toBe(
    true,
  );
  expect(report.gone).toContainEqual({ storeId: first.output, path: '/notes/dev.md', line: 3 });
  expect(report.gone).toContainEqual({ storeId: second.output, path: '/hand.md', line: 3 });
  expect(report.stayed).toContainEqual({
    storeId: first.output,
    path: '/facts.md',
    line: expect.any(Number) as number,
    why: 'other_session',
  });
  expect(report.stayed).toContainEqual({ storeId: first.output, path: '/facts.md', line: expect.any(Number) as number, why: 'reworded' });
  expect(report.operations.map((one) => one.storeId).sort()).toEqual([...outputs].sort());
  for (const { storeId, operationId } of report.operations)
    expect((await client.readLog(storeId)).operations[0]).toMatchObject({
      id: operationId,
      kind: 'erase',
      by,
      note: 'asked for by its author',
    });
  await lookAtAll(client, [input, ...outputs], [first.dreamId, second.dreamId, third.dreamId]);

  // The tombstone says so; the session is in no list and in no new dream.
  expect(await client.showSession(a)).toMatchObject({
    title: null,
    events: [],
    effects: [],
    erasure: { by, note: 'asked for by its author', report },
  });
  expect((await client.listSessions()).map((session) => session.id)).not.toContain(a);
  await expect(client.createDream({ storeId: input, sessionIds: [a], model: 'offline' })).rejects.toMatchObject({
    code: 'session_not_found',
    message: expect.stringMatching(/was erased on \d{4}-\d\d-\d\d/) as string,
  });

  // What is taken back later does not come back with the words, and a new dream over the store finds its lines in order.
  const log = (await client.readLog(second.output)).operations;
  const edit = log.find((one) => one.kind === 'edit' && one.undone_by === null);
  const undone = await client.undoOperation(edit?.id ?? '', { by });
  expect(undone.paths).toContain('/facts.md');
  const after = await dream(client, second.output, [c]);
  expect(await searchDatabase(adminUrl, planted)).toEqual([]);
  await lookAtAll(client, [second.output, after.output], [after.dreamId]);

  // The same transcript is a session of its own when it is imported again.
  const again = await client.importSources([caseFile('case.json', [doomed])]);
  expect(again.sessions[0]).toMatchObject({ new_events: 10 });
  expect(again.sessions[0]?.id).not.toBe(a);
}, 180_000);

it('cleans a store that a dream wrote in place, and leaves what stood there before', async () => {
  const { client, adminUrl } = await facadeWithWorker();
  const { stores } = await client.importSources(markdown(memory), { folderName: 'memory' });
  const storeId = stores[0]?.id ?? '';
  const imported = await readStore(client, storeId);
  const [a = '', b = ''] = (await client.importSources([caseFile('case.json', [doomed, ...others])])).sessions.flatMap(
    (session) => session.id ?? [],
  );
  const { dreamId } = await dream(client, storeId, [a, b], 'update_existing');
  const written = (await client.readLog(storeId)).operations[0];
  expect(written).toMatchObject({ kind: 'dream', dream: dreamId });
  expect(JSON.stringify(await readStore(client, storeId))).toContain('4100');

  const { report } = await client.eraseSession(a, { by });
  expect(await searchDatabase(adminUrl, planted)).toEqual([]);
  expect(report.operations).toEqual([{ storeId, operationId: expect.any(String) as string }]);
  expect((await client.readLog(storeId)).operations.map((one) => one.kind)).toEqual(['erase', 'dream', 'import']);
  expect((await readStore(client, storeId))['/notes/dev.md']).toBe(
    '# Development\n\n- Orders are kept in cents.\n- Deploys go out on Tuesdays.\n- The staging database is called harbor.\n',
  );
  await lookAtAll(client, [storeId], [dreamId]);

  // The import comes back byte for byte, also where the erasure wrote since.
  await client.undoOperation(written?.id ?? '', { by });
  expect(await readStore(client, storeId)).toEqual(imported);
});
