/** One change: what it is, before and after word by word, why, and each quote in its context. */
import type { DiffChange, DiffEvidence } from '../../wire/diff.ts';
import { kindColors } from '../render/change-list.ts';
import { changeTexts, exclusionWarning, kindName, kindWords, sourceOf } from '../render/diff-change.ts';
import type { Piece } from '../render/diff-words.ts';
import { piecesByLine } from '../render/diff-words.ts';
import { counted } from '../render/words.ts';
import type { Row, Stretch } from './columns.ts';
import { cutRow, wrapRow } from './columns.ts';
import type { ReviewState } from './state.ts';
import { currentChange } from './state.ts';

/** A statement may fill a file; whoever wants all of it opens that. */
const shownCharacters = 6_000;
const quoteCharacters = 1_000;

export function changeBody(state: ReviewState, columns: number): string[] {
  const change = currentChange(state);
  if (change === undefined) return ['', ...wrapRow(' ', [{ text: 'The draft changes nothing: s shows the summary.' }], columns)];
  const { before, after, remark } = changeTexts(change);
  const warning = exclusionWarning(change);
  return [
    cutRow([{ text: ` ${kindName(change.kind)}`, style: kindColors[change.kind] }, { text: `  ${kindWords[change.kind]}` }], columns),
    '',
    ...before.flatMap(({ path, pieces }) => [
      ...(path === null ? [] : [cutRow([{ text: `   in ${path}:`, style: 'dim' }], columns)]),
      ...marked('-', pieces, columns),
    ]),
    ...(after === null ? [] : marked('+', after, columns)),
    ...(remark === null ? [] : wrapRow('   ', [{ text: remark, style: 'dim' }], columns)),
    ...(warning === null ? [] : wrapRow('   ', [{ text: warning, style: 'yellow' }], columns)),
    '',
    ...wrapRow(' why ', [{ text: change.reason }], columns),
    ...change.evidence.flatMap((item) => quote(item, columns)),
    ...guardNotes(state, change, columns),
    '',
    cutRow([{ text: ` ${change.id}`, style: 'dim' }], columns),
  ];
}

function marked(mark: '-' | '+', pieces: readonly Piece[], columns: number): string[] {
  const style = mark === '-' ? 'removed' : 'added';
  return piecesByLine(cutPieces(pieces)).flatMap((line) =>
    wrapRow(
      ` ${mark} `,
      line.map(({ text, changed }): Stretch => (changed ? { text, style } : { text })),
      columns,
    ),
  );
}

function cutPieces(pieces: readonly Piece[]): Piece[] {
  let room = shownCharacters;
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (room <= 0) break;
    kept.push({ ...piece, text: piece.text.slice(0, room) });
    room -= piece.text.length;
  }
  return room < 0 ? [...kept, { text: ` … ${counted(-room, 'character')} more at least; o opens the file`, changed: false }] : kept;
}

function quote(item: DiffEvidence, columns: number): string[] {
  const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
  const words = flat(item.quote).trim();
  const row: Row = [
    { text: item.context === null ? '' : flat(item.context.before), style: 'dim' },
    { text: `“${words.slice(0, quoteCharacters)}${words.length > quoteCharacters ? '…' : ''}”` },
    { text: item.context === null ? '' : flat(item.context.after), style: 'dim' },
  ];
  return ['', cutRow([{ text: ` ${sourceOf(item)}:`, style: 'cyan' }], columns), ...wrapRow('   ', row, columns)];
}

function guardNotes({ review }: ReviewState, { id, path }: DiffChange, columns: number): string[] {
  return review.guards
    .filter((guard) => guard.refused.includes(id) || guard.message.includes(id) || guard.message.includes(path))
    .flatMap((guard) => ['', ...wrapRow(' guard ', [{ text: `${guard.title}: ${guard.message}`, style: 'yellow' }], columns)]);
}
