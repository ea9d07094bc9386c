import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number that nothing else locks: two migrators at once wait for each other. */
const migrationLock = 4_217_001;

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Brings the database of an administrator's URL to this version's schema. Running it again changes nothing. */
export async function migrateDatabase(adminUrl: string): Promise<void> {
  const client = postgres(adminUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** A role that may log in and has the application's rights and no others. */
export async function createLoginRole(adminUrl: string, role: { name: string; password: string }): Promise<void> {
  const client = postgres(adminUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const [existing] = await client`select 1 from pg_roles where rolname = ${role.name}`;
    // Identifiers and passwords cannot be parameters of DDL; format() quotes them.
    const [statement] = await client<{ ddl: string }[]>`
      select format(${existing === undefined ? 'create' : 'alter'} || ' role %I login nosuperuser nobypassrls inherit password %L', ${role.name}::text, ${role.password}::text) as ddl`;
    const [grant] = await client<{ ddl: string }[]>`select format('grant open_dreams_app to %I', ${role.name}::text) as ddl`;
    await client.unsafe(statement?.ddl ?? '');
    await client.unsafe(grant?.ddl ?? '');
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Makes a workspace, if it is not there yet; only an administrator may. */
export async function addWorkspace(adminUrl: string, id: string): Promise<void> {
  const client = postgres(adminUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await client`select add_workspace(${id})`;
  } finally {
    await client.end({ timeout: 5 });
  }
}
