/** The first line: where one is, the path, and how the change is marked. */
import { kindName } from '../render/diff-change.ts';
import { cutMiddle, cutRow, textWidth } from './columns.ts';
import { filesOf, openFile } from './file-lines.ts';
import type { ReviewState } from './state.ts';
import { currentChange, shownChanges } from './state.ts';

export function header(state: ReviewState, columns: number): string {
  const { before, path, after } = title(state);
  const room = Math.max(0, columns - textWidth(after));
  const shown = ` ${before}${cutMiddle(path, room - textWidth(` ${before}`))}`;
  const gap = ' '.repeat(Math.max(0, room - textWidth(shown)));
  return cutRow([{ text: `${shown}${gap}${after}`, style: 'inverse' }], columns);
}

/** Only the path is cut where all of it does not fit: the mark behind it has to be seen. */
function title(state: ReviewState): { before: string; path: string; after: string } {
  const change = currentChange(state);
  switch (state.screen) {
    case 'changes': {
      if (change === undefined) return { before: 'No changes', path: '', after: '' };
      const filter = state.filter === null ? '' : ` · only ${kindName(state.filter)}`;
      return {
        before: `${String(state.at + 1)} of ${String(shownChanges(state).length)}${filter} · `,
        path: change.path,
        after: ` ${state.marks.get(change.id) ?? 'unmarked'} `,
      };
    }
    case 'file': {
      const open = openFile(state);
      const count = change === undefined ? 0 : filesOf(change).length;
      const which = count > 1 ? ` · file ${String(state.file + 1)} of ${String(count)}` : '';
      const what = open?.file?.after === null ? 'The file as it was; it would go' : 'The file as it would be';
      return { before: `${what}${which} · `, path: open?.path ?? '', after: '' };
    }
    case 'help':
      return { before: 'Keys', path: '', after: '' };
    case 'summary':
    case 'note':
      return { before: `Draft ${String(state.review.round)} of ${state.review.dream_id}`, path: '', after: '' };
  }
}
