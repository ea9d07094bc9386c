import { describe, expect, it } from 'vitest';
import { maxInstructionsCharacters } from '../../domain/limits.ts';
import { agent, freshId, seedDream, seedSession, seedStore, user } from '../support/seeds.ts';
import { facade } from './support.ts';

const lines = [user('We use pnpm.'), agent('Noted.')];

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
