/** The journal of engine calls, and what it shows: how many were under way at once, which were asked twice. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export const engineSteps = ['extractFacts', 'reconcileGroup', 'minePatterns'] as const;

export interface Call {
  step: (typeof engineSteps)[number];
  /** Hash of the question. */
  key: string;
  /** Milliseconds since 1970, by the worker's clock. */
  begunAt: number;
  endedAt: number;
}

export function recordCall(file: string, call: Call): void {
  appendFileSync(file, `${JSON.stringify(call)}\n`);
}

export function readCalls(file: string): Call[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Call);
}

/** The most calls under way at one time. One that begins in the millisecond in which another ends comes after it. */
export function mostInFlight(calls: readonly Call[]): number {
  const turns = calls
    .flatMap(({ begunAt, endedAt }) => [
      { at: begunAt, by: 1 },
      { at: endedAt, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of turns) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** How many calls asked what another had asked before. */
export function repeatedCalls(calls: readonly Call[]): number {
  return calls.length - new Set(calls.map(({ step, key }) => `${step} ${key}`)).size;
}
