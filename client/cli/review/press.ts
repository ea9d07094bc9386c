/** A state and a key make the next state. */
import type { DiffChange } from '../../wire/diff.ts';
import { counted } from '../render/words.ts';
import { opened } from './file-lines.ts';
import type { Key } from './keys.ts';
import { pressInFile, pressInNote, pressInSummary } from './press-elsewhere.ts';
import type { Mark, ReviewState } from './state.ts';
import { currentChange, left, shownChanges, unmarkedCount } from './state.ts';

export function press(state: ReviewState, key: Key): ReviewState {
  const next = { ...state, message: '', asked: null };
  if (key.name === 'ctrl-c') return { ...next, ending: 'interrupt' };
  if (state.asked === 'q') return key.name === 'q' || key.name === 'escape' ? { ...next, ending: 'leave' } : next;
  switch (state.screen) {
    case 'help':
      return { ...next, screen: 'changes', scroll: 0 };
    case 'note':
      return pressInNote(next, key);
    case 'summary':
      return pressInSummary(next, key, state.asked);
    case 'file':
      return pressInFile(next, key);
    case 'changes':
      return pressInChanges(next, key);
  }
}

function pressInChanges(state: ReviewState, { name }: Key): ReviewState {
  const change = currentChange(state);
  switch (name) {
    case 'a':
    case 'enter':
    case 'space':
      return change === undefined ? state : forward(marked(state, change, 'accepted'));
    case 'x': {
      if (change === undefined) return state;
      const mark = state.marks.get(change.id) === 'excluded' ? 'accepted' : 'excluded';
      return { ...marked(state, change, mark), message: mark === 'excluded' ? exclusion(change) : 'Included again.' };
    }
    case 'n':
    case 'right':
    case 'down':
      return moved(state, state.at + 1, 'This is the last change; s shows the summary.');
    case 'p':
    case 'left':
    case 'up':
      return moved(state, state.at - 1, 'This is the first change.');
    case 'home':
      return moved(state, 0, '');
    case 'end':
      return moved(state, shownChanges(state).length - 1, '');
    case 'g':
      return nextFile(state);
    case 'u':
      return nextUnmarked(state);
    case 'f':
      return nextFilter(state);
    case 'j':
      return { ...state, scroll: state.scroll + 1 };
    case 'k':
      return { ...state, scroll: Math.max(0, state.scroll - 1) };
    case 'pagedown':
      return { ...state, scroll: state.scroll + 10 };
    case 'pageup':
      return { ...state, scroll: Math.max(0, state.scroll - 10) };
    case 'o':
      return change === undefined ? state : opened(state, change, 0);
    case 's':
      return { ...state, screen: 'summary', scroll: 0 };
    case '?':
    case 'h':
      return { ...state, screen: 'help', scroll: 0 };
    case 'q':
    case 'escape':
      return left(state);
    default:
      return { ...state, message: 'That key does nothing here; ? shows those that do.' };
  }
}

function marked(state: ReviewState, change: DiffChange, mark: Mark): ReviewState {
  return { ...state, marks: new Map(state.marks).set(change.id, mark) };
}

function exclusion({ holds_credential: holds }: DiffChange): string {
  return holds
    ? 'Excluded: the credential then stays in the store as it is. x again includes the change.'
    : 'Excluded; x again includes it.';
}

function moved(state: ReviewState, to: number, atTheEnd: string): ReviewState {
  const last = shownChanges(state).length - 1;
  return to < 0 || to > last ? { ...state, message: atTheEnd } : { ...state, at: to, scroll: 0 };
}

/** After an answer: on, and at the end to what is still open. */
function forward(state: ReviewState): ReviewState {
  if (state.at + 1 < shownChanges(state).length) return moved(state, state.at + 1, '');
  const open = unmarkedCount(state);
  if (open === 0) return { ...state, screen: 'summary', scroll: 0 };
  return { ...state, message: `The last one; u goes to ${counted(open, 'unmarked change')}, s shows the summary.` };
}

function nextFile(state: ReviewState): ReviewState {
  const changes = shownChanges(state);
  const path = changes[state.at]?.path;
  const next = changes.findIndex((change, index) => index > state.at && change.path !== path);
  return next < 0 ? { ...state, message: 'This is the last file.' } : moved(state, next, '');
}

function nextUnmarked(state: ReviewState): ReviewState {
  const changes = shownChanges(state);
  const isOpen = (index: number): boolean => !state.marks.has(changes[index]?.id ?? '');
  const order = changes.map((_, index) => (state.at + 1 + index) % changes.length);
  const next = order.find(isOpen);
  return next === undefined
    ? { ...state, message: `No change${state.filter === null ? '' : ' of this kind'} is unmarked; s shows the summary.` }
    : moved(state, next, '');
}

/** Every kind in turn that the draft has, then all of them again; stays on the change where it is shown. */
function nextFilter(state: ReviewState): ReviewState {
  const kinds = [...new Set(state.review.changes.map((change) => change.kind))];
  const filter = kinds[state.filter === null ? 0 : kinds.indexOf(state.filter) + 1] ?? null;
  const id = currentChange(state)?.id;
  const at = shownChanges({ review: state.review, filter }).findIndex((change) => change.id === id);
  return { ...state, filter, at: Math.max(0, at), scroll: 0 };
}
