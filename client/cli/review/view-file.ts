/** The whole staged file, its changed lines marked; long lines wrap, and only those in sight are laid out. */
import type { DiffLine } from '../render/diff-lines.ts';
import { wrapRow } from './columns.ts';
import { openFile } from './file-lines.ts';
import type { ReviewState } from './state.ts';

export interface FileBody {
  lines: string[];
  /** Lines that are not seen to their end. */
  below: number;
  scroll: number;
  within: number;
}

export function fileBody(state: ReviewState, columns: number, space: number): FileBody {
  const lines = openFile(state)?.lines ?? [];
  if (lines.length === 0)
    return { lines: wrapRow(' ', [{ text: 'This file reads the same before and after.' }], columns), below: 0, scroll: 0, within: 0 };
  const width = String(lines.length).length;
  const rowsOf = (index: number): readonly string[] => laidOut(lines, index, width, columns);
  const { scroll, within } = settled(lines, state, rowsOf);
  const shown: string[] = [];
  let next = scroll;
  let hidden = 0;
  for (; next < lines.length && shown.length < space; next += 1) {
    const rows = rowsOf(next).slice(next === scroll ? within : 0);
    hidden = Math.max(0, shown.length + rows.length - space);
    shown.push(...rows.slice(0, space - shown.length));
  }
  return { lines: shown, below: lines.length - next + (hidden > 0 ? 1 : 0), scroll, within };
}

/** The line at the top and the row of it, out of rows that were scrolled from some line. */
function settled(lines: readonly DiffLine[], state: ReviewState, rowsOf: (index: number) => readonly string[]) {
  let scroll = Math.max(0, Math.min(state.scroll, lines.length - 1));
  let { within } = state;
  while (within < 0 && scroll > 0) within += rowsOf(--scroll).length;
  while (scroll < lines.length - 1 && within >= rowsOf(scroll).length) within -= rowsOf(scroll++).length;
  return { scroll, within: Math.max(0, Math.min(within, rowsOf(scroll).length - 1)) };
}

const known = new WeakMap<DiffLine, { columns: number; rows: readonly string[] }>();

function laidOut(lines: readonly DiffLine[], index: number, width: number, columns: number): readonly string[] {
  const line = lines[index];
  if (line === undefined) return [];
  const found = known.get(line);
  if (found?.columns === columns) return found.rows;
  const { mark, text } = line;
  const style = mark === '-' ? ({ style: 'red' } as const) : mark === '+' ? ({ style: 'green' } as const) : {};
  const place = mark === '-' ? '' : String(numberOf(lines, index));
  const rows = wrapRow(
    [
      { text: `${place.padStart(width)} `, style: 'dim' },
      { text: `${mark} `, ...style },
    ],
    [{ text, ...style }],
    columns,
  );
  known.set(line, { columns, rows });
  return rows;
}

/** Numbers are those of the new file; what went has none. */
function numberOf(lines: readonly DiffLine[], index: number): number {
  let number = 0;
  for (let at = 0; at <= index; at += 1) if (lines[at]?.mark !== '-') number += 1;
  return number;
}
