import postgres from 'postgres';
import { inject, onTestFinished } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';

export interface FreshDatabase {
  database: Database;
  url: string;
  adminUrl: string;
  drop(): Promise<void>;
}

let made = 0;

/** A migrated, empty database of this test file's own. The caller drops it, or uses `databaseForTest`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${String(process.pid)}_${String(++made)}`;
  const admin = postgres(withDatabase(inject('databaseAdminUrl'), 'postgres'), { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name} template template_of_tests`);
  const url = withDatabase(inject('databaseUrl'), name);
  const database = openDatabase(url);
  return {
    database,
    url,
    adminUrl: withDatabase(inject('databaseAdminUrl'), name),
    drop: async () => {
      await database.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** The same, dropped when the test ends. */
export async function databaseForTest(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.drop());
  return fresh;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
