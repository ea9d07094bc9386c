/** Keys on the screens beside the changes: the summary before the decision, the note, the opened file. */
import { maxNoteCharacters } from '../../../domain/decision.ts';
import { counted } from '../render/words.ts';
import { filesOf, nextMarked, openFile, opened } from './file-lines.ts';
import type { Key } from './keys.ts';
import type { ReviewState } from './state.ts';
import { currentChange, excludedIds, left, unmarkedCount } from './state.ts';

const page = 15;

export function pressInSummary(state: ReviewState, { name }: Key, asked: string | null): ReviewState {
  const { changes } = state.review;
  const excluded = excludedIds(state).length;
  const unmarked = unmarkedCount(state);
  const again = (key: string, message: string): ReviewState => ({ ...state, asked: key, message });
  switch (name) {
    case 'A':
      if (changes.length > 0 && excluded === changes.length)
        return { ...state, message: 'Every change is excluded, so nothing is left to approve; R rejects the draft.' };
      if (unmarked > 0 && asked !== 'A')
        return again('A', `${counted(unmarked, 'unmarked change')} would be approved too. A again does it.`);
      return { ...state, ending: 'approve' };
    case 'R':
      return asked === 'R' ? { ...state, ending: 'reject' } : again('R', 'Rejecting ends the dream without a result. R again does it.');
    case 'n':
      return { ...state, screen: 'note' };
    case 'j':
    case 'down':
      return { ...state, scroll: state.scroll + 1 };
    case 'k':
    case 'up':
      return { ...state, scroll: Math.max(0, state.scroll - 1) };
    case 'b':
    case 's':
    case 'escape':
    case 'left':
      return { ...state, screen: 'changes', scroll: 0 };
    case 'q':
      return left(state);
    default:
      return { ...state, message: 'A approves, R rejects (capital letters), n adds a note, b goes back, q leaves.' };
  }
}

export function pressInNote(state: ReviewState, { name, text }: Key): ReviewState {
  if (name === 'enter' || name === 'tab') return { ...state, screen: 'summary' };
  if (name === 'escape') return { ...state, screen: 'summary', note: '', message: 'The note was dropped.' };
  if (name === 'backspace') return { ...state, note: Array.from(state.note).slice(0, -1).join('') };
  if (state.note.length + text.length > maxNoteCharacters)
    return { ...state, message: `A note has at most ${String(maxNoteCharacters)} characters.` };
  return { ...state, note: state.note + text };
}

export function pressInFile(state: ReviewState, { name }: Key): ReviewState {
  const lines = openFile(state)?.lines ?? [];
  const to = (scroll: number): ReviewState => ({ ...state, scroll: Math.max(0, Math.min(scroll, lines.length - 1)), within: 0 });
  const by = (rows: number): ReviewState => ({ ...state, within: state.within + rows });
  switch (name) {
    case 'j':
    case 'down':
      return by(1);
    case 'k':
    case 'up':
      return by(-1);
    case 'space':
    case 'pagedown':
      return by(page);
    case 'pageup':
      return by(-page);
    case 'home':
      return to(0);
    case 'end':
      return to(lines.length);
    case 'n':
      return to(nextMarked(lines, state.scroll, 1) ?? state.scroll);
    case 'p':
      return to(nextMarked(lines, state.scroll, -1) ?? state.scroll);
    case 'o':
    case 'tab':
      return nextOfItsFiles(state);
    case 'q':
    case 'b':
    case 'left':
    case 'escape':
      return { ...state, screen: 'changes', scroll: 0, within: 0 };
    default:
      return { ...state, message: 'j and k scroll, n and p find changed lines, o opens the next file, q goes back.' };
  }
}

/** After the last one the first again. */
function nextOfItsFiles(state: ReviewState): ReviewState {
  const change = currentChange(state);
  const count = change === undefined ? 0 : filesOf(change).length;
  if (change === undefined || count < 2) return { ...state, message: 'The change concerns no other file; q goes back.' };
  return opened(state, change, (state.file + 1) % count);
}
