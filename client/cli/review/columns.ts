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
  return cellsOf([{ text }]).reduce((sum, cell) => sum + cell.width, 0);
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

/** How many cells fit. */
function fitting(cells: readonly Cell[], columns: number): number {
  let width = 0;
  const at = cells.findIndex((cell) => (width += cell.width) > columns);
  return at < 0 ? cells.length : at;
}

/** The row on as many lines as it takes, broken at blanks; lines after the first begin below its text. */
export function wrapRow(first: string, row: Row, columns: number): string[] {
  const indent = Math.min(textWidth(first), Math.max(0, columns - 8));
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
    const head = lines.length === 0 ? cutRow([{ text: first }], indent).padEnd(indent) : ' '.repeat(indent);
    lines.push(head + print(cells.slice(at, end)));
    at = end;
    while (cells[at]?.sign === ' ' && at < cells.length) at += 1;
  } while (at < cells.length);
  return lines;
}
