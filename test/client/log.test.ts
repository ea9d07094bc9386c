import { expect, it } from 'vitest';
import { renderLog } from '../../client/cli/render/log.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertInputClaims } from '../../db/input-claims.ts';
import type { Claim } from '../../domain/claim.ts';
import { seedSession, user, workspaceId } from '../support/seeds.ts';
import { fakeDream } from './fake-dream.ts';
import { caseFile, facade, facadeWithWorker, markdown, said } from './support.ts';

const by = 'ada';
const none = { address: null };
const key = 'AKIAIOSFODNN7EXAMPLE';

it('tells who did what, when and why, newest first, and what took it back', async () => {
  const { client } = await facade(none);
  const { stores } = await client.importSources(markdown({ 'a.md': 'one' }), { folderName: 'memory' });
  const store = stores[0]?.id ?? '';
  const edited = await client.editStore(store, [{ kind: 'write', path: '/a.md', content: 'two' }], { by, note: 'because\u001b[31m' });
  const undone = await client.undoOperation(edited.operation_id ?? '', { by: 'bob', note: 'it was right' });
  const log = await client.readLog(store);
  expect(log).toMatchObject({ memory_store_id: store, name: 'memory', began_as: null });
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
  const common = { at: time, dream: null, note: null, undoes: null, undone_by: null, erases: null, report: null };
  const modified = { counts: { modified: 1 }, paths: [{ path: '/a.md', what: 'modified' }] };
  expect(log.operations).toEqual([
    {
      ...common,
      id: undone.operation_id,
      kind: 'undo',
      by: 'bob',
      ...modified,
      note: 'it was right',
      undoes: edited.operation_id,
    },
    {
      ...common,
      id: edited.operation_id,
      kind: 'edit',
      by,
      ...modified,
      note: 'because\u001b[31m',
      undone_by: undone.operation_id,
    },
    {
      ...common,
      id: expect.stringMatching(/^op_/) as string,
      kind: 'import',
      by: 'import',
      counts: { created: 1 },
      paths: [{ path: '/a.md', what: 'created' }],
    },
  ]);
  const text = renderLog(log);
  expect(text).toContain(`undoes edit ${edited.operation_id ?? ''} of 20`);
  expect(text).toContain(`taken back by ${undone.operation_id}`);
  expect(text).toContain('1 memory modified');
  expect(text).toContain('    it was right');
});

it('names the paths that an operation touched, and cuts a long list', async () => {
  const { client } = await facade(none);
  const { stores } = await client.importSources(markdown({ 'a.md': 'one', 'b.md': 'two', 'c.md': 'three' }), { folderName: 'memory' });
  const store = stores[0]?.id ?? '';
  await client.editStore(
    store,
    [
      { kind: 'write', path: '/a.md', content: 'changed' },
      { kind: 'delete', path: '/b.md' },
      { kind: 'rename', path: '/c.md', to: '/d.md' },
      { kind: 'write', path: '/e.md', content: 'a new one' },
    ],
    { by },
  );
  const many = Array.from({ length: 10 }, (_, index) => ({ kind: 'write' as const, path: `/new/${String(index)}.md`, content: 'x' }));
  await client.editStore(store, many, { by });
  const log = await client.readLog(store);
  expect(log.operations[1]?.paths).toEqual([
    { path: '/a.md', what: 'modified' },
    { path: '/b.md', what: 'deleted' },
    { path: '/d.md', what: 'renamed', from: '/c.md' },
    { path: '/e.md', what: 'created' },
  ]);
  expect(log.operations[0]?.paths).toHaveLength(10);
  const text = renderLog(log);
  expect(text).toContain('\n  modified /a.md, deleted /b.md, renamed /c.md -> /d.md, created /e.md');
  expect(text).toContain('created /new/7.md and 2 more paths');
  expect(text).not.toContain('/new/8.md');
});

it('says so when nothing was ever written, and where a copy comes from', async () => {
  const { client, database } = await facade(none);
  const { id } = await client.createStore('empty');
  expect(renderLog(await client.readLog(id))).toBe(`Nothing was ever written to ${id} (empty).`);
  const dream = await fakeDream(database, { storeId: id, files: () => ({ '/a.md': '- one\n' }) });
  const text = renderLog(await client.readLog(dream.output));
  // A dream counts statements: of none, a file all the same.
  expect(text).toContain('  no statement changed\n  created /a.md\n');
  expect(text.endsWith(`Began as a copy of ${id} (dream ${dream.dreamId}).`)).toBe(true);
  await expect(client.readLog('memstore_unknown')).rejects.toMatchObject({ code: 'store_not_found' });
});

it('tells of a dream what was left out and why, what was doubtful and stayed, and what is open, in masked words', async () => {
  const { client, database } = await facade(none);
  const { stores } = await client.importSources(markdown({ 'a.md': '- one\n- two\n', 'b.md': '- three\n' }), { folderName: 'memory' });
  const store = stores[0]?.id ?? '';
  const session = await seedSession(database, '2026-10-01T09:00:00Z', [user('Retries are three, or is it five?')]);
  const doubtful = { id: 'clm_doubtful', path: '/a.md', text: `The key is ${key}.` } as Claim;
  const dream = await fakeDream(database, {
    storeId: store,
    update: true,
    sessionIds: [session],
    files: (files) => ({ ...files, '/a.md': '- one\n- two\n- Open: three or five retries?\n' }),
    changes: [
      { kind: 'open_conflict', path: '/a.md', after: 'Open: three or five retries?', session },
      ...['guarded', 'excluded', 'collided', 'unseen', `the key ${key}`].map((after) => ({ kind: 'add' as const, path: '/x.md', after })),
    ],
    report: {
      counts: { open_conflict: 1, merge: 3 },
      reasons: { unsettled: 1, duplicate: 3 },
      dropped: { momentary: 4 },
      keptByCap: [doubtful.id],
      claims: { before: 3, after: 4 },
      files: { created: 0, changed: 1, unchanged: 1, deleted: 0 },
    },
    leftOut: (changes, draftId) =>
      (['guard', 'reviewer', 'conflict', 'unapproved', 'reviewer'] as const).map((why, index) => ({
        changeId: changes[index + 1]?.id ?? '',
        why,
        draftId,
      })),
    guards: (changes) => [
      { guard: 'no-secret', title: 'No secret enters', ok: false, checked: 5, refused: [changes[1]?.id ?? ''], incurable: 0, message: '' },
      { guard: 'not-empty', title: 'Not empty', ok: true, checked: 1, refused: [], incurable: 0, message: '' },
    ],
    meanwhile: () => client.editStore(store, [{ kind: 'write', path: '/b.md', content: '- three, by hand\n' }], { by }),
  });
  await withWorkspace(database, workspaceId, (tx) =>
    insertInputClaims(tx, [{ workspaceId, dreamId: dream.dreamId, id: doubtful.id, ordinal: 0, body: doubtful }]),
  );
  const log = await client.readLog(store);
  const [entry] = log.operations;
  expect(entry).toMatchObject({
    kind: 'dream',
    dream: dream.dreamId,
    counts: { open_conflict: 1, merge: 3 },
    report: {
      left_out: [
        { why: 'guard', guards: ['No secret enters'], kind: 'add', path: '/x.md', text: 'guarded' },
        { why: 'reviewer', guards: [], text: 'excluded' },
        { why: 'conflict', text: 'collided' },
        { why: 'unapproved', text: 'unseen' },
        { why: 'reviewer', text: expect.not.stringContaining(key) as string },
      ],
      kept_by_cap: [{ claim: doubtful.id, path: '/a.md', text: expect.stringMatching(/^The key is (?!AKIA)/) as string }],
      open: [{ path: '/a.md', text: 'Open: three or five retries?', sides: [{ quote: 'Retries ar', origin: 'user' }] }],
      theirs: ['/b.md'],
    },
  });
  const text = renderLog(log);
  for (const words of [
    '3 merged, 1 left open',
    'why: not settled (1), said twice (3)',
    'files: 0 created, 1 changed, 1 unchanged, 0 deleted',
    'statements: 3 before, 4 after',
    'heard and not written down: only for one task (4)',
    'left out, refused by a guard (1 entry):',
    'add /x.md: guarded [No secret enters]',
    'left out by the reviewer (2 entries):',
    'left out, because others had changed the path (1 entry):',
    'kept although doubtful, because the cap on removals was reached (1 entry):',
    'left open (1 entry):',
    '2026-10-01, user: “Retries ar”',
    'changed by others meanwhile, and left as they wrote them (1 entry):',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain(key);
});

it('cuts a long list and says where the rest is', async () => {
  const { client, database } = await facade(none);
  const { id } = await client.createStore('empty');
  const dream = await fakeDream(database, {
    storeId: id,
    files: () => ({ '/a.md': '- one\n' }),
    changes: Array.from({ length: 13 }, (_, index) => ({ kind: 'add' as const, path: '/x.md', after: `left out ${String(index)}` })),
    leftOut: (changes, draftId) => changes.map((change) => ({ changeId: change.id, why: 'reviewer' as const, draftId })),
  });
  const text = renderLog(await client.readLog(dream.output));
  expect(text).toContain('left out by the reviewer (13 entries):');
  expect(text).toContain(`and 3 more, see "dreams show ${dream.dreamId}"`);
  expect(text.match(/left out \d/g)).toHaveLength(10);
});

it('tells of a real dream what it did', async () => {
  const { client } = await facadeWithWorker();
  const { stores } = await client.importSources(
    markdown({ 'dev.md': '# Development\n\n- The API listens on port 3000.\n- Orders are kept in cents.\n' }),
    { folderName: 'memory' },
  );
  const imported = await client.importSources([
    caseFile('case.json', [
      {
        id: 's1',
        created_at: '2026-10-01T09:00:00Z',
        events: [said('e1', '2026-10-01T09:00:00Z', 'The API listens on port 4100 now, not 3000. Remember that.')],
      },
    ]),
  ]);
  const store = stores[0]?.id ?? '';
  const created = await client.createDream({
    storeId: store,
    sessionIds: imported.sessions.flatMap((one) => one.id ?? []),
    model: 'offline',
  });
  for await (const item of client.watchDream(created.dream.id)) if (item.kind === 'end') expect(item.dream.status).toBe('completed');
  const output = (await client.getDream(created.dream.id)).outputs[0]?.memory_store_id ?? '';
  const log = await client.readLog(output);
  expect(log.operations).toHaveLength(1);
  expect(log.operations[0]).toMatchObject({
    kind: 'dream',
    dream: created.dream.id,
    by: `dream ${created.dream.id}`,
    report: { claims: { before: 2 }, left_out: [], theirs: [] },
  });
  expect(log.began_as).toEqual({ memory_store_id: store, dream_id: created.dream.id });
  const port = (await client.blame(output, '/dev.md')).find((line) => line.text.includes('4100'));
  expect(port).toMatchObject({ origin: 'change', operation: log.operations[0]?.id, sessions: [{ id: imported.sessions[0]?.id }] });
});
