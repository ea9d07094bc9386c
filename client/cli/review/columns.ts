/** Text in the columns of a terminal: how wide it is, wrapped between words, cut at the edge. */
import { printable } from '../../../domain/printable-text.ts';
import type { Style } from '../terminal.ts';
import { foreign, style } from '../terminal.ts';

/** A stretch in one style; a line is a row of them. The text may be foreign. */
export interface Stretch {
  text: string;
  style?: Style;
}

export type Row = readonly Stretch[];

interface Cell {
  sign: string;
  width: number;
  style: Style | undefined;
}

const none = /^(?:[\p{Mn}\p{Me}]|[\u{fe0e}\u{fe0f}])$/u;
/** East Asian wide and full-width signs, and emoji: two columns in every terminal that people use. */
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

/** What a terminal shows of foreign text, on one line. */
function shown(text: string): string {
  return printable(foreign(text)).replaceAll('\t', '    ').replaceAll('\n', ' ');
}

function widthOf(sign: string): number {
  if (sign >= ' ' && sign <= '~') return 1;
  return none.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
}

function cellsOf(row: Row): Cell[] {
  return row.flatMap((stretch) => Array.from(shown(stretch.text), (sign) => ({ sign, width: widthOf(sign), style: stretch.style })));
}

export function textWidth(text: string): number {
  return rowWidth([{ text }]);
}

function rowWidth(row: Row): number {
  return cellsOf(row).reduce((sum, cell) => sum + cell.width, 0);
}

/** As `style` marks it, for Terminal. */
function print(cells: readonly Cell[]): string {
  let line = '';
  for (let at = 0; at < cells.length;) {
    const name = cells[at]?.style;
    let end = at;
    while (end < cells.length && cells[end]?.style === name) end += 1;
    const text = cells
      .slice(at, end)
      .map((cell) => cell.sign)
      .join('');
    line += name === undefined ? text : style(name, text);
    at = end;
  }
  return line;
}

/** The row on one line, with "…" where it did not fit. */
export function cutRow(row: Row, columns: number): string {
  const cells = cellsOf(row);
  const fits = fitting(cells, columns);
  if (fits === cells.length) return print(cells);
  const kept = cells.slice(0, fitting(cells, columns - 1));
  return columns < 1 ? '' : print([...kept, { sign: '…', width: 1, style: cells[kept.length]?.style }]);
}

/** The text on one line, with "…" in its middle where it did not fit: the end of a path tells more than what stands before. */
export function cutMiddle(text: string, columns: number): string {
  const cells = cellsOf([{ text }]);
  if (columns < 1 || fitting(cells, columns) === cells.length) return columns < 1 ? '' : print(cells);
  const before = cells.slice(0, fitting(cells, Math.floor((columns - 1) / 2)));
  const room = columns - 1 - before.reduce((sum, cell) => sum + cell.width, 0);
  const after = cells.slice(cells.length - fitting(cells.toReversed(), room));
  // A sign that goes on top of another one is nothing by itself.
  const whole = after.slice(
    Math.max(
      0,
      after.findIndex((cell) => cell.width > 0),
    ),
  );
  return print([...before, { sign: '…', width: 1, style: undefined }, ...whole]);
}

/** How many cells fit. */
function fitting(cells: readonly Cell[], columns: number): number {
  let width = 0;
  const at = cells.findIndex((cell) => (width += cell.width) > columns);
  return at < 0 ? cells.length : at;
}

/** The row on as many lines as it takes, broken at blanks; lines after the first begin below its text. */
export function wrapRow(first: string | Row, row: Row, columns: number): string[] {
  const beginning = typeof first === 'string' ? [{ text: first }] : first;
  const indent = Math.min(rowWidth(beginning), Math.max(0, columns - 8));
  const room = Math.max(1, columns - indent);
  const cells = cellsOf(row);
  const lines: string[] = [];
  let at = 0;
  do {
    let end = at + Math.max(1, fitting(cells.slice(at, at + room + 1), room));
    if (end < cells.length) {
      const blank = cells.slice(at, end + 1).findLastIndex((cell) => cell.sign === ' ');
      if (blank > 0) end = at + blank;
    }
    const head = lines.length === 0 ? cutRow(beginning, indent) : '';
    const gap = ' '.repeat(Math.max(0, indent - textWidth(head)));
    lines.push(head + gap + print(cells.slice(at, end)));
    at = end;
    while (cells[at]?.sign === ' ' && at < cells.length) at += 1;
  } while (at < cells.length);
  return lines;
}
