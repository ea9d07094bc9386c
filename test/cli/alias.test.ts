import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MovedAlias } from '../../client/move-alias.ts';
import type { ShownAlias } from '../../client/show-alias.ts';
import { withWorkspace } from '../../db/database.ts';
import { endDream, updateDream } from '../../db/dreams.ts';
import { facade } from '../client/support.ts';
import { seedDream, seedStore, workspaceId } from '../support/seeds.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';

const me = userInfo().username;
const escape = '\u001b]0;owned\u0007';

async function setUp() {
  const given = await facade({ address: null });
  useEnvironment({ DATABASE_URL: given.url });
  const before = await seedStore(given.database, { '/a.md': 'before\n' });
  const after = await seedStore(given.database, { '/a.md': 'after\n' });
  const dream = await seedDream(given.database, { storeId: before, sessionIds: [] });
  await withWorkspace(given.database, workspaceId, async (tx) => {
    await updateDream(tx, dream, { outputStoreId: after });
    await endDream(tx, dream, { status: 'completed', outcome: 'committed', error: null });
  });
  return { ...given, before, after, dream };
}

it('sets, promotes, rolls back and shows in sentences that name both stores and the way back', async () => {
  const { before, after, dream } = await setUp();
  expect(await dreams('alias', 'list')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No aliases.') as string });
  expect(await dreams('alias', 'set', 'prod', before, '--note', `the ${escape} begin`)).toEqual({
    exitCode: 0,
    stdout: `prod now points at ${before}.\n`,
    stderr: '',
  });
  expect((await dreams('promote', dream, '--alias', 'prod')).stdout).toBe(
    `prod now points at ${after}, the output of the dream ${dream}; it pointed at ${before} before.\nBack again: dreams rollback prod\n`,
  );
  expect((await dreams('promote', after, '--alias', 'prod')).stdout).toBe(`prod points at ${after} already; nothing was changed.\n`);
  expect((await dreams('rollback', 'prod', '--note', 'worse')).stdout).toBe(
    `prod now points at ${before}; it pointed at ${after} before.\nForward again: dreams promote ${after} --alias prod\n`,
  );
  expect((await dreams('alias', 'list')).stdout).toMatch(new RegExp(`^prod  ${before}  since \\d{4}-`));
  const lines = (await dreams('alias', 'show', 'prod')).stdout.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^prod  ${before}  since \\d{4}-`)),
    '  rollback   nothing to go back to',
    '  moves, newest first',
    expect.stringMatching(new RegExp(`^    \\S+ \\S+  rolled back to ${before}, by ${me}: worse$`)),
    expect.stringMatching(new RegExp(`^    \\S+ \\S+  promoted to ${after}, which the dream ${dream} wrote, by ${me}$`)),
    expect.stringMatching(new RegExp(`^    \\S+ \\S+  set to ${before}, by ${me}: the .*begin$`)),
  ]);
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

it('answers JSON of one shape for every move, a list, and an alias with its moves', async () => {
  const { before, after, dream } = await setUp();
  const json = async (...args: string[]): Promise<unknown> => JSON.parse((await dreams(...args, '--json')).stdout);
  const move = { name: 'prod', memory_store_id: before, before: null, moved: true, dream_id: null } satisfies MovedAlias;
  expect(await json('alias', 'set', 'prod', before)).toEqual(move);
  expect(await json('alias', 'set', 'prod', before)).toEqual({ ...move, before, moved: false });
  expect(await json('promote', dream, '--alias', 'prod')).toEqual({ ...move, memory_store_id: after, before, dream_id: dream });
  expect(await json('rollback', 'prod')).toEqual({ ...move, before: after });
  const alias = { type: 'alias', name: 'prod', memory_store_id: before, created_at: expect.any(String), updated_at: expect.any(String) };
  expect(await json('alias', 'list')).toEqual([alias]);
  expect(await json('alias', 'show', 'prod')).toEqual({
    ...alias,
    rollback_to: null,
    moves: [
      { kind: 'rollback', memory_store_id: before, by: me, note: null, dream_id: null, at: expect.any(String) },
      { kind: 'promote', memory_store_id: after, by: me, note: null, dream_id: dream, at: expect.any(String) },
      { kind: 'set', memory_store_id: before, by: me, note: null, dream_id: null, at: expect.any(String) },
    ],
  });
  const shown = (await json('alias', 'show', 'prod')) as ShownAlias;
  expect(shown.moves).toHaveLength(3);
});

it('reads a store under the name of its alias: show, a line, export', async () => {
  const { before, after } = await setUp();
  await dreams('alias', 'set', 'prod', before);
  await dreams('promote', after, '--alias', 'prod');
  expect((await dreams('show', 'prod')).stdout).toContain(after);
  expect(await dreams('show', 'prod', '--line', '/a.md:1')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('after') as string,
  });
  const out = join(temporaryFolder(), 'out');
  expect(JSON.parse((await dreams('export', 'prod', '--out', out, '--json')).stdout)).toMatchObject({ store: after });
  expect(readFileSync(join(out, 'a.md'), 'utf8')).toBe('after\n');
});

it('takes an alias where a store is meant: set, promote, edit', async () => {
  const { before, after } = await setUp();
  await dreams('alias', 'set', 'prod', before);
  await dreams('alias', 'set', 'next', after);
  expect((await dreams('alias', 'set', 'test', 'prod')).stdout).toBe(`test now points at ${before}.\n`);
  expect((await dreams('promote', 'next', '--alias', 'prod')).stdout).toContain(
    `prod now points at ${after}; it pointed at ${before} before.`,
  );
  expect((await dreams('edit', 'prod', '/a.md', '--to', '/b.md')).stdout).toContain('/a.md was renamed to /b.md');
  expect((await dreams('show', after)).stdout).toContain('/b.md');
  expect((await dreams('show', before)).stdout).toContain('/a.md');
  for (const args of [
    ['alias', 'set', 'test', 'nobody'],
    ['promote', 'nobody', '--alias', 'prod'],
    ['edit', 'nobody', '/a.md', '--delete'],
  ])
    expect(await dreams(...args)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('There is no alias "nobody"') as string });
});

it('does not advise to promote a name that no alias has', async () => {
  const { client, before } = await setUp();
  await client.archiveStore(before);
  expect((await dreams('alias', 'set', 'prod', before)).stderr).toContain(
    'hint: Point it at a store that is not archived: dreams alias set prod memstore_...\n',
  );
  expect(await client.listAliases()).toEqual([]);
});

it('ends with a sentence, what to do and an exit code for everything that cannot be', async () => {
  const { client, database, before, after } = await setUp();
  await dreams('alias', 'set', 'prod', before);
  const archived = await seedStore(database, {});
  const aliases = await client.listAliases();
  const moves = (await client.showAlias('prod')).moves;
  expect(await dreams('archive', archived)).toMatchObject({ exitCode: 0, stdout: `${archived} is archived.\n` });
  expect((await dreams('archive', archived)).stdout).toMatch(
    new RegExp(`^${archived} was archived before, on .*; nothing was changed\\.\n$`),
  );
  const cases: [string[], number, string][] = [
    [['alias', 'set', 'Prod', before], 2, '"Prod" cannot be the name of an alias.'],
    [['alias', 'set', 'drm_1', before], 2, 'ids begin with drm_.'],
    [['alias', 'set', 'test', 'memstore_1'], 3, 'There is no memory store memstore_1'],
    [['alias', 'set', 'test', archived], 4, `The memory store ${archived} was archived on`],
    [['alias', 'show', 'test'], 3, 'There is no alias "test"'],
    [['promote', archived, '--alias', 'prod'], 4, 'so the alias prod cannot point at it'],
    [['promote', 'drm_1', '--alias', 'prod'], 3, 'There is no dream drm_1'],
    [['promote', after, '--alias', 'test'], 3, 'There is no alias "test"'],
    [['promote', after], 2, "option '--alias <name>' not specified"],
    [['rollback', 'prod'], 3, 'there is no store before it to go back to'],
    [['rollback', 'test'], 3, 'There is no alias "test"'],
    [['archive', before], 4, `The alias prod points at the memory store ${before}, so it was not archived.`],
    [['archive', 'memstore_1'], 3, 'There is no memory store memstore_1'],
    [['show', 'test'], 3, 'There is no alias "test"'],
    [['export', 'test', '--out', join(temporaryFolder(), 'x')], 3, 'There is no alias "test"'],
    [['alias', 'set', 'prod', after, '--note', 'x'.repeat(501)], 2, 'at most 500 characters; this one has 501'],
    [['alias', 'move'], 2, "unknown command 'move'"],
  ];
  for (const [args, exitCode, sentence] of cases) {
    const answer = await dreams(...args);
    expect([args, answer.exitCode, answer.stdout]).toEqual([args, exitCode, '']);
    expect(answer.stderr.toLowerCase()).toContain(sentence.toLowerCase());
    expect(answer.stderr).toContain('\nhint: ');
  }
  expect(await client.listAliases()).toEqual(aliases);
  expect((await client.showAlias('prod')).moves).toEqual(moves);
  expect((await dreams('show', archived)).stdout).toContain('(archived ');
});

it('explains each of its commands', async () => {
  const bare = await dreams('alias');
  expect([bare.exitCode, bare.stdout]).toEqual([2, '']);
  expect(bare.stderr).toMatch(/^Usage: dreams alias /);
  expect(bare.stderr).not.toContain('error:');
  for (const args of [
    ['alias'],
    ['alias', 'set'],
    ['alias', 'list'],
    ['alias', 'show'],
    ['promote'],
    ['rollback'],
    ['archive'],
    ['edit'],
  ]) {
    const { exitCode, stdout, stderr } = await dreams(...args, '--help');
    expect([args, exitCode, stderr]).toEqual([args, 0, '']);
    expect(stdout).toContain(`dreams ${args.join(' ')}`);
    expect(stdout).toContain('Examples:');
  }
});
