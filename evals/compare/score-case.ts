/** One store of one case, judged by the scorer: each measure, and each question where a measure is about questions. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config/environment.ts';
import { DreamsError } from '../../domain/errors.ts';
import type { CaseFile } from '../read-case.ts';
import { isObject } from '../run-scorer.ts';

export interface CaseScores {
  /** By the scorer's name for a measure, "facts.recall". */
  values: ReadonlyMap<string, number>;
  /** A line per question, in the case's order; a cell without a value is null. */
  questions: readonly Readonly<Record<string, unknown>>[];
}

/** Where a method's stores come from: a folder that a run wrote, or a baseline that the scorer makes. */
export type Method = { stores: string } | { baseline: string };

export interface Scoring {
  scorers: string;
  signal: AbortSignal;
}

/** Null when the folder holds no store of the case. What the scorer says may quote the case, so that a failure is told by its kind alone. */
export async function scoreCase({ name, path }: CaseFile, method: Method, scoring: Scoring): Promise<CaseScores | null> {
  const folder = mkdtempSync(join(tmpdir(), 'open-dreams-compare-'));
  try {
    const store = 'stores' in method ? join(method.stores, `${name}.json`) : join(folder, 'store.json');
    if ('baseline' in method) await python(scoring, 'baselines.py', [path, method.baseline, '--out', store]);
    if (!existsSync(store)) return null;
    const [out, rows] = [join(folder, 'scores.json'), join(folder, 'rows.json')];
    await python(scoring, 'score.py', [path, store, '--out', out, '--rows', rows]);
    return { values: new Map(numbersOf(JSON.parse(readFileSync(out, 'utf8')))), questions: questionsOf(rows) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function python({ scorers, signal }: Scoring, script: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)('python3', [join(scorers, script), ...args], {
      signal,
      env: childEnvironment({ PYTHONDONTWRITEBYTECODE: '1' }),
      maxBuffer: 64e6,
    });
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as { code?: unknown };
    const end = typeof code === 'number' ? `exit code ${String(code)}` : 'a failure';
    throw new DreamsError('invalid_input', code === 'ENOENT' ? 'python3 was not found.' : `The scorer's ${script} ended with ${end}.`, {
      hint: code === 'ENOENT' ? 'Install Python 3.11 or newer.' : 'Is the baseline one that it knows, and are the stores in its form?',
    });
  }
}

/** {a: {b: 1}} is a.b = 1. */
function numbersOf(value: unknown, name = ''): [string, number][] {
  if (typeof value === 'number') return [[name, value]];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, name === '' ? key : `${name}.${key}`));
}

/** A case without questions gets no file, or an empty list. */
function questionsOf(file: string): Record<string, unknown>[] {
  const parsed: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  return Array.isArray(parsed) ? parsed.filter(isObject) : [];
}
