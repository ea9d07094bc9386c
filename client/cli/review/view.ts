/** What a state looks like in a window of that size: exactly its lines, none wider than it. */
import { cutRow, textWidth, wrapRow } from './columns.ts';
import type { Stretch } from './columns.ts';
import type { ReviewState } from './state.ts';
import { excludedIds, unmarkedCount } from './state.ts';
import { changeBody } from './view-change.ts';
import type { FileBody } from './view-file.ts';
import { fileBody } from './view-file.ts';
import { header } from './view-header.ts';
import { helpBody } from './view-help.ts';
import { summaryBody } from './view-summary.ts';

export interface View {
  lines: string[];
  /** How far the body is scrolled indeed: nobody scrolls past its end. */
  scroll: number;
  within: number;
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
  file: ['q back', 'j/k scroll', 'n/p changed lines', 'o next file', 'PageUp/PageDown', 'Home/End'],
  summary: ['A approve', 'R reject', 'n note', 'b back', 'q leave', 'j/k scroll'],
  note: ['Enter keeps the note', 'Esc drops it'],
  help: ['any key goes back'],
};

/** Header, counts, message and keys stand around the body. */
const frameLines = 4;
/** A message may take from the body what it needs. */
const messageLines = 3;

export function view(state: ReviewState, columns: number, rows: number): View {
  const said = message(state, columns, Math.min(messageLines, rows - frameLines));
  const space = Math.max(1, rows - frameLines + 1 - Math.max(1, said.length));
  const { lines, below, scroll, within } = bodyOf(state, columns, space);
  const filled = [...lines, ...Array.from({ length: space - lines.length }, () => '')];
  const more: Stretch = { text: below > 0 ? `${String(below)} more ${below === 1 ? 'line' : 'lines'}, j scrolls` : '', style: 'dim' };
  return {
    lines: [
      header(state, columns),
      counts(state, columns),
      ...filled,
      ...(said.length > 0 ? said : [cutRow([more], columns)]),
      keys(state, columns),
    ].slice(0, rows),
    scroll,
    within,
  };
}

/** On as many lines as it takes; only where those are too many does it end in "…". */
function message({ message: text }: ReviewState, columns: number, most: number): string[] {
  if (text === '') return [];
  const lines = wrapRow('', [{ text }], columns);
  const last = Math.max(1, most) - 1;
  return [...lines.slice(0, last), ...(lines.length > last ? [lines.slice(last).join(' ')] : [])].map((line) =>
    cutRow([{ text: line, style: 'yellow' }], columns),
  );
}

function bodyOf(state: ReviewState, columns: number, space: number): FileBody {
  const whole = (lines: string[], wanted = state.scroll): FileBody => {
    const scroll = Math.max(0, Math.min(wanted, lines.length - space));
    return { lines: lines.slice(scroll, scroll + space), below: Math.max(0, lines.length - scroll - space), scroll, within: 0 };
  };
  switch (state.screen) {
    case 'changes':
      return whole(changeBody(state, columns));
    case 'file':
      return fileBody(state, columns, space);
    case 'summary':
      return whole(summaryBody(state, columns));
    case 'note':
      // It is written at the end of the summary.
      return whole(summaryBody(state, columns), Number.MAX_SAFE_INTEGER);
    case 'help':
      return whole(helpBody(columns));
  }
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
