import { existsSync, readFileSync } from 'node:fs';
import type { FaultPoint } from '../../activities/effect.ts';
import type { Reached } from './orders.ts';

/** What workers wrote down of the points that they reached, in the order of the file. Of a line that is just being written there is a part. */
export function readJournal(file: string): Reached[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Reached);
}

export function countOf(journal: readonly Reached[], point: FaultPoint): number {
  return journal.filter((reached) => reached.point === point).length;
}

/** Answers that an engine gave: each of them would have been paid for. */
export function answersOf(journal: readonly Reached[]): Reached[] {
  return journal.filter(({ point }) => point.endsWith('.ask:after'));
}

/** Questions that were asked although an answer to them had been stored: what nothing, no death and no delay, may bring about. */
export function askedInVain(journal: readonly Reached[]): Reached[] {
  return journal.filter(({ point, activity }, index) => {
    if (!point.endsWith('.ask:before')) return false;
    const kept = point.replace('.ask:before', '.keep:after');
    return journal.slice(0, index).some((earlier) => earlier.point === kept && earlier.activity === activity);
  });
}

/** Answers that were in hand and not stored when their process died. */
export function answersLost(journal: readonly Reached[], pid: number): number {
  return answersOf(journal).filter((answer) => {
    if (answer.pid !== pid) return false;
    const kept = answer.point.replace('.ask:after', '.keep:after');
    return !journal.some(
      (other) => other.pid === pid && other.activity === answer.activity && other.attempt === answer.attempt && other.point === kept,
    );
  }).length;
}
