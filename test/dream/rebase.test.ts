import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebaseDraft } from '../../activities/rebase-draft.ts';
import type { StoreEdit } from '../../client/edit-store.ts';
import { findAlias, readAliasMoves } from '../../db/aliases.ts';
import { putContents } from '../../db/contents.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertDecision } from '../../db/decisions.ts';
import { findDraft, readDraftFiles } from '../../db/drafts.ts';
import { requireDream } from '../../db/dreams.ts';
import { readEventsAfter } from '../../db/events.ts';
import { readHeads, writeVersions } from '../../db/memories.ts';
import { appendOperation, readOperations, readOperationSteps } from '../../db/operations.ts';
import { readRecordedClaims } from '../../db/provenance.ts';
import { lockSession } from '../../db/sessions.ts';
import { lockStore, requireStore } from '../../db/stores.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { freshId, seedStore, workspaceId } from '../support/seeds.ts';
import type { Files, Staged } from './rebase-support.ts';
import { edit, filesOf, headsOf, indexFindings, notesOf, setAlias, staged, untilWaiting } from './rebase-support.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const base: Files = {
  '/a.md': '# A\n\n- one\n',
  '/b.md': '# B\n\n- two\n',
  '/c.md': '# C\n\n- three\n',
  '/d/e.md': '# E\n\n- four\n',
};
/** Changes /a.md, deletes /b.md, adds /new/n.md, leaves the rest. */
const ours: Files = {
  '/a.md': '# A\n\n- one, as the dream has it\n',
  '/c.md': base['/c.md'] ?? '',
  '/d/e.md': base['/d/e.md'] ?? '',
  '/new/n.md': '# N\n\n- new\n',
};

type Target = 'update_existing' | 'alias';

/** A dream over `base`, staged as `ours`; its target is what others can edit until the commit. */
async function begun(target: Target): Promise<Staged & { storeId: string; alias: string | null }> {
  const storeId = await seedStore(fresh.database, base);
  const alias = target === 'alias' ? `agent-${storeId.slice(-8).toLowerCase()}` : null;
  if (alias !== null) await setAlias(fresh.database, alias, storeId);
  const dream = await staged(fresh.database, {
    storeId,
    files: ours,
    ...(alias === null ? { outputBehavior: 'update_existing' as const } : { options: { alias } }),
  });
  return { ...dream, storeId, alias };
}

const write = (path: string, content: string): StoreEdit => ({ kind: 'write', path, content });
const remove = (path: string): StoreEdit => ({ kind: 'delete', path });
const rename = (path: string, to: string): StoreEdit => ({ kind: 'rename', path, to });

const { '/c.md': c, ...withoutC } = ours;

/** Edits apart from ours: what stands after the commit, and which paths the operation says are theirs. */
const disjoint: [string, StoreEdit[][], Files, string[]][] = [
  ['a memory is added', [[write('/t.md', '# T\n')]], { ...ours, '/t.md': '# T\n' }, ['/t.md']],
  ['a memory is changed', [[write('/c.md', '# C\n\n- theirs\n')]], { ...ours, '/c.md': '# C\n\n- theirs\n' }, ['/c.md']],
  ['a memory is deleted', [[remove('/c.md')]], withoutC, ['/c.md']],
  ['a memory is renamed', [[rename('/c.md', '/z/c.md')]], { ...withoutC, '/z/c.md': c ?? '' }, ['/c.md', '/z/c.md']],
  [
    'a memory is added to a folder that is new in the draft',
    [[write('/new/t.md', '# T\n')]],
    { ...ours, '/new/t.md': '# T\n' },
    ['/new/t.md'],
  ],
  ['a memory is changed to the bytes of the draft', [[write('/a.md', ours['/a.md'] ?? '')]], ours, []],
  ['a memory that the draft deletes is deleted', [[remove('/b.md')]], ours, []],
  ['a memory is added with the bytes of the draft', [[write('/new/n.md', ours['/new/n.md'] ?? '')]], ours, []],
  ['a memory is deleted and made again with its bytes', [[remove('/a.md')], [write('/a.md', base['/a.md'] ?? '')]], ours, []],
  ['only the index is written', [[write('/_index.md', '# Index\n\nAsk Jo first.\n')]], ours, []],
];

/** Edits to what the draft touches: the paths in conflict. */
const colliding: [string, StoreEdit[], { path: string; ours: string | null; theirs: string | null }[]][] = [
  ['a memory is changed', [write('/a.md', 'x')], [{ path: '/a.md', ours: ours['/a.md'] ?? '', theirs: 'x' }]],
  ['a memory is deleted', [remove('/a.md')], [{ path: '/a.md', ours: ours['/a.md'] ?? '', theirs: null }]],
  ['a memory is renamed', [rename('/a.md', '/z.md')], [{ path: '/a.md', ours: ours['/a.md'] ?? '', theirs: null }]],
  ['a memory that the draft deletes is changed', [write('/b.md', 'x')], [{ path: '/b.md', ours: null, theirs: 'x' }]],
  [
    'a memory is added where the draft adds one',
    [write('/new/n.md', 'x')],
    [{ path: '/new/n.md', ours: ours['/new/n.md'] ?? '', theirs: 'x' }],
  ],
  ['a memory takes the name of a new folder', [write('/new', 'x')], [{ path: '/new/n.md', ours: ours['/new/n.md'] ?? '', theirs: null }]],
  ['a memory is put below a new file', [write('/new/n.md/x', 'x')], [{ path: '/new/n.md', ours: ours['/new/n.md'] ?? '', theirs: null }]],
  [
    'one memory collides and another does not',
    [write('/a.md', 'x'), write('/t.md', 'y')],
    [{ path: '/a.md', ours: ours['/a.md'] ?? '', theirs: 'x' }],
  ],
];

async function archive(storeId: string): Promise<void> {
  await withWorkspace(fresh.database, workspaceId, (tx) =>
    tx.execute(sql`update memory_stores set archived_at = now() where id = ${storeId}`),
  );
}

const hash = (text: string | null) => (text === null ? null : sha256Hex(text));

describe.each<Target>(['update_existing', 'alias'])('a commit under %s', (target) => {
  it.each(disjoint)('keeps both sides when before it %s', async (_, edits, expected, theirs) => {
    const dream = await begun(target);
    for (const each of edits) await edit(fresh.database, dream.storeId, each);
    const before = await headsOf(fresh.database, dream.storeId);
    const first = await dream.commit();
    expect(first).toEqual({ operationId: expect.stringMatching(/^op_/) as string, conflicts: 0 });
    expect(await notesOf(fresh.database, dream.outputStoreId)).toEqual(expected);
    const output = await filesOf(fresh.database, dream.outputStoreId);
    expect(indexFindings(output)).toEqual([]);

    const heads = await headsOf(fresh.database, dream.outputStoreId);
    expect(await dream.commit()).toEqual(first);
    expect(await headsOf(fresh.database, dream.outputStoreId)).toEqual(heads);
    await withWorkspace(fresh.database, workspaceId, async (tx) => {
      const [operation] = await readOperations(tx, dream.outputStoreId);
      expect(operation).toMatchObject({ id: first.operationId, kind: 'dream', by: `dream ${dream.dreamId}`, report: { theirs } });
      const steps = await readOperationSteps(tx, first.operationId ?? '');
      expect(new Set(steps.flatMap((step) => step.afterVersionId ?? []))).toEqual(
        new Set([...heads.values()].filter((head) => steps.some((step) => step.path === head.path)).map((head) => head.versionId)),
      );
      expect(await requireDream(tx, dream.dreamId)).toMatchObject({ status: 'completed', outcome: 'committed' });
    });
    if (target === 'alias') expect(await headsOf(fresh.database, dream.storeId)).toEqual(before);
    // Under update_existing what others wrote is not written again: their versions stand.
    else for (const path of theirs) expect(heads.get(path)?.versionId).toBe(before.get(path)?.versionId);
  });

  it.each(colliding)('writes nothing and says where when before it %s', async (_, edits, paths) => {
    const dream = await begun(target);
    await edit(fresh.database, dream.storeId, edits);
    const [input, output] = [await headsOf(fresh.database, dream.storeId), await headsOf(fresh.database, dream.outputStoreId)];
    const revisions = () =>
      withWorkspace(fresh.database, workspaceId, async (tx) => [
        (await requireStore(tx, dream.storeId)).revision,
        (await requireStore(tx, dream.outputStoreId)).revision,
      ]);
    const before = await revisions();
    const answer = { operationId: null, conflicts: paths.length };
    expect([await dream.commit(), await dream.commit()]).toEqual([answer, answer]);
    expect([await headsOf(fresh.database, dream.storeId), await headsOf(fresh.database, dream.outputStoreId)]).toEqual([input, output]);
    expect(await revisions()).toEqual(before);
    await withWorkspace(fresh.database, workspaceId, async (tx) => {
      expect((await findDraft(tx, dream.draftId))?.conflicts).toEqual(
        paths.map(({ path, ours: o, theirs: t }) => ({ path, base: hash(base[path] ?? null), ours: hash(o), theirs: hash(t) })),
      );
      expect(await requireDream(tx, dream.dreamId)).toMatchObject({ status: 'running', outcome: null });
      if (dream.alias !== null) expect(await readAliasMoves(tx, dream.alias)).toHaveLength(1);
      const said = (await readEventsAfter(tx, dream.sessionId, 0)).filter((event) => event.payload['step'] === 'commitDream');
      expect(JSON.stringify(said.map((event) => event.payload))).toContain(
        'commitDream: nothing was written, because others changed 1 path that the draft drft_',
      );
    });
  });

  it('waits for an edit that holds the store and then keeps what it wrote', async () => {
    const dream = await begun(target);
    let committed: Promise<unknown> = Promise.resolve();
    await withWorkspace(fresh.database, workspaceId, async (tx) => {
      await lockStore(tx, dream.storeId);
      committed = dream.commit();
      await untilWaiting(fresh.database, 1);
      const text = '# Late\n\n- note of an agent\n';
      const [sha256 = ''] = await putContents(tx, workspaceId, [text]);
      const version = { workspaceId, storeId: dream.storeId, id: freshId('memver'), memoryId: freshId('mem'), path: '/late.md' };
      await writeVersions(tx, [{ ...version, operation: 'created', sha256, size: text.length }]);
      const step = { memoryId: version.memoryId, path: version.path, beforeVersionId: null, afterVersionId: version.id };
      const operation = {
        workspaceId,
        id: freshId('op'),
        storeId: dream.storeId,
        kind: 'edit' as const,
        by: 'agent',
        counts: { created: 1 },
      };
      await appendOperation(tx, operation, [step]);
    });
    expect(await committed).toMatchObject({ conflicts: 0 });
    expect(await notesOf(fresh.database, dream.outputStoreId)).toEqual({ ...ours, '/late.md': '# Late\n\n- note of an agent\n' });
    expect(indexFindings(await filesOf(fresh.database, dream.outputStoreId))).toEqual([]);
  });

  it('makes an edit wait that comes while it writes; the edit then stands on top', async () => {
    const dream = await begun(target);
    let work: Promise<unknown>[] = [];
    await withWorkspace(fresh.database, workspaceId, async (tx) => {
      // The last thing that a commit locks, after the stores.
      await lockSession(tx, dream.sessionId);
      work = [dream.commit()];
      await untilWaiting(fresh.database, 1);
      work.push(edit(fresh.database, dream.storeId, [write('/c.md', 'late'), write('/late.md', 'late')]));
      await untilWaiting(fresh.database, 2);
    });
    expect(await Promise.all(work)).toMatchObject([{ conflicts: 0 }, undefined]);
    const inPlace = { '/c.md': 'late', '/late.md': 'late' };
    if (target === 'update_existing') expect(await notesOf(fresh.database, dream.storeId)).toEqual({ ...ours, ...inPlace });
    else {
      // The agent had already looked up the store that the alias named.
      expect(await filesOf(fresh.database, dream.storeId)).toEqual({ ...base, ...inPlace });
      expect(await notesOf(fresh.database, dream.outputStoreId)).toEqual(ours);
    }
  });
});

describe('update_existing', () => {
  it('continues the store’s own memories and gives only new files an id of their own', async () => {
    const dream = await begun('update_existing');
    expect(dream.outputStoreId).toBe(dream.storeId);
    const before = await headsOf(fresh.database, dream.storeId);
    await dream.commit();
    const after = await headsOf(fresh.database, dream.storeId);
    expect(after.get('/a.md')?.memoryId).toBe(before.get('/a.md')?.memoryId);
    expect(after.get('/c.md')).toEqual(before.get('/c.md'));
    expect(after.has('/b.md')).toBe(false);
    expect([...before.values()].map((head) => head.memoryId)).not.toContain(after.get('/new/n.md')?.memoryId);
  });

  it('records where lines come from for its own bytes only', async () => {
    const dream = await begun('update_existing');
    await edit(fresh.database, dream.storeId, [write('/c.md', '# C\n\n- theirs\n')]);
    await dream.commit();
    const heads = await headsOf(fresh.database, dream.storeId);
    const versions = ['/a.md', '/c.md', '/new/n.md'].map((path) => heads.get(path)?.versionId ?? '');
    const recorded = await withWorkspace(fresh.database, workspaceId, (tx) => readRecordedClaims(tx, versions));
    expect(versions.map((id) => recorded.get(id)?.length ?? 0)).toEqual([1, 0, 1]);
  });

  it('keeps the sentence that a person put above the index, with the new files below it', async () => {
    const dream = await begun('update_existing');
    await edit(fresh.database, dream.storeId, [write('/_index.md', '# Index\n\nAsk Jo first.\n')]);
    await dream.commit();
    const index = (await filesOf(fresh.database, dream.storeId))['/_index.md'] ?? '';
    expect(index).toContain('Ask Jo first.');
    expect(index).toContain('(/new/n.md)');
  });

  it('leaves a protected index alone', async () => {
    const index = '# Index\n\n- [/a.md](/a.md)\n';
    const storeId = await seedStore(fresh.database, { ...base, '/_index.md': index });
    const dream = await staged(fresh.database, {
      storeId,
      files: { ...ours, '/_index.md': index },
      outputBehavior: 'update_existing',
      options: { protect: ['/_index.md'] },
    });
    await edit(fresh.database, storeId, [write('/t.md', '# T\n')]);
    expect(await dream.commit()).toMatchObject({ conflicts: 0 });
    expect(await filesOf(fresh.database, storeId)).toEqual({ ...ours, '/_index.md': index, '/t.md': '# T\n' });
  });

  it('takes the index apart by folder when the files of both sides are too many for one', async () => {
    const many = (folder: string, count: number): Files =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `/${folder}/note-${String(at)}.md`,
          `# Note ${String(at)} about ${'the weather '.repeat(8)}\n`,
        ]),
      );
    const storeId = await seedStore(fresh.database, many('base', 60));
    const dream = await staged(fresh.database, {
      storeId,
      files: { ...many('base', 60), ...many('ours', 70) },
      outputBehavior: 'update_existing',
    });
    await edit(
      fresh.database,
      storeId,
      Object.entries(many('theirs', 70)).map(([path, content]) => write(path, content)),
    );
    expect(await dream.commit()).toMatchObject({ conflicts: 0 });
    const files = await filesOf(fresh.database, storeId);
    expect(indexFindings(files)).toEqual([]);
    expect(Object.keys(files).filter((path) => path.endsWith('_index.md'))).toContain('/theirs/_index.md');

    // And together again, when there is room: indexes of folders that are not needed any more go.
    const smaller = await staged(fresh.database, { storeId, files: many('base', 60), outputBehavior: 'update_existing' });
    await edit(fresh.database, storeId, [write('/base/late.md', '# Late\n')]);
    expect(await smaller.commit()).toMatchObject({ conflicts: 0 });
    expect(await notesOf(fresh.database, storeId)).toEqual({ ...many('base', 60), '/base/late.md': '# Late\n' });
    expect(indexFindings(await filesOf(fresh.database, storeId))).toEqual([]);
  });

  it('refuses a store that was archived meanwhile', async () => {
    const dream = await begun('update_existing');
    await archive(dream.storeId);
    await expect(dream.commit()).rejects.toMatchObject({ code: 'store_not_found' });
    expect(await filesOf(fresh.database, dream.storeId)).toEqual(base);
  });
});

it('finds no room in a full store for the last new files of the draft, or for an index that others left none for', async () => {
  const storeId = await seedStore(fresh.database, base);
  const dream = await staged(fresh.database, {
    storeId,
    files: { ...base, '/n1.md': 'n', '/n2.md': 'n' },
    outputBehavior: 'update_existing',
  });
  await edit(fresh.database, storeId, [write('/t.md', 't')]);
  const within = (limit: number) =>
    withWorkspace(fresh.database, workspaceId, async (tx) =>
      rebaseDraft(tx, await requireDream(tx, dream.dreamId), await readDraftFiles(tx, dream.draftId), await readHeads(tx, storeId), limit),
    );
  // Four of the base, one of theirs, two of ours, the index.
  expect((await within(8)).files).toHaveLength(8);
  expect((await within(7)).conflicts.map((conflict) => conflict.path)).toEqual(['/n2.md']);
  expect((await within(6)).conflicts.map((conflict) => conflict.path)).toEqual(['/n1.md', '/n2.md']);
  const empty = await staged(fresh.database, { storeId: await seedStore(fresh.database, base), files: base });
  const index = () =>
    withWorkspace(fresh.database, workspaceId, async (tx) =>
      rebaseDraft(tx, await requireDream(tx, empty.dreamId), await readDraftFiles(tx, empty.draftId), await readHeads(tx, storeId), 5),
    );
  await expect(index()).rejects.toMatchObject({
    code: 'store_too_large',
    message: expect.stringContaining('would hold 6 memories') as string,
  });
});

describe('an alias', () => {
  const names = async (alias: string | null) =>
    (await withWorkspace(fresh.database, workspaceId, (tx) => findAlias(tx, alias ?? '')))?.storeId;

  it('moves to the output store with the commit, once', async () => {
    const dream = await begun('alias');
    expect(await names(dream.alias)).toBe(dream.storeId);
    await dream.commit();
    await dream.commit();
    expect(await names(dream.alias)).toBe(dream.outputStoreId);
    const moves = await withWorkspace(fresh.database, workspaceId, (tx) => readAliasMoves(tx, dream.alias ?? ''));
    expect(moves.map(({ kind, storeId, by, dreamId }) => [kind, storeId, by, dreamId])).toEqual([
      ['set', dream.storeId, 'test', null],
      ['dream', dream.outputStoreId, `dream ${dream.dreamId}`, dream.dreamId],
    ]);
  });

  it('carries the notes that agents wrote into its store meanwhile, and says where their lines are recorded', async () => {
    const dream = await begun('alias');
    await edit(fresh.database, dream.storeId, [write('/note.md', '# Note\n\n- of an agent\n')]);
    const theirs = (await headsOf(fresh.database, dream.storeId)).get('/note.md');
    await dream.commit();
    const copy = (await headsOf(fresh.database, dream.outputStoreId)).get('/note.md');
    expect(copy).toMatchObject({ sha256: theirs?.sha256, copiedFrom: theirs?.versionId });
    expect(copy?.memoryId).not.toBe(theirs?.memoryId);
  });

  it('that names another store by now is rebased onto that one', async () => {
    const dream = await begun('alias');
    const other = await seedStore(fresh.database, { ...base, '/c.md': '# C\n\n- of the other store\n', '/x.md': '# X\n' });
    await setAlias(fresh.database, dream.alias ?? '', other);
    const before = await filesOf(fresh.database, other);
    expect(await dream.commit()).toMatchObject({ conflicts: 0 });
    expect(await notesOf(fresh.database, dream.outputStoreId)).toEqual({
      ...ours,
      '/c.md': '# C\n\n- of the other store\n',
      '/x.md': '# X\n',
    });
    expect(indexFindings(await filesOf(fresh.database, dream.outputStoreId))).toEqual([]);
    expect(await names(dream.alias)).toBe(dream.outputStoreId);
    expect([await filesOf(fresh.database, dream.storeId), await filesOf(fresh.database, other)]).toEqual([base, before]);
  });

  it('that has left its old store behind does not care whether that one was archived; its present one must not be', async () => {
    const dream = await begun('alias');
    const other = await seedStore(fresh.database, { ...base, '/x.md': '# X\n' });
    await setAlias(fresh.database, dream.alias ?? '', other);
    await archive(dream.storeId);
    await archive(other);
    await expect(dream.commit()).rejects.toMatchObject({ code: 'store_not_found', message: expect.stringContaining(other) as string });
    await withWorkspace(fresh.database, workspaceId, (tx) =>
      tx.execute(sql`update memory_stores set archived_at = null where id = ${other}`),
    );
    expect(await dream.commit()).toMatchObject({ conflicts: 0 });
    expect(await notesOf(fresh.database, dream.outputStoreId)).toEqual({ ...ours, '/x.md': '# X\n' });
  });

  it('that names a store in conflict stays where it was moved', async () => {
    const dream = await begun('alias');
    const other = await seedStore(fresh.database, { ...base, '/a.md': 'another one' });
    await setAlias(fresh.database, dream.alias ?? '', other);
    expect(await dream.commit()).toEqual({ operationId: null, conflicts: 1 });
    expect(await names(dream.alias)).toBe(other);
    expect(await filesOf(fresh.database, dream.outputStoreId)).toEqual(base);
  });

  it('is moved by one of two dreams after the other; the second carries what the first wrote', async () => {
    const storeId = await seedStore(fresh.database, base);
    await setAlias(fresh.database, 'two-dreams', storeId);
    const options = { alias: 'two-dreams' };
    const first = await staged(fresh.database, { storeId, files: { ...base, '/first.md': '# First\n' }, options });
    const second = await staged(fresh.database, { storeId, files: { ...base, '/second.md': '# Second\n' }, options });
    const answers = await Promise.all([first.commit(), second.commit()]);
    expect(answers.map((answer) => answer.conflicts)).toEqual([0, 0]);
    const last = (await names('two-dreams')) ?? '';
    expect([first.outputStoreId, second.outputStoreId]).toContain(last);
    expect(await notesOf(fresh.database, last)).toEqual({ ...base, '/first.md': '# First\n', '/second.md': '# Second\n' });
    expect(indexFindings(await filesOf(fresh.database, last))).toEqual([]);
  });
});

describe('create_new without an alias', () => {
  it('does not look at what became of its input store', async () => {
    const storeId = await seedStore(fresh.database, base);
    const dream = await staged(fresh.database, { storeId, files: ours });
    await edit(fresh.database, storeId, [write('/a.md', 'x'), write('/t.md', 'y')]);
    expect(await dream.commit()).toMatchObject({ conflicts: 0 });
    expect(await notesOf(fresh.database, dream.outputStoreId)).toEqual(ours);
  });

  it('refuses an output store that somebody wrote to', async () => {
    const storeId = await seedStore(fresh.database, base);
    const dream = await staged(fresh.database, { storeId, files: ours });
    await edit(fresh.database, dream.outputStoreId, [write('/t.md', 'y')]);
    await expect(dream.commit()).rejects.toMatchObject({ code: 'store_changed' });
    expect(await filesOf(fresh.database, dream.outputStoreId)).toEqual({ ...base, '/t.md': 'y' });
  });
});

describe('the operation of a commit', () => {
  const decided = async (dream: Staged, channel: 'update' | 'timeout', by: string) => {
    await withWorkspace(fresh.database, workspaceId, async (tx) => {
      const draft = await findDraft(tx, dream.draftId);
      await insertDecision(tx, {
        workspaceId,
        draftId: dream.draftId,
        dreamId: dream.dreamId,
        digest: draft?.digest ?? '',
        verdict: 'approve',
        excluded: [],
        by,
        note: 'looks right',
        channel,
        request: 'r1',
      });
    });
    await dream.commit();
    return await withWorkspace(fresh.database, workspaceId, async (tx) => (await readOperations(tx, dream.outputStoreId))[0]);
  };

  it('names who approved it, with the note', async () => {
    const dream = await begun('update_existing');
    expect(await decided(dream, 'update', 'Ada')).toMatchObject({ by: 'Ada', note: 'looks right', dreamId: dream.dreamId });
  });

  it('names the dream when time ran out', async () => {
    const dream = await begun('update_existing');
    expect(await decided(dream, 'timeout', 'time-out')).toMatchObject({ by: `dream ${dream.dreamId}` });
  });
});
