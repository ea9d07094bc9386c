import { isIndexPath } from '../index-file.ts';
import { findRelativeDates } from '../relative-dates.ts';
import { changedLines } from './changed-lines.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** "Yesterday" means nothing to who reads a memory a month later. */
export const noRelativeDate: Guard = {
  name: 'no-relative-date',
  title: 'No relative date in a new or changed line',
  check(input) {
    // An index repeats the titles of files, which may be old.
    const lines = changedLines(input).filter((line) => !isIndexPath(line.path));
    const findings: GuardFinding[] = lines
      .filter((line) => findRelativeDates(line.text).length > 0)
      .map((line) => ({
        changeId: line.changeId,
        path: line.path,
        message: `A new or changed line of ${line.path} says a date relative to its writing.`,
      }));
    return { checked: lines.length, findings };
  },
};
