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
  | { kind: 'soak'; seed: number; dreams: number; faults: number; failures: number; minutes: number };

/** `npm run test:crash` names a file; elsewhere results are the tests themselves. */
export function record(result: Result): void {
  const file = process.env['CRASH_RESULTS'];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify(result)}\n`);
}
