import type { Command } from 'commander';
import { addWorkspace, createLoginRole, migrateDatabase } from '../../../db/migrate.ts';
import { DreamsError, isDreamsError } from '../../../domain/errors.ts';
import type { Cli } from '../cli.ts';
import { newCommand, withExamples, withJson } from '../options.ts';

export function migrateCommand(cli: Cli): Command {
  const command = newCommand(
    'migrate',
    'Bring the database of DATABASE_ADMIN_URL to this version and give the role of DATABASE_URL its rights',
  ).addHelpText('after', '\nThe embedded database of "dreams up" does this by itself. Running it again changes nothing.');
  return withExamples(withJson(command), [
    'DATABASE_ADMIN_URL=postgres://postgres@db/dreams DATABASE_URL=postgres://dreams:secret@db/dreams dreams migrate',
  ]).action(async (options: { json?: boolean }) => {
    const { databaseAdminUrl, databaseUrl, workspaceId } = cli.environment();
    if (databaseAdminUrl === undefined)
      throw new DreamsError('invalid_input', 'DATABASE_ADMIN_URL is not set.', {
        hint: 'Set it to a role that may create tables and roles. The embedded database of "dreams up" needs no migrating.',
      });
    const role = databaseUrl === undefined ? null : loginRole(databaseUrl, databaseAdminUrl);
    await describeFailure(databaseAdminUrl, async () => {
      await migrateDatabase(databaseAdminUrl);
      await addWorkspace(databaseAdminUrl, workspaceId);
      if (role !== null) await createLoginRole(databaseAdminUrl, role);
    });
    if (options.json === true) cli.terminal.json({ migrated: true, role: role?.name ?? null });
    else
      cli.terminal.result(
        role === null
          ? 'The database is at this version. Set DATABASE_URL and run it again to give a role its rights.'
          : `The database is at this version, and the role "${role.name}" may use it.`,
      );
  });
}

function loginRole(databaseUrl: string, adminUrl: string): { name: string; password: string } {
  const { username, password } = new URL(databaseUrl);
  if (username === '' || password === '')
    throw new DreamsError('invalid_input', 'DATABASE_URL names no role with a password.', {
      hint: 'Write it as postgres://role:password@host/database; the role is made with that password.',
    });
  if (decodeURIComponent(new URL(adminUrl).username) === decodeURIComponent(username)) {
    throw new DreamsError('invalid_input', `DATABASE_URL and DATABASE_ADMIN_URL name the same role "${decodeURIComponent(username)}".`, {
      hint: 'Give DATABASE_URL a role of its own; it is made if it does not exist.',
    });
  }
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** A driver's error as a sentence without what it was given. */
async function describeFailure(adminUrl: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (isDreamsError(cause)) throw cause;
    const { host } = new URL(adminUrl);
    const { code: own, name, cause: inner } = cause as Error & { code?: string; cause?: { code?: string } };
    const code = own ?? inner?.code ?? name;
    if (/^(?:E[A-Z]+|CONNECT_TIMEOUT|CONNECTION_.*)$/.test(code))
      throw new DreamsError('database_unreachable', `The database at ${host} did not answer (${code}).`, {
        hint: 'Check DATABASE_ADMIN_URL and that the server runs.',
        cause,
      });
    throw new DreamsError('database_unfit', `The database at ${host} could not be migrated (${code}).`, {
      hint: 'The role of DATABASE_ADMIN_URL must own the database and may create roles; the database must exist.',
      cause,
    });
  }
}
