import { appendFileSync } from 'node:fs';

/** One line of what the report is made of; each kind of test has its own. */
export type Result =
  | {
      kind: 'kill';
      scenario: string;
      point: string;
      occurrence: number;
      recovered: boolean;
      differing: number;
      extraAnswers: number;
      ms: number;
    }
  | {
      kind: 'freeze';
      scenario: string;
      point: string;
      thawed: string;
      recovered: boolean;
      differing: number;
      ms: number;
    }
  | { kind: 'sigterm'; point: string; grace: 'within' | 'beyond'; recovered: boolean; differing: number; ms: number }
  | {
      kind: 'server';
      scenario: string;
      server: 'PostgreSQL' | 'Temporal';
      point: string;
      goesOn: string;
      recovered: boolean;
      differing: number;
      extraAnswers: number;
      ms: number;
    }
  | { kind: 'race'; what: string; rounds: number; serial: number }
  | { kind: 'soak'; seed: number; dreams: number; faults: number; failures: number; minutes: number }
  | { kind: 'planned'; of: Plannable; runs: number }
  | { kind: 'vitest'; code: number; tests: number | null; passed: number | null; ms: number };

/** Kinds of runs that a test file counts before it begins. */
export type Plannable = 'kill' | 'freeze' | 'sigterm' | 'server' | 'race';

/** Runs that end with a dream which is compared with an undisturbed one. */
export type Judged = Extract<Result, { recovered: boolean }>;

type Before<R> = R extends Judged ? Omit<R, 'recovered' | 'differing' | 'ms'> : never;

/** `npm run test:crash` names a file; elsewhere results are the tests themselves. */
export function record(result: Result): void {
  const file = process.env['CRASH_RESULTS'];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify(result)}\n`);
}

/** Says beforehand how many there will be, so that the report shows those of which nothing was heard. */
export function plan(kind: Plannable, runs: number): void {
  record({ kind: 'planned', of: kind, runs });
}

/** Plays a run; one that comes to no end did not recover, and is in the report as such. */
export async function played<T>(run: Before<Judged>, play: () => Promise<T>): Promise<T> {
  const from = Date.now();
  try {
    return await play();
  } catch (error) {
    record({ ...run, recovered: false, differing: 0, ms: Date.now() - from });
    throw error;
  }
}
