/** A run over the cases of some sets: a few dreams at once, a line for each case that is done, a table at the end. */
import { join } from 'node:path';
import { isDreamsError } from '../domain/errors.ts';
import { inParallel } from './in-parallel.ts';
import type { CaseSet } from './list-sets.ts';
import type { CaseFile } from './read-case.ts';
import type { CaseFailure } from './result-table.ts';
import { seconds } from './result-table.ts';
import type { CaseResult, CaseRun } from './run-case.ts';
import { runCase } from './run-case.ts';

export interface Drive extends Omit<CaseRun, 'outFolder'> {
  out: string;
  /** Dreams at once. */
  jobs: number;
}

/** In the order of the cases, whatever the order in which they were done. */
export async function driveCases(sets: readonly CaseSet[], drive: Drive): Promise<(CaseResult | CaseFailure)[]> {
  const { jobs, out, progress } = drive;
  const items = sets.flatMap(({ cases, place }) => cases.map((file) => ({ file, place, label: join(place, file.name) })));
  let done = 0;
  return await inParallel(items, jobs, async ({ file, place, label }) => {
    const begun = performance.now();
    const result = await attempt(file, { ...drive, outFolder: join(out, place), progress: (line) => progress(`${label}: ${line}`) });
    done += 1;
    const took = seconds(performance.now() - begun);
    progress(`[${String(done)}/${String(items.length)}] ${label}: ${outcome(result, took)}`);
    return { ...result, name: label };
  });
}

/** A case that fails says why, and the others have their turn. */
async function attempt(file: CaseFile, run: CaseRun): Promise<CaseResult | CaseFailure> {
  try {
    return await runCase(file, run);
  } catch (error) {
    run.signal.throwIfAborted();
    // What a parser or a driver says may quote the case.
    return { name: file.name, reason: isDreamsError(error) ? error.message : (error as Error).name };
  }
}

function outcome(result: CaseResult | CaseFailure, took: string): string {
  if ('reason' in result) return `failed after ${took} s: ${result.reason}`;
  return `${took} s, ${String(result.sessions)} sessions, ${String(result.facts)} facts, ${String(result.changes)} changes`;
}
