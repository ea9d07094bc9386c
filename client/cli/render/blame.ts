/** The lines of a memory behind the columns of their origin, which are named once for the lines below each other that share it. */
import type { BlamedLine } from '../../blame.ts';
import { foreign, style } from '../terminal.ts';
import { day, excerpt } from './words.ts';

/** An id of a session that has no title is shown whole. */
const fromLength = 30;
const textLength = 400;

export function renderBlame(lines: readonly BlamedLine[]): string {
  if (lines.length === 0) return 'The memory is empty.';
  const rows = lines.map(columns);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => Array.from(row[column] ?? '').length)));
  const numberWidth = String(lines.length).length;
  let above = '';
  return lines
    .map(({ line, text }, index) => {
      const row = rows[index] ?? [];
      const key = row.join('\u0000');
      const cells = widths.map((width, column) => {
        const cell = key === above ? '' : (row[column] ?? '');
        return cell + ' '.repeat(width - Array.from(cell).length);
      });
      above = key;
      return `${style('dim', cells.join('  '))}  ${String(line).padStart(numberWidth)}  ${cut(text)}`.trimEnd();
    })
    .join('\n');
}

/** The id that leads further, the day, what happened, and where the words come from. */
function columns({ origin, operation, dream, at, by, change, sessions }: BlamedLine): string[] {
  const [first] = sessions;
  // Who it was adds nothing where the first column names the dream or the third the import.
  const who = by === null || by === 'import' || by === `dream ${dream ?? ''}` ? '' : by;
  const from = first === undefined ? who : (first.title ?? first.id);
  const more = sessions.length > 1 ? ` +${String(sessions.length - 1)}` : '';
  const what = origin === 'change' ? (change?.kind.replace('_', ' ') ?? 'change') : origin;
  return [dream ?? operation ?? '-', day(at), what, `${excerpt(from, fromLength)}${more}`];
}

function cut(text: string): string {
  const characters = Array.from(foreign(text.slice(0, 2 * textLength)));
  return characters.length > textLength ? `${characters.slice(0, textLength).join('')}…` : characters.join('');
}
