/** A changed file as lines with their marks; found once a file, however often it is drawn. */
import type { DiffChange } from '../../wire/diff.ts';
import type { DreamReview, ReviewFile } from '../../review-dream.ts';
import type { DiffLine } from '../render/diff-lines.ts';
import { diffLines } from '../render/diff-lines.ts';

const known = new WeakMap<ReviewFile, DiffLine[]>();

export function fileLines(review: DreamReview, path: string): readonly DiffLine[] {
  const file = review.changed_files.find((changed) => changed.path === path);
  if (file === undefined) return [];
  const lines = known.get(file) ?? diffLines(file.before, file.after);
  known.set(file, lines);
  return lines;
}

/** Lines above the change that stay in sight. */
const above = 3;

/** How far to scroll to the change: to the line that holds its words, else to the first one that differs. */
export function placeInFile(review: DreamReview, change: DiffChange): number {
  const lines = fileLines(review, change.path);
  const [mark, text] = change.after === null ? ['-', change.before] : ['+', change.after];
  const first = text?.split('\n')[0]?.trim() ?? '';
  const found = lines.findIndex((line) => line.mark === mark && first !== '' && line.text.includes(first));
  const at = found >= 0 ? found : lines.findIndex((line) => line.mark !== ' ');
  return Math.max(0, at - above);
}

/** The scroll at which the next stretch of marked lines, or the one before, begins; null beyond the last one. */
export function nextMarked(lines: readonly DiffLine[], scroll: number, step: 1 | -1): number | null {
  const begins = (index: number): boolean =>
    lines[index] !== undefined && lines[index].mark !== ' ' && (lines[index - 1]?.mark ?? ' ') === ' ';
  for (let index = scroll + above + step; index >= 0 && index < lines.length; index += step)
    if (begins(index)) return Math.max(0, index - above);
  return null;
}
