/** The scorer as a child process: stores in, means over the cases out. It lies outside this repository. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../config/environment.ts';
import type { Means } from './read-baselines.ts';

export const scorerFile = 'run_all.py';

export interface ScorerRun {
  scorers: string;
  /** Folder of the set. */
  cases: string;
  stores: string;
  /** Baselines to be made and scored too. */
  kinds: readonly string[];
  signal: AbortSignal;
}

export interface Scores {
  /** Cases that have a store. */
  scored: number;
  ours: Means;
  baselines: ReadonlyMap<string, Means>;
}

/** What it says may quote the cases, so that its failure is told by its kind alone. */
export async function runScorer({ scorers, cases, stores, kinds, signal }: ScorerRun): Promise<Scores | { missing: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-scores-'));
  const answer = join(folder, 'scores.json');
  const baselines = kinds.length === 0 ? [] : ['--kinds', kinds.join(',')];
  try {
    await promisify(execFile)('python3', [join(scorers, scorerFile), cases, ...baselines, '--stores', stores, '--out', answer], {
      signal,
      env: childEnvironment({ PYTHONDONTWRITEBYTECODE: '1' }),
      maxBuffer: 64e6,
    });
    return readScores(readFileSync(answer, 'utf8'));
  } catch (error) {
    signal.throwIfAborted();
    return { missing: reasonOf(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (code === 'ENOENT') return 'python3 was not found; install Python 3.11 or newer to have them.';
  if (error instanceof SyntaxError) return 'what the scorer wrote cannot be read; is this its version?';
  return `the scorer ended with ${typeof code === 'number' ? `exit code ${String(code)}` : 'a failure'}; run it by hand to see why.`;
}

/** Its entry for the stores that it was given. */
const ownKey = '@stores';

export function readScores(text: string): Scores {
  const parsed: unknown = JSON.parse(text);
  const entries = Object.entries(isObject(parsed) ? parsed : {});
  const own = entries.find(([kind]) => kind === ownKey)?.[1];
  if (!isObject(own) || typeof own['n_cases'] !== 'number') throw new SyntaxError(`No entry ${ownKey}.`);
  return {
    scored: own['n_cases'],
    ours: meansOf(own),
    baselines: new Map(entries.filter(([kind]) => kind !== ownKey).map(([kind, entry]) => [kind, meansOf(entry)])),
  };
}

function meansOf(entry: unknown): Means {
  const mean = isObject(entry) ? entry['mean'] : undefined;
  if (!isObject(mean)) throw new SyntaxError('An entry without means.');
  return Object.fromEntries(Object.entries(mean).filter((pair): pair is [string, number] => typeof pair[1] === 'number'));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
