/** Processes of an `up` that was killed before it could stop them. They hold the data folder, so they end before a new start. */
import { end, isRunning } from './processes.ts';
import type { UpLock } from './up-file.ts';

const runs: Record<keyof UpLock['children'], RegExp> = {
  worker: /workers\/main\.[tj]s/,
  temporal: /server start-dev --db-filename|temporal-dev\.sh/,
  postgres: /postgres.* -D /,
};

/** In the order of a stop. SIGINT is PostgreSQL's "fast" shutdown; the others take SIGTERM. */
const order = ['worker', 'temporal', 'postgres'] as const;

export async function stopLeftovers(left: UpLock['children'], progress: (line: string) => void): Promise<void> {
  for (const name of order) {
    const pid = left[name];
    // Numbers are used again: only a process that still runs what was started is ended.
    if (pid === undefined || !isRunning(pid, runs[name])) continue;
    progress(`Ending the ${name} process ${String(pid)}, which an earlier "dreams up" left running`);
    await end(pid, { name: name === 'postgres' ? 'SIGINT' : 'SIGTERM', patienceMs: 10_000 });
  }
}
