import type { ChangedPath, ChangingOperation } from '../../paths-changed.ts';
import type { UndoneOperation } from '../../undo-operation.ts';
import { foreign, style } from '../terminal.ts';
import { countsInWords } from './counts.ts';
import { changedLines, diffLines } from './diff-lines.ts';
import { counted, excerpt, minute } from './words.ts';

const pathsAtMost = 10;
const sinceAtMost = 5;
const linesAtMost = 40;
const lineLength = 160;

export function renderUndone(undone: UndoneOperation): string {
  const shown = undone.paths.slice(0, pathsAtMost).map((path) => `  ${excerpt(path, 200)}`);
  const more = undone.paths.length - shown.length;
  return [
    `${undone.undoes} was undone by ${style('bold', undone.operation_id)}: ${countsInWords(undone.counts)}.`,
    ...shown,
    ...(more > 0 ? [`  and ${String(more)} more`] : []),
    `To bring it back: dreams undo ${undone.operation_id}`,
  ].join('\n');
}

/** Both sides of each path as a line diff: from what stands there to what the undo would have put there. */
export function renderChangedPaths(conflicts: readonly ChangedPath[]): string {
  const shown = conflicts.slice(0, pathsAtMost).map(renderChangedPath);
  const more = conflicts.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${counted(more, 'more path')}`] : [])].join('\n\n');
}

function renderChangedPath({ path, now, back, since }: ChangedPath): string {
  const head = [
    style('bold', excerpt(path, 200)),
    ...since.slice(0, sinceAtMost).map((each, index) => `changed since by ${renderChanging(each, index === 0)}`),
    ...(since.length > sinceAtMost ? [`and by ${counted(since.length - sinceAtMost, 'earlier operation')}`] : []),
    `--- ${now === null ? 'nothing stands there now' : 'as it stands now'}`,
    `+++ ${back === null ? 'the undo would leave nothing there' : 'as the undo would put it back'}`,
  ];
  const lines = changedLines(diffLines(now, back));
  const body = lines
    .slice(0, linesAtMost)
    .map((line) => ('skipped' in line ? `  ... ${counted(line.skipped, 'equal line')}` : renderLine(line)));
  const more = lines.length - body.length;
  return [...head, ...body, ...(more > 0 ? [`  ... and ${counted(more, 'more line')}`] : [])].join('\n');
}

function renderChanging({ id, kind, at, by }: ChangingOperation, isNewest: boolean): string {
  const advice = kind === 'erase' ? ': an erasure is not taken back' : isNewest ? ': undo this one first' : '';
  return `${kind} ${id} of ${minute(at)} by ${excerpt(by, 80)}${advice}`;
}

function renderLine({ mark, text }: { mark: ' ' | '-' | '+'; text: string }): string {
  const characters = Array.from(foreign(text.slice(0, 8 * lineLength)));
  const line = `${mark}${characters.slice(0, lineLength).join('')}${characters.length > lineLength ? '…' : ''}`;
  return mark === '-' ? style('red', line) : mark === '+' ? style('green', line) : line;
}
