/** The command line called in this process: what it wrote and how it ended. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { runCli } from '../../client/cli/run-cli.ts';

export interface CallResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export async function dreams(...args: string[]): Promise<CallResult> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exitCode = await runCli(args, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { exitCode, ...written };
}

/** A folder of this test's own, gone when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dreams-cli-'));
  // Run by root, PostgreSQL has an account of its own that must get through; its files would lie elsewhere and stay there.
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment of a machine on which nothing runs, but for what is given. */
export function useEnvironment(variables: Record<string, string> = {}): void {
  for (const name of [
    'DATABASE_URL',
    'DATABASE_ADMIN_URL',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
    'TEMPORAL_WORKER_DEPLOYMENT',
    'OPEN_DREAMS_WORKSPACE',
    'OPEN_DREAMS_TASK_QUEUE',
    'OPEN_DREAMS_LOG_LEVEL',
    'OPEN_DREAMS_THREADS',
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv('OPEN_DREAMS_DATA', join(tmpdir(), 'dreams-nothing-runs-here'));
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
