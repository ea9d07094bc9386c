import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DreamsError, isDreamsError } from '../domain/errors.ts';
import type { Database } from './database.ts';
import { withWorkspace } from './database.ts';
import { migrationsFolder } from './migrate.ts';
import { workspaces } from './schema/index.ts';

/** Below it `MERGE`, `json` functions and security-invoker views that later versions count on are missing. */
const minServerVersion = 150_000;

/** Refuses a database that this version must not work on: unreachable, too old, not migrated, or with a role that sees everything. */
export async function assertDatabaseFits(database: Database): Promise<void> {
  try {
    await assertServer(database);
    await assertRole(database);
    await assertMigrated(database);
  } catch (error) {
    if (isDreamsError(error)) throw error;
    const denied = /^28/.test(String((error as { code?: unknown }).code));
    if (denied) {
      throw new DreamsError('database_unfit', `The database at ${addressOf(database)} refuses the role and password of DATABASE_URL.`, {
        hint: 'Correct DATABASE_URL, or run "dreams migrate" with DATABASE_ADMIN_URL set: it makes the role with that password.',
        cause: error,
      });
    }
    const reason = (error as { code?: string }).code ?? (error as Error).name;
    throw new DreamsError('database_unreachable', `The database at ${addressOf(database)} did not answer (${reason}).`, {
      hint: 'Start it with "dreams up", or set DATABASE_URL to a PostgreSQL 15 or newer that runs.',
      cause: error,
    });
  }
}

function addressOf(database: Database): string {
  const { host, port } = database.client.options;
  return `${String(host)}:${String(port)}`;
}

async function assertServer(database: Database): Promise<void> {
  const [row] = await database.client<{ number: number; version: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
  assertServerVersion(row?.number ?? 0, row?.version ?? 'of unknown version');
}

/** `number` as in server_version_num, 150004 for 15.4. */
export function assertServerVersion(number: number, version: string): void {
  if (number >= minServerVersion) return;
  throw new DreamsError('database_unfit', `The database is PostgreSQL ${version}; open-dreams needs 15 or newer.`, {
    hint: 'Point DATABASE_URL at a newer server, or leave it unset to use the embedded one.',
  });
}

async function assertRole(database: Database): Promise<void> {
  const [role] = await database.client<{ name: string; sees_all: boolean; member: boolean }[]>`
    select current_user::text as name, (rolsuper or rolbypassrls) as sees_all,
      coalesce((select pg_has_role(current_user, oid, 'usage') from pg_roles where rolname = 'open_dreams_app'), false) as member
    from pg_roles where rolname = current_user`;
  if (role?.sees_all !== false) {
    throw new DreamsError(
      'database_unfit',
      `The database role "${role?.name ?? ''}" is a superuser or bypasses row-level security, so it would see every workspace.`,
      {
        hint: 'Give DATABASE_URL a role without SUPERUSER and BYPASSRLS ("dreams migrate" makes one) and keep the other for DATABASE_ADMIN_URL.',
      },
    );
  }
  if (!role.member) {
    throw new DreamsError(
      'database_unfit',
      `The database role "${role.name}" is no member of open_dreams_app, or the database was never migrated.`,
      {
        hint: 'Run "dreams migrate" with DATABASE_ADMIN_URL set; it migrates and grants the role of DATABASE_URL its rights.',
      },
    );
  }
}

/** A workspace that nobody made has no row, and every write in it would fail on a foreign key. */
export async function assertWorkspace(database: Database, workspaceId: string): Promise<void> {
  const rows = await withWorkspace(database, workspaceId, (tx) => tx.select({ id: workspaces.id }).from(workspaces));
  if (rows.length === 1) return;
  throw new DreamsError('invalid_input', `There is no workspace "${workspaceId}" in this database.`, {
    hint: 'Start "dreams up" with the same OPEN_DREAMS_WORKSPACE, or run "dreams migrate" with it and DATABASE_ADMIN_URL set: both make it.',
  });
}

/** The migrations table is the administrator's; the application's role reads it through this version's newest table instead. */
async function assertMigrated(database: Database): Promise<void> {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta', '_journal.json'), 'utf8')) as { entries: { tag: string }[] };
  const newest = journal.entries.at(-1)?.tag ?? '';
  const [row] = await database.client<{ version: string | null }[]>`select obj_description('public'::regnamespace) as version`;
  if (row?.version === `open-dreams ${newest}`) return;
  const found = row?.version?.startsWith('open-dreams ') === true ? row.version.slice('open-dreams '.length) : null;
  throw new DreamsError(
    'database_unfit',
    `The database holds ${found === null ? 'no migration of ours' : `migration ${found}`}; this version of open-dreams needs ${newest}.`,
    {
      hint:
        found !== null && found > newest ? 'Use the newer open-dreams that wrote it.' : 'Run "dreams migrate" with DATABASE_ADMIN_URL set.',
    },
  );
}
