import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { moveAlias } from '../../db/aliases.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertDecision } from '../../db/decisions.ts';
import { insertDraft, openReview, setDraftConflicts } from '../../db/drafts.ts';
import { requireDream } from '../../db/dreams.ts';
import { defaultDreamOptions } from '../../domain/dream.ts';
import { maxInstructionsCharacters } from '../../domain/limits.ts';
import { agent, freshId, seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { facade } from './support.ts';

const lines = [user('We use pnpm.'), agent('Noted.')];

async function moveAliasTo(database: Database, name: string, storeId: string): Promise<void> {
  await withWorkspace(database, workspaceId, (tx) => moveAlias(tx, { workspaceId, name, kind: 'set', storeId, by: 'test' }));
}

async function archive(database: Database, storeId: string): Promise<void> {
  await withWorkspace(database, workspaceId, (tx) => tx.execute(sql`update memory_stores set archived_at = now() where id = ${storeId}`));
}

describe('refuses, before it looks at any id,', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `sesn_${String(index)}`);
  it.each([
    ['no session', { sessionIds: [] }, 'invalid_input', /1 to 100 sessions; none was given/],
    ['101 sessions', { sessionIds: ids(101) }, 'too_many_sessions', /at most 100 sessions; 101 were given/],
    ['a session twice', { sessionIds: ['sesn_a', 'sesn_b', 'sesn_a'] }, 'invalid_input', /sesn_a is given more than once/],
    ['what is no session', { sessionIds: ['memstore_1'] }, 'invalid_input', /"memstore_1" is no id of a session/],
    ['what is no store', { storeId: 'sesn_1', sessionIds: ids(1) }, 'invalid_input', /"sesn_1" is no id of a memory store/],
    ['empty instructions', { sessionIds: ids(1), instructions: '' }, 'invalid_input', /these have 0/],
    [
      'long instructions',
      { sessionIds: ids(1), instructions: '🙂'.repeat(maxInstructionsCharacters + 1) },
      'invalid_input',
      /these have 4,097/,
    ],
    ['instructions with a NUL', { sessionIds: ids(1), instructions: 'a\u0000' }, 'invalid_input', /NUL character at position 2/],
    ['instructions with half a pair', { sessionIds: ids(1), instructions: 'a\ud800' }, 'invalid_input', /half of a surrogate pair/],
    [
      'a model without an engine',
      { sessionIds: ids(1), model: 'claude-opus-5' },
      'engine_unknown',
      /no engine for the model "claude-opus-5"/,
    ],
    ['a model id of 257 characters', { sessionIds: ids(1), model: 'x'.repeat(257) }, 'invalid_input', /this one has 257/],
    [
      'a relative protected path',
      { sessionIds: ids(1), options: { protect: ['policies/'] } },
      'invalid_input',
      /"policies\/" does not begin with/,
    ],
    [
      'an alias that is no name',
      { sessionIds: ids(1), options: { alias: 'Prod Agent' } },
      'invalid_input',
      /"Prod Agent" is no name of an alias/,
    ],
    [
      'a time for a review that was not asked for',
      { sessionIds: ids(1), options: { reviewTimeout: 60, onTimeout: 'commit' as const } },
      'invalid_input',
      /reviewTimeout and onTimeout were given, but no review/,
    ],
    ['a review of another kind', { sessionIds: ids(1), options: { review: 'maybe' as 'none' } }, 'invalid_input', /not "maybe"/],
    [
      'a review without time',
      { sessionIds: ids(1), options: { reviewTimeout: 0 } },
      'invalid_input',
      /1 to 31,536,000 \(365 days\), not 0/,
    ],
    ['a review of years', { sessionIds: ids(1), options: { reviewTimeout: 31_536_001 } }, 'invalid_input', /not 31536001/],
    [
      'a review of half a second',
      { sessionIds: ids(1), options: { reviewTimeout: 0.5 } },
      'invalid_input',
      /whole number of seconds .*not 0\.5/,
    ],
    ['an unknown end of a review', { sessionIds: ids(1), options: { onTimeout: 'wait' as 'reject' } }, 'invalid_input', /not "wait"/],
    ['an unknown output', { sessionIds: ids(1), outputBehavior: 'overwrite' as 'create_new' }, 'invalid_input', /not "overwrite"/],
    [
      'an update of no store',
      { sessionIds: ids(1), outputBehavior: 'update_existing' as const },
      'invalid_input',
      /needs to be told which one/,
    ],
    [
      'an update that names an alias',
      { storeId: 'memstore_1', sessionIds: ids(1), outputBehavior: 'update_existing' as const, options: { alias: 'prod' } },
      'invalid_input',
      /cannot name an alias \(prod\): an alias moves to the new store/,
    ],
    ['a share above one', { sessionIds: ids(1), options: { tolerance: 1.5 } }, 'invalid_input', /from 0 to 1, not 1.5/],
  ])('%s', async (_, input, code, message) => {
    const { client } = await facade({ address: null });
    await expect(client.createDream({ model: 'offline', ...input })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

it('names the sessions that are not there', async () => {
  const { client, database } = await facade({ address: null });
  const known = await seedSession(database, '2026-10-01T09:00:00Z', lines);
  const [a, b] = [freshId('sesn'), freshId('sesn')];
  await expect(client.createDream({ sessionIds: [a, known, b], model: 'offline' })).rejects.toMatchObject({
    code: 'session_not_found',
    message: `There are no sessions ${a}, ${b} in this workspace.`,
  });
});

it('refuses a store that is not there', async () => {
  const { client, database } = await facade({ address: null });
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', lines)];
  const storeId = freshId('memstore');
  await expect(client.createDream({ storeId, sessionIds, model: 'offline' })).rejects.toMatchObject({
    code: 'store_not_found',
    message: expect.stringContaining(storeId) as string,
  });
});

describe('an alias', () => {
  const ready = async () => {
    const made = await facade();
    const storeId = await seedStore(made.database, { '/a.md': '- a\n' });
    await moveAliasTo(made.database, 'prod-agent', storeId);
    return { ...made, storeId, sessionIds: [await seedSession(made.database, '2026-10-01T09:00:00Z', lines)] };
  };

  it('gives the dream its store, also where that one is named too', async () => {
    const { client, storeId, sessionIds } = await ready();
    for (const input of [{}, { storeId }]) {
      const { dream } = await client.createDream({ ...input, sessionIds, model: 'offline', options: { alias: 'prod-agent' } });
      expect([dream.inputs[0].memory_store_id, dream.open_dreams.alias]).toEqual([storeId, 'prod-agent']);
    }
  });

  it('is refused when it names another store than the one that is given, and both are said', async () => {
    const { client, database, storeId, sessionIds } = await ready();
    const other = await seedStore(database, {});
    await expect(
      client.createDream({ storeId: other, sessionIds, model: 'offline', options: { alias: 'prod-agent' } }),
    ).rejects.toMatchObject({ code: 'invalid_input', message: `The alias prod-agent names the memory store ${storeId}, not ${other}.` });
  });

  it('is refused when there is none of that name, or its store is archived', async () => {
    const { client, database, storeId, sessionIds } = await ready();
    const ask = (alias: string) => client.createDream({ sessionIds, model: 'offline', options: { alias } });
    await expect(ask('nobody')).rejects.toMatchObject({ code: 'alias_not_found', message: expect.stringContaining('"nobody"') as string });
    await archive(database, storeId);
    await expect(ask('prod-agent')).rejects.toMatchObject({
      code: 'store_archived',
      hint: expect.stringContaining('prod-agent') as string,
    });
    expect(await client.listDreams()).toEqual([]);
  });
});

it.each(['create_new', 'update_existing'] as const)('refuses an archived store under %s', async (outputBehavior) => {
  const { client, database } = await facade({ address: null });
  const storeId = await seedStore(database, {});
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', lines)];
  await archive(database, storeId);
  await expect(client.createDream({ storeId, sessionIds, model: 'offline', outputBehavior })).rejects.toMatchObject({
    code: 'store_archived',
    message: `The memory store ${storeId} is archived.`,
  });
});

it('refuses a session that was erased', async () => {
  const { client, database } = await facade({ address: null });
  const id = await seedSession(database, '2026-10-01T09:00:00Z', lines);
  await withWorkspace(database, workspaceId, (tx) => tx.execute(sql`update sessions set erased_at = now() where id = ${id}`));
  await expect(client.createDream({ sessionIds: [id], model: 'offline' })).rejects.toMatchObject({
    code: 'session_not_found',
    message: expect.stringContaining(`The session ${id} was erased`) as string,
  });
});

describe('the review on the wire', () => {
  it('is null where none is asked for, also of a dream that an earlier version stored', async () => {
    const { client, database } = await facade({ address: null });
    const dreamId = await seedDream(database, { storeId: await seedStore(database, {}), sessionIds: [] });
    const old = { review: 'none', protect: [], retireCap: 0.2, tolerance: 0, minPatternSessions: 2 };
    await withWorkspace(database, workspaceId, (tx) => tx.execute(sql`update dreams set options = ${JSON.stringify(old)}::json`));
    expect((await client.getDream(dreamId)).open_dreams).toMatchObject({ review: null, alias: null });
    expect((await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId))).options).toEqual(defaultDreamOptions);
  });

  it('names the draft that waits, until when, and how many paths others changed', async () => {
    const { client, database } = await facade({ address: null });
    const dreamId = await seedDream(database, {
      storeId: await seedStore(database, {}),
      sessionIds: [],
      options: { review: 'required', reviewTimeout: 60, onTimeout: 'commit' },
    });
    const review = async () => (await client.getDream(dreamId)).open_dreams.review;
    const asked = { required: true, timeout_seconds: 60, on_timeout: 'commit' };
    expect(await review()).toEqual({ ...asked, draft_digest: null, ends_at: null, decision: null, conflicts: 0 });

    const endsAt = new Date('2026-11-23T12:00:00Z');
    const waits = async (round: number, digest: string) => {
      const draft = { id: freshId('drft'), digest, files: [], deleted: [], claims: [], changes: [] };
      const none = { counts: {}, reasons: {}, files: { created: 0, changed: 0, unchanged: 0, deleted: 0 } };
      const report = { ...none, claims: { before: 0, after: 0 }, dropped: {}, keptByCap: [], guards: [] };
      await withWorkspace(database, workspaceId, async (tx) => {
        await insertDraft(tx, { workspaceId, dreamId, round }, draft, report);
        await openReview(tx, draft.id, endsAt);
      });
      return draft.id;
    };
    const first = await waits(1, 'a'.repeat(64));
    expect(await review()).toEqual({ ...asked, draft_digest: 'a'.repeat(64), ends_at: endsAt.toISOString(), decision: null, conflicts: 0 });

    const request = { verdict: 'approve' as const, excluded: [], by: 'Ada', note: null, channel: 'update' as const, request: 'r' };
    const decided = { workspaceId, dreamId, draftId: first, digest: 'a'.repeat(64), ...request };
    await withWorkspace(database, workspaceId, async (tx) => {
      await insertDecision(tx, decided);
      await setDraftConflicts(tx, first, [{ path: '/a.md', base: null, ours: 'x', theirs: 'y' }]);
    });
    expect(await review()).toEqual({
      ...asked,
      draft_digest: null,
      ends_at: null,
      decision: { verdict: 'approve', by: 'Ada', channel: 'update' },
      conflicts: 1,
    });
    await waits(2, 'b'.repeat(64));
    expect(await review()).toMatchObject({ draft_digest: 'b'.repeat(64), conflicts: 1 });
    await client.cancelDream(dreamId, 'test');
    expect(await review()).toMatchObject({ draft_digest: null, ends_at: null });
  });
});

it.each([
  ['no server is known', null],
  ['the server does not answer', '127.0.0.1:1'],
])('writes nothing when %s', async (_, address) => {
  const { client, database } = await facade({ address });
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', lines)];
  await expect(client.createDream({ sessionIds, model: 'offline' })).rejects.toMatchObject({
    code: 'temporal_unreachable',
    hint: expect.stringContaining('dreams up') as string,
  });
  expect([await client.listDreams(), await client.listStores()]).toEqual([[], []]);
});

it('answers a pending dream with all fourteen keys of the wire and ours in one more', async () => {
  const { client, database } = await facade();
  const storeId = await seedStore(database, { '/a.md': '- a\n' });
  const sessionIds = [
    await seedSession(database, '2026-10-02T09:00:00Z', lines),
    await seedSession(database, '2026-10-01T09:00:00Z', lines),
  ];
  const { dream, started } = await client.createDream({ storeId, sessionIds, instructions: 'Keep it short.', model: 'offline' });
  expect(started).toBe(true);
  expect(Object.keys(dream)).toEqual([
    'id',
    'type',
    'status',
    'inputs',
    'outputs',
    'model',
    'instructions',
    'output_behavior',
    'session_id',
    'created_at',
    'ended_at',
    'archived_at',
    'error',
    'usage',
    'open_dreams',
  ]);
  expect(dream).toMatchObject({
    id: expect.stringMatching(/^drm_01/) as string,
    type: 'dream',
    status: 'pending',
    outputs: [],
    model: { id: 'offline' },
    instructions: 'Keep it short.',
    output_behavior: { type: 'create_new' },
    inputs: [
      { type: 'memory_store', memory_store_id: storeId },
      { type: 'sessions', session_ids: [...sessionIds].sort() },
    ],
    session_id: null,
    ended_at: null,
    archived_at: null,
    error: null,
    usage: { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
    open_dreams: { outcome: null, workflow_id: dream.id, draft: null, coverage: null },
  });
  expect(dream.created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

it('makes an empty store when none is named', async () => {
  const { client, database } = await facade();
  const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', lines)];
  const { dream } = await client.createDream({ sessionIds, model: 'offline' });
  expect(await client.showStore(dream.inputs[0].memory_store_id)).toMatchObject({ memories: [], last_operation: null });
});

it('takes the newest sessions, or the oldest hundred of all and says how many are left', async () => {
  const { client, database } = await facade({ address: null });
  const ids: string[] = [];
  for (let day = 0; day < 102; day++)
    ids.push(await seedSession(database, new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString(), lines));
  expect(await client.selectSessions({ last: 2 })).toEqual({ sessionIds: [ids[101], ids[100]], left: 0 });
  expect(await client.selectSessions({ all: true })).toEqual({ sessionIds: ids.slice(0, 100), left: 2 });
});

describe('cancel', () => {
  it('ends a dream that nobody has started, without Temporal, and again without a change', async () => {
    const { client, database } = await facade({ address: null });
    const dreamId = await seedDream(database, { storeId: await seedStore(database, {}), sessionIds: [] });
    const { dream, told } = await client.cancelDream(dreamId, 'test');
    expect([dream.status, dream.open_dreams.outcome, told]).toEqual(['canceled', 'canceled', false]);
    expect((await client.cancelDream(dreamId, 'test')).dream).toEqual(dream);
  });

  it('tells the run, which then ends', async () => {
    const { client, database } = await facade();
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', lines)];
    const { dream } = await client.createDream({ sessionIds, model: 'offline' });
    expect(await client.cancelDream(dream.id, 'test')).toMatchObject({ told: true, dream: { status: 'canceled' } });
  });

  it('refuses what is not there', async () => {
    const { client } = await facade({ address: null });
    await expect(client.cancelDream('drm_01nope', 'test')).rejects.toMatchObject({ code: 'dream_not_found' });
  });
});
