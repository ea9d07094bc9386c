import { isIndexPath } from '../index-file.ts';
import { holdsControlCharacters } from '../printable-text.ts';
import { changedLines } from './changed-lines.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** A transcript's escape sequence must not reach the terminal of whoever reads the memory with `cat`. */
export const noControlCharacters: Guard = {
  name: 'no-control-characters',
  title: 'No control character in a new or changed line',
  check(input) {
    // Titles in an index are cleaned where the index is made; the file they come from may be old.
    const lines = changedLines(input).filter((line) => !isIndexPath(line.path));
    const findings: GuardFinding[] = lines
      .filter((line) => holdsControlCharacters(line.text))
      .map((line) => ({
        changeId: line.changeId,
        path: line.path,
        message: `A new or changed line of ${line.path} holds a control character.`,
      }));
    return { checked: lines.length, findings };
  },
};
