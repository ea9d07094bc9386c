/** Two texts line by line. */
import { diffArrays } from 'diff';

export interface DiffLine {
  mark: ' ' | '-' | '+';
  text: string;
}

/** Beyond this everything counts as different: finding the shortest way between two strangers takes seconds. */
const mostEdits = 1_000;

/** null where there is no file. */
export function diffLines(before: string | null, after: string | null): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(old, now, { maxEditLength: mostEdits });
  if (parts === undefined) return [...marked('-', old), ...marked('+', now)];
  return parts.flatMap((part) => marked(part.removed ? '-' : part.added ? '+' : ' ', part.value));
}

/** What changed with three lines around it; a stretch that is left out becomes one line of its own. */
export function changedLines(lines: readonly DiffLine[], around = 3): (DiffLine | { skipped: number })[] {
  const near = lines.map(() => false);
  lines.forEach(({ mark }, index) => {
    if (mark !== ' ') near.fill(true, Math.max(0, index - around), index + around + 1);
  });
  const shown: (DiffLine | { skipped: number })[] = [];
  lines.forEach((line, index) => {
    const last = shown.at(-1);
    if (near[index] === true) shown.push(line);
    else if (last !== undefined && 'skipped' in last) last.skipped += 1;
    else shown.push({ skipped: 1 });
  });
  return shown;
}

function linesOf(text: string | null): string[] {
  if (text === null || text === '') return [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function marked(mark: DiffLine['mark'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ mark, text }));
}
