/** Where somebody is who goes through a draft. Keys move it (press.ts), the screen shows it (view.ts). */
import type { ChangeKind } from '../../../domain/change.ts';
import type { DiffChange } from '../../wire/diff.ts';
import type { DreamReview } from '../../review-dream.ts';

export type Mark = 'accepted' | 'excluded';
export type Ending = 'approve' | 'reject' | 'leave' | 'interrupt';

export interface ReviewState {
  review: DreamReview;
  /** By change id; a change that nobody has marked is absent. */
  marks: ReadonlyMap<string, Mark>;
  screen: 'changes' | 'file' | 'summary' | 'note' | 'help';
  /** Only changes of this kind are gone through. */
  filter: ChangeKind | null;
  /** Which of them stands on the screen. */
  at: number;
  /** Which of the files that the change concerns is open. */
  file: number;
  /** Lines scrolled past on this screen; what is too much the view takes back. */
  scroll: number;
  /** In a file: rows scrolled on from there, also back; a long line has several. The view makes whole lines of them. */
  within: number;
  note: string;
  /** One line for whoever pressed the last key. */
  message: string;
  /** A key that asks to be pressed again. */
  asked: string | null;
  ending: Ending | null;
}

export function startReview(review: DreamReview, message = '', marks: ReadonlyMap<string, Mark> = new Map()): ReviewState {
  return {
    review,
    marks,
    screen: 'changes',
    filter: null,
    at: 0,
    file: 0,
    scroll: 0,
    within: 0,
    note: '',
    message,
    asked: null,
    ending: null,
  };
}

/** Leaves at once where nothing is lost by it. */
export function left(state: ReviewState): ReviewState {
  if (state.marks.size === 0 && state.note === '') return { ...state, ending: 'leave' };
  return { ...state, asked: 'q', message: 'Leave? The marks are lost; nothing is decided. q again leaves, any other key stays.' };
}

/** What the filter lets through. */
export function shownChanges({ review, filter }: Pick<ReviewState, 'review' | 'filter'>): readonly DiffChange[] {
  return filter === null ? review.changes : review.changes.filter((change) => change.kind === filter);
}

export function currentChange(state: ReviewState): DiffChange | undefined {
  return shownChanges(state)[state.at];
}

export function excludedIds({ review, marks }: ReviewState): string[] {
  return review.changes.filter((change) => marks.get(change.id) === 'excluded').map((change) => change.id);
}

/** Of what is excluded: how many changes would have taken a credential out. */
export function keptCredentials({ review, marks }: ReviewState): number {
  return review.changes.filter((change) => change.holds_credential && marks.get(change.id) === 'excluded').length;
}

export function unmarkedCount({ review, marks }: ReviewState): number {
  return review.changes.filter((change) => !marks.has(change.id)).length;
}
