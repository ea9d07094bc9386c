/** What a process is left with when PostgreSQL ends a connection under it. */
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { workspaceId } from '../support/seeds.ts';

const pidOf = async (tx: Transaction) => Number((await tx.execute(sql`select pg_backend_pid() as pid`))[0]?.['pid']);

async function untilGone(admin: postgres.Sql, pid: number): Promise<void> {
  for (;;) if ((await admin`select 1 from pg_stat_activity where pid = ${pid}`).length === 0) return;
}

async function withOneConnection(url: string, test: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  try {
    await test(database);
  } finally {
    await database.close();
  }
}

const insert = (tx: Transaction, name: string) =>
  tx.execute(sql`insert into memory_stores (workspace_id, id, name) values (${workspaceId}, ${name}, ${name})`);

const namesOf = async (database: Database) =>
  await withWorkspace(database, workspaceId, async (tx) =>
    (await tx.execute(sql`select name from memory_stores`)).map((row) => row['name']),
  );

it('fails a transaction whose connection is ended between two statements, and works on with another one', async () => {
  const { url, adminUrl } = await databaseForTest();
  const admin = postgres(adminUrl, { max: 1 });
  await withOneConnection(url, async (database) => {
    let after: unknown;
    const lost = withWorkspace(database, workspaceId, async (tx) => {
      await insert(tx, 'lost');
      const pid = await pidOf(tx);
      await admin`select pg_terminate_backend(${pid})`;
      await untilGone(admin, pid);
      // The answer to the terminated session is on its way; what comes now must be refused, not thrown into nowhere.
      await new Promise((resolve) => setTimeout(resolve, 200));
      after = await insert(tx, 'alone').then(
        () => 'written',
        (error: unknown) => (error as { cause?: { code?: string } }).cause?.code ?? (error as { code?: string }).code,
      );
      throw new Error('the end of the work');
    });
    await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|57P01/) as string });
    await expect.poll(() => after, { timeout: 10_000 }).toBe('CONNECTION_CLOSED');
    expect(await namesOf(database)).toEqual([]);
    await withWorkspace(database, workspaceId, (tx) => insert(tx, 'kept'));
    expect(await namesOf(database)).toEqual(['kept']);
  });
  await admin.end();
});

it('writes nothing outside a transaction that is over, though its connection serves another one by then', async () => {
  const { url, adminUrl } = await databaseForTest();
  const admin = postgres(adminUrl, { max: 1 });
  await withOneConnection(url, async (database) => {
    let goOn: () => void = () => undefined;
    const others = new Promise<void>((resolve) => (goOn = resolve));
    let late: Promise<unknown> = Promise.resolve();
    const lost = withWorkspace(database, workspaceId, async (tx) => {
      const pid = await pidOf(tx);
      late = others.then(() => tx.execute(sql`select set_config('open_dreams.workspace', ${workspaceId}, false)`));
      late.catch(() => undefined);
      await admin`select pg_terminate_backend(${pid})`;
      await new Promise(() => undefined);
    });
    await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|57P01/) as string });
    await withWorkspace(database, workspaceId, (tx) => insert(tx, 'kept'));
    goOn();
    await expect(late).rejects.toThrow();
    // Set for the session, it would show rows outside of `withWorkspace`.
    expect(await database.drizzle.execute(sql`select name from memory_stores`)).toHaveLength(0);
  });
  await admin.end();
});

it.for(['commit', 'rollback'])(
  "sends no %s that would end another's transaction, when the work of one that is over has ended",
  async (end) => {
    const { url, adminUrl } = await databaseForTest();
    const admin = postgres(adminUrl, { max: 1 });
    await withOneConnection(url, async (database) => {
      let goOn: () => void = () => undefined;
      const lost = withWorkspace(database, workspaceId, async (tx) => {
        const pid = await pidOf(tx);
        const others = new Promise<void>((resolve) => (goOn = resolve));
        await admin`select pg_terminate_backend(${pid})`;
        await others;
        if (end === 'rollback') throw new Error('the end of the work');
      });
      await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|57P01/) as string });
      const numbers = await withWorkspace(database, workspaceId, async (tx) => {
        const transactionOf = async () => (await tx.execute(sql`select pg_current_xact_id() as id`))[0]?.['id'];
        const before = await transactionOf();
        goOn();
        // The work that is over settles before the next answer of the server.
        await pidOf(tx);
        return [before, await transactionOf()];
      });
      expect(numbers[1]).toBe(numbers[0]);
    });
    await admin.end();
  },
);

it('lets PostgreSQL end a transaction that stands still with its locks', async () => {
  const { url } = await databaseForTest();
  const impatient = new URL(url);
  impatient.searchParams.set('idle_in_transaction_session_timeout', '200');
  await withOneConnection(url, async (database) => {
    const [row] = await withWorkspace(database, workspaceId, (tx) => tx.execute(sql`show idle_in_transaction_session_timeout`));
    expect(row).toEqual({ idle_in_transaction_session_timeout: '2min' });
  });
  await withOneConnection(impatient.href, async (database) => {
    const frozen = withWorkspace(database, workspaceId, async (tx) => {
      await insert(tx, 'frozen');
      await new Promise(() => undefined);
    });
    await expect(frozen).rejects.toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|25P03/) as string });
    expect(await namesOf(database)).toEqual([]);
  });
});
