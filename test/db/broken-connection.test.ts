/** Whatever a connection breaks at, and however: its transaction fails, the pool works on, and nothing is thrown into nowhere. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import { isDatabaseGone } from '../../db/database-away.ts';
import type { Break } from '../support/breaking-proxy.ts';
import { breakingProxy } from '../support/breaking-proxy.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { workspaceId } from '../support/seeds.ts';

let uncaught: unknown[];
const note = (error: unknown) => uncaught.push(error);
beforeEach(() => {
  uncaught = [];
  process.on('unhandledRejection', note);
});
afterEach(() => void process.off('unhandledRejection', note));

const echoed = (database: Database, value: string) =>
  withWorkspace(database, workspaceId, async (tx) => {
    await tx.execute(sql`select count(*) from memory_stores where name = ${value}`);
    return (await tx.execute(sql`select ${value}::text as value`))[0]?.['value'];
  });

/** What is sent in this order: the session begins, asks for the types of arrays, and has its transaction. */
const moments = {
  'as it begins': '',
  'as it asks for types': 'pg_type',
  'at begin': 'begin',
  'at the first statement': 'idle_in_transaction',
  'at a later one': 'memory_stores',
  'at commit': 'commit',
};
const cases = Object.entries(moments).flatMap(([moment, words]) =>
  (['reset', 'close', 'terminate'] satisfies Break[]).map((how) => ({ moment, words, how })),
);

it.for(cases)('$how $moment fails one transaction, and the next ones have a connection', async ({ words, how }) => {
  const { url } = await databaseForTest();
  const proxy = await breakingProxy(url);
  const database = openDatabase(proxy.url, { max: 1 });
  proxy.breakAt(words, how);
  // The second one waits for the only connection.
  const [first, second] = await Promise.allSettled([echoed(database, 'first'), echoed(database, 'second')]);
  expect(first.status).toBe('rejected');
  expect(isDatabaseGone((first as PromiseRejectedResult).reason)).toBe(true);
  expect(second).toEqual({ status: 'fulfilled', value: 'second' });
  for (const value of ['third', 'fourth', 'fifth']) expect(await echoed(database, value)).toBe(value);
  expect(proxy.connections).toBe(2);
  await database.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(uncaught).toEqual([]);
});

it.for([
  { what: 'refuses', broken: undefined },
  { what: 'closes connections as they begin', broken: { words: '', how: 'close' } },
  { what: 'closes them as they ask for types', broken: { words: 'pg_type', how: 'close' } },
] as const)('goes on to the next of several hosts where the first one $what', async ({ broken }) => {
  const { url } = await databaseForTest();
  const proxy = await breakingProxy(url);
  if (broken !== undefined) proxy.breakAt(broken.words, broken.how);
  const first = broken === undefined ? '127.0.0.1:1' : new URL(proxy.url).host;
  const database = openDatabase(url.replace(new URL(url).host, `${first},${new URL(url).host}`), { max: 1 });
  for (const value of ['first', 'second']) expect(await echoed(database, value)).toBe(value);
  await database.close();
});

it('tells who waits when none of several hosts is there', async () => {
  const { url } = await databaseForTest();
  const database = openDatabase(url.replace(new URL(url).host, '127.0.0.1:1,127.0.0.1:2'), { max: 1 });
  for (const value of ['first', 'second']) await expect(echoed(database, value)).rejects.toSatisfy(isDatabaseGone);
  await database.close();
});
