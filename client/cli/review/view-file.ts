/** The whole staged file, its changed lines marked; only those in sight are laid out. */
import { cutRow } from './columns.ts';
import { fileLines } from './file-lines.ts';
import type { ReviewState } from './state.ts';
import { currentChange } from './state.ts';

export function fileBody(state: ReviewState, columns: number, space: number): { lines: string[]; total: number } {
  const lines = fileLines(state.review, currentChange(state)?.path ?? '');
  if (lines.length === 0) return { lines: [' This file reads the same before and after.'].slice(0, space), total: 1 };
  const width = String(lines.length).length;
  // Numbers are those of the new file; what went has none.
  let number = lines.slice(0, state.scroll).filter((line) => line.mark !== '-').length;
  const shown = lines.slice(state.scroll, state.scroll + space).map(({ mark, text }) => {
    const place = mark === '-' ? '' : String(++number);
    const style = mark === '-' ? ({ style: 'red' } as const) : mark === '+' ? ({ style: 'green' } as const) : {};
    // No more of a line than can stand in it.
    return cutRow(
      [
        { text: `${place.padStart(width)} `, style: 'dim' },
        { text: `${mark} ${text.slice(0, 2 * columns)}`, ...style },
      ],
      columns,
    );
  });
  return { lines: shown, total: lines.length };
}
