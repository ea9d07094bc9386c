/** A changed file as lines with their marks; found once a file, however often it is drawn. */
import type { DiffChange } from '../../wire/diff.ts';
import type { DreamReview, ReviewFile } from '../../review-dream.ts';
import type { DiffLine } from '../render/diff-lines.ts';
import { diffLines } from '../render/diff-lines.ts';
import type { ReviewState } from './state.ts';
import { currentChange } from './state.ts';

const known = new WeakMap<ReviewFile, DiffLine[]>();

/** The file that holds the result, then every other that loses a line to it. */
export function filesOf(change: DiffChange): string[] {
  return [...new Set([change.path, ...change.removed.map((line) => line.path)])];
}

export interface OpenFile {
  path: string;
  /** What it was and would be; undefined where it reads the same. */
  file: ReviewFile | undefined;
  lines: readonly DiffLine[];
}

export function openFile(state: ReviewState): OpenFile | undefined {
  const change = currentChange(state);
  const path = change === undefined ? undefined : filesOf(change)[state.file];
  if (path === undefined) return undefined;
  return { path, file: findFile(state.review, path), lines: fileLines(state.review, path) };
}

/** Opens one of the files of the change that stands on the screen, where the change is in it. */
export function opened(state: ReviewState, change: DiffChange, file: number): ReviewState {
  const path = filesOf(change)[file] ?? change.path;
  return { ...state, screen: 'file', file, scroll: placeInFile(state.review, change, path), within: 0 };
}

function findFile(review: DreamReview, path: string): ReviewFile | undefined {
  return review.changed_files.find((changed) => changed.path === path);
}

function fileLines(review: DreamReview, path: string): readonly DiffLine[] {
  const file = findFile(review, path);
  if (file === undefined) return [];
  const lines = known.get(file) ?? diffLines(file.before, file.after);
  known.set(file, lines);
  return lines;
}

/** Lines above the change that stay in sight. */
const above = 3;

/** How far to scroll to the change: to the line that holds its result, else one that it takes out, else the first that differs. */
function placeInFile(review: DreamReview, { path: home, before, after, removed }: DiffChange, path: string): number {
  const lines = fileLines(review, path);
  const find = (mark: DiffLine['mark'], text: string | null): number => {
    const first = text?.split('\n')[0]?.trim() ?? '';
    return first === '' ? -1 : lines.findIndex((line) => line.mark === mark && line.text.includes(first));
  };
  const places = [
    ...(path === home ? [find('+', after)] : []),
    ...removed.filter((line) => line.path === path).map((line) => find('-', line.text)),
    ...(path === home ? [find('-', before)] : []),
    lines.findIndex((line) => line.mark !== ' '),
  ];
  return Math.max(0, (places.find((place) => place >= 0) ?? 0) - above);
}

/** The scroll at which the next stretch of marked lines, or the one before, begins; null beyond the last one. */
export function nextMarked(lines: readonly DiffLine[], scroll: number, step: 1 | -1): number | null {
  const begins = (index: number): boolean =>
    lines[index] !== undefined && lines[index].mark !== ' ' && (lines[index - 1]?.mark ?? ' ') === ' ';
  for (let index = scroll + above + step; index >= 0 && index < lines.length; index += step)
    if (begins(index)) return Math.max(0, index - above);
  return null;
}
