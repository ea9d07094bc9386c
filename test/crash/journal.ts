import { existsSync, readFileSync } from 'node:fs';
import type { FaultPoint } from '../../activities/effect.ts';
import type { Reached } from './orders.ts';

/** What workers wrote down of the points that they reached, in the order of the file. */
export function readJournal(file: string): Reached[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Reached);
}

export function countOf(journal: readonly Reached[], point: FaultPoint): number {
  return journal.filter((reached) => reached.point === point).length;
}

/** Answers that an engine gave: each of them would have been paid for. */
export function answersOf(journal: readonly Reached[]): Reached[] {
  return journal.filter(({ point }) => point.endsWith('.ask:after'));
}

/**
 * Answers that died with the process before they were stored: at least these, and at most those. Where the process died in the
 * commit itself, nobody but PostgreSQL knows.
 */
export function answersLost(journal: readonly Reached[]): { least: number; most: number } {
  const lost = answersOf(journal).filter(({ pid, activity, attempt, point }) => {
    const kept = point.replace('.ask:after', '.keep:after');
    return !journal.some((other) => other.pid === pid && other.activity === activity && other.attempt === attempt && other.point === kept);
  });
  const inCommit = lost.filter(({ pid, activity, attempt, point }) => {
    const moment = point.replace('.ask:after', '.keep:uncommitted');
    const there = journal.find(
      (other) => other.pid === pid && other.activity === activity && other.attempt === attempt && other.point === moment,
    );
    return there !== undefined && there.act === null;
  });
  return { least: lost.length - inCommit.length, most: lost.length };
}
