/** What would be decided, before it is: counts by kind, the guards, the files, what happens then. */
import type { ChangeKind } from '../../../domain/change.ts';
import { kindName, statusLines } from '../render/diff-change.ts';
import { counted } from '../render/words.ts';
import type { Style } from '../terminal.ts';
import { wrapRow } from './columns.ts';
import type { ReviewState } from './state.ts';
import { excludedIds, keptCredentials } from './state.ts';

export function summaryBody(state: ReviewState, columns: number): string[] {
  const { review } = state;
  const kept = keptCredentials(state);
  const say = (name: string, text: string, style?: Style): string[] =>
    wrapRow(` ${name.padEnd(10)}`, [style === undefined ? { text } : { text, style }], columns);
  return [
    ...byKind(state).flatMap(([name, text]) => say(name, text)),
    ...(kept === 0 ? [] : say('secrets', `${counted(kept, 'credential')} ${kept === 1 ? 'stays' : 'stay'} in the store`, 'yellow')),
    '',
    ...guards(state).flatMap((text, index) => say(index === 0 ? 'guards' : '', text)),
    ...files(state).flatMap((text, index) => say(index === 0 ? 'files' : '', text)),
    ...review.conflicts.flatMap(({ path }) =>
      say('conflict', `others changed ${path} meanwhile: it stays as they have it (dreams diff shows both sides)`, 'yellow'),
    ),
    ...(review.left_out.length === 0 ? [] : say('left out', `${counted(review.left_out.length, 'change')} before this draft`)),
    ...statusLines(review).flatMap((text, index) => say(index === 0 ? 'draft' : '', text)),
    '',
    ...say('A', approval(state)),
    ...say('R', 'rejects the draft: the dream ends, and no memory changes'),
    ...noteLines(state, say),
  ];
}

function byKind({ review, marks }: ReviewState): [string, string][] {
  const kinds = [...new Set(review.changes.map((change) => change.kind))];
  const count = (kind: ChangeKind, mark: string | undefined): number =>
    review.changes.filter((change) => change.kind === kind && marks.get(change.id) === mark).length;
  return kinds.map((kind, index) => {
    const open = count(kind, undefined);
    const counts = `${String(count(kind, 'accepted'))} accepted, ${String(count(kind, 'excluded'))} excluded`;
    return [index === 0 ? 'changes' : '', `${kindName(kind)}: ${counts}${open === 0 ? '' : `, ${String(open)} unmarked`}`];
  });
}

function guards({ review }: ReviewState): string[] {
  const passed = review.guards.filter((guard) => guard.ok).length;
  const said = review.guards.filter((guard) => !guard.ok || guard.message !== '');
  return [`${String(passed)} of ${String(review.guards.length)} passed`, ...said.map((guard) => `${guard.title}: ${guard.message}`)];
}

function files({ review }: ReviewState): string[] {
  const { changed_files: changed } = review;
  return [
    `${counted(changed.length, 'file')}:`,
    ...changed.map(({ path, before, after }) => `${before === null ? '+' : after === null ? '-' : '~'} ${path}`),
  ];
}

function approval(state: ReviewState): string {
  const { review } = state;
  const excluded = excludedIds(state).length;
  const rest = review.changes.length - excluded;
  const staged = excluded === 0 ? 'commits' : `leaves out ${counted(excluded, 'change')}, has the guards look at the rest, and commits`;
  const where =
    review.output_behavior === 'update_existing'
      ? `into the store ${review.output_store_id ?? ''}`
      : `to ${review.output_store_id ?? 'a new store'}`;
  const alias = review.alias === null ? '' : `; the alias ${review.alias} moves there`;
  return `approves: ${staged} ${counted(rest, 'change')} ${where}${alias}`;
}

function noteLines({ screen, note }: ReviewState, say: (name: string, text: string) => string[]): string[] {
  if (screen === 'note') return ['', ...say('note', `${note}▏`)];
  return note === '' ? [] : ['', ...say('note', note)];
}
