/** What the work of a transaction sends when that is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Transaction } from '../../db/database.ts';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import { driverCode } from '../../db/database-away.ts';
import { breakingProxy } from '../support/breaking-proxy.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { workspaceId } from '../support/seeds.ts';

it('is refused when the transaction was committed and its connection serves another one', async () => {
  const { url } = await databaseForTest();
  const database = openDatabase(url, { max: 1 });
  let kept: Transaction | undefined;
  await withWorkspace(database, workspaceId, async (tx) => {
    kept = tx;
    await tx.execute(sql`select 1`);
  });
  await withWorkspace(database, workspaceId, async (tx) => {
    await tx.execute(sql`select 1`);
    const late = await kept?.execute(sql`select pg_current_xact_id()`).then(() => 'answered', driverCode);
    expect(late).toBe('CONNECTION_CLOSED');
  });
  await database.close();
});

it.for(['reset', 'close', 'terminate'] as const)('is answered, though it waited for another statement (%s)', async (how) => {
  const { url } = await databaseForTest();
  const proxy = await breakingProxy(url);
  const database = openDatabase(proxy.url, { max: 1 });
  let answers: unknown[] = [];
  let hasFinished = false;
  const lost = withWorkspace(database, workspaceId, async (tx) => {
    await tx.execute(sql`select 1`);
    proxy.breakAt('first', how);
    try {
      const statements = ['first', 'second', 'third'].map((word) =>
        tx.execute(sql`select ${word}::text, 'first'`).then(() => 'answered', driverCode),
      );
      answers = await Promise.all(statements);
    } finally {
      hasFinished = true;
    }
  });
  await expect(lost).rejects.toThrow();
  await expect.poll(() => hasFinished, { timeout: 5_000 }).toBe(true);
  expect(answers).toHaveLength(3);
  expect(answers).not.toContain('answered');
  await database.close();
});

it('ends the pool at once where its last transaction loses the connection', async () => {
  const { url } = await databaseForTest();
  const proxy = await breakingProxy(url);
  const database = openDatabase(proxy.url, { max: 1 });
  const lost = withWorkspace(database, workspaceId, async (tx) => {
    await sleep(200);
    proxy.breakAt('the last', 'close');
    await tx.execute(sql`select 'the last'`);
  });
  lost.catch(() => undefined);
  await sleep(100);
  const from = Date.now();
  await database.close();
  // It waits for five seconds where nobody tells it.
  expect(Date.now() - from).toBeLessThan(3_000);
  await expect(lost).rejects.toThrow();
});

it('opens no connection any more for who still waits when the pool ends', async () => {
  const { url } = await databaseForTest();
  const proxy = await breakingProxy(url);
  const database = openDatabase(proxy.url, { max: 1 });
  const work = () =>
    withWorkspace(database, workspaceId, async (tx) => {
      await tx.execute(sql`select 1`);
      await sleep(200);
      return 'done';
    });
  const first = work();
  await sleep(100);
  const waiting = work().catch(driverCode);
  await database.close();
  expect(await first).toBe('done');
  expect(await waiting).toBe('CONNECTION_ENDED');
  await expect.poll(() => proxy.open).toBe(0);
  expect(proxy.connections).toBe(1);
});
