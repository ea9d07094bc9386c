/** What a state looks like in a window of that size: exactly its lines, none wider than it. */
import { kindName } from '../render/diff-change.ts';
import { cutRow, textWidth } from './columns.ts';
import type { Stretch } from './columns.ts';
import type { ReviewState } from './state.ts';
import { currentChange, excludedIds, shownChanges, unmarkedCount } from './state.ts';
import { changeBody } from './view-change.ts';
import { fileBody } from './view-file.ts';
import { helpBody } from './view-help.ts';
import { summaryBody } from './view-summary.ts';

export interface View {
  lines: string[];
  /** How far the body is scrolled indeed: nobody scrolls past its end. */
  scroll: number;
}

const hints: Record<ReviewState['screen'], string[]> = {
  changes: [
    '? help',
    'a accept',
    'x exclude',
    'n/p move',
    's summary',
    'q leave',
    'o file',
    'g next file',
    'f kind',
    'u unmarked',
    'j/k scroll',
  ],
  file: ['q back', 'j/k scroll', 'n/p next, last change'],
  summary: ['A approve', 'R reject', 'n note', 'b back', 'q leave', 'j/k scroll'],
  note: ['Enter keeps the note', 'Esc drops it'],
  help: ['any key goes back'],
};

/** Header, counts, message and keys stand around the body. */
const frameLines = 4;

export function view(state: ReviewState, columns: number, rows: number): View {
  const space = Math.max(1, rows - frameLines);
  const body = bodyOf(state, columns, space);
  // The body of a file comes cut: it may have thousands of lines.
  const isWhole = state.screen !== 'file';
  // A note is written at the end of the summary.
  const wanted = state.screen === 'note' ? body.lines.length : state.scroll;
  const scroll = isWhole ? Math.max(0, Math.min(wanted, body.lines.length - space)) : state.scroll;
  const shown = isWhole ? body.lines.slice(scroll, scroll + space) : body.lines;
  const below = body.total - scroll - shown.length;
  const filled = [...shown, ...Array.from({ length: space - shown.length }, () => '')];
  const message: Stretch =
    state.message !== ''
      ? { text: state.message, style: 'yellow' }
      : { text: below > 0 ? `${String(below)} more lines, j scrolls` : '', style: 'dim' };
  return {
    lines: [header(state, columns), counts(state, columns), ...filled, cutRow([message], columns), keys(state, columns)].slice(0, rows),
    scroll,
  };
}

function bodyOf(state: ReviewState, columns: number, space: number): { lines: string[]; total: number } {
  const whole = (lines: string[]) => ({ lines, total: lines.length });
  switch (state.screen) {
    case 'changes':
      return whole(changeBody(state, columns));
    case 'file':
      return fileBody(state, columns, space);
    case 'summary':
    case 'note':
      return whole(summaryBody(state, columns));
    case 'help':
      return whole(helpBody(columns));
  }
}

function header(state: ReviewState, columns: number): string {
  const change = currentChange(state);
  const shown = shownChanges(state);
  const mark = change === undefined ? '' : (state.marks.get(change.id) ?? 'unmarked');
  const filter = state.filter === null ? '' : ` · only ${kindName(state.filter)}`;
  const left =
    state.screen === 'changes'
      ? change === undefined
        ? 'No changes'
        : `${String(state.at + 1)} of ${String(shown.length)}${filter} · ${change.path}`
      : state.screen === 'file'
        ? `The file as it would be · ${change?.path ?? ''}`
        : state.screen === 'help'
          ? 'Keys'
          : `Draft ${String(state.review.round)} of ${state.review.dream_id}`;
  const right = state.screen === 'changes' && mark !== '' ? ` ${mark} ` : '';
  const room = Math.max(0, columns - textWidth(right));
  // The path's end tells more than its beginning.
  const shownLeft = textWidth(` ${left}`) > room ? shortened(left, room - 1) : left;
  const gap = Math.max(0, room - textWidth(` ${shownLeft}`));
  return cutRow([{ text: ` ${shownLeft}${' '.repeat(gap)}${right}`, style: 'inverse' }], columns);
}

function shortened(text: string, columns: number): string {
  const signs = Array.from(text);
  const half = Math.max(1, Math.floor((columns - 1) / 2));
  return textWidth(text) <= columns ? text : `${signs.slice(0, half).join('')}…${signs.slice(-Math.max(1, columns - half - 1)).join('')}`;
}

function counts(state: ReviewState, columns: number): string {
  const excluded = excludedIds(state).length;
  const unmarked = unmarkedCount(state);
  const accepted = state.review.changes.length - excluded - unmarked;
  return cutRow(
    [{ text: ` ${String(accepted)} accepted · ${String(excluded)} excluded · ${String(unmarked)} unmarked`, style: 'dim' }],
    columns,
  );
}

/** As many as fit, the important ones first. */
function keys(state: ReviewState, columns: number): string {
  let line = '';
  for (const hint of hints[state.screen]) {
    const longer = line === '' ? ` ${hint}` : `${line}   ${hint}`;
    if (textWidth(longer) > columns) break;
    line = longer;
  }
  return cutRow([{ text: line, style: 'dim' }], columns);
}
