import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { dumpSchema } from '../../db/dump-schema.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { databaseForTest } from '../support/fresh-database.ts';

const committed = readFileSync(fileURLToPath(new URL('../../db/schema.sql', import.meta.url)), 'utf8');

it('leads to the committed schema.sql (else run "npm run db:schema" and read what changed)', async () => {
  const { adminUrl } = await databaseForTest();
  expect(await dumpSchema(adminUrl)).toBe(committed);
});

it('can migrate a database that is migrated already, twice at once', async () => {
  const { adminUrl } = await databaseForTest();
  await Promise.all([migrateDatabase(adminUrl), migrateDatabase(adminUrl)]);
  expect(await dumpSchema(adminUrl)).toBe(committed);
});

it('names every constraint as the rule it is', () => {
  const names = [...committed.matchAll(/constraint "?(\w+)"? (CHECK|FOREIGN KEY|UNIQUE)/g)].map((match) => match[1] ?? '');
  expect(names.length).toBeGreaterThan(40);
  for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z0-9]+){2,}$/);
});
