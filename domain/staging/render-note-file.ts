// Turns the pieces of a changed file back into text: gaps that a removal leaves are closed, nothing else moves.
import { cutLines, readLineBody } from '../markdown/lines.ts';
import { separateNotes } from '../markdown/separate-notes.ts';
import type { NoteFile, Piece } from './note-file.ts';
import { renumberSteps } from './renumber-steps.ts';

export interface RenderedPiece {
  piece: Piece;
  start: number;
  end: number;
}

export function renderNoteFile(file: NoteFile): { content: string; placed: RenderedPiece[] } {
  dropEmptyHeadings(file);
  dropEmptyTables(file);
  renumberSteps(file.pieces);
  const kept: Piece[] = [];
  let gap = false;
  let blankInGap = false;
  for (const piece of file.pieces) {
    if (piece.isRemoved) {
      gap = true;
      continue;
    }
    const before = kept.at(-1);
    if (gap && piece.kind === 'blank' && (before === undefined || before.kind === 'blank')) {
      blankInGap = true;
      continue;
    }
    if (before !== undefined && (wouldJoin(before, piece, gap && !blankInGap) || wouldUnderline(kept, piece))) {
      kept.push(blankPiece(file));
      // Indented, it would still belong to the item above.
      if (piece.claim?.kind === 'paragraph') piece.source = piece.source.trimStart();
    }
    if (piece.kind !== 'blank') gap = false;
    blankInGap = false;
    kept.push(piece);
  }
  const endedBlank = file.pieces.at(-1)?.kind === 'blank';
  while (gap && !endedBlank && kept.at(-1)?.kind === 'blank') kept.pop();
  return join(file, keepNotesApart(file, kept));
}

/** Notes on lines of their own are told apart by their widths; where a removal blurs that, blank lines do it. */
function keepNotesApart(file: NoteFile, kept: readonly Piece[]): Piece[] {
  const apart: Piece[] = [];
  for (let i = 0; i < kept.length;) {
    let end = i;
    while (end < kept.length && isPlainNote(kept[end] as Piece)) end++;
    const run = kept.slice(i, Math.max(end, i + 1));
    i += run.length;
    const bodies = run.map((piece) => cutLines(piece.source).map((line) => readLineBody(piece.source.slice(line.start, line.end)).text));
    const expected = bodies.map((lines) => lines.length);
    const isClear =
      run.length < 2 ||
      separateNotes(bodies.flat())
        .map((group) => group.length)
        .join() === expected.join();
    run.forEach((piece, at) => apart.push(...(at > 0 && !isClear ? [blankPiece(file)] : []), piece));
  }
  return apart;
}

function isPlainNote(piece: Piece): boolean {
  return piece.kind === 'claim' && (piece.claim?.kind ?? 'paragraph') === 'paragraph' && !startsList(piece.source);
}

/** Two notes that stood apart, or a new text beside a neighbour, must not read as one paragraph. */
function wouldJoin(before: Piece, piece: Piece, closesGap: boolean): boolean {
  const isPlainHeading = piece.kind === 'heading' && !/^\s*#/.test(piece.source);
  if (piece.kind !== 'claim' && !isPlainHeading && !(piece.kind === 'text' && (before.editKey !== null || closesGap))) return false;
  if (before.kind !== 'claim' || startsList(piece.source)) return false;
  return closesGap || before.editKey !== null || piece.editKey !== null ? !isRow(before.source, piece.source) : false;
}

/** A rule below a note that stands alone now would make a heading of it. */
function wouldUnderline(kept: readonly Piece[], piece: Piece): boolean {
  const before = kept.at(-1);
  const above = kept.at(-2);
  if (piece.kind !== 'text' || before?.kind !== 'claim' || startsList(before.source) || !/^ {0,3}(?:=+|-{3,})[ \t]*$/.test(piece.source))
    return false;
  return above === undefined || above.kind !== 'claim';
}

function isRow(before: string, source: string): boolean {
  return before.trimStart().startsWith('|') && source.trimStart().startsWith('|');
}

function startsList(source: string): boolean {
  return /^[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]/.test(source);
}

function blankPiece(file: NoteFile): Piece {
  return {
    kind: 'blank',
    source: '',
    lineBreak: file.lineBreak,
    claim: null,
    level: 0,
    title: '',
    isRemoved: false,
    editKey: null,
    statement: '',
  };
}

function join(file: NoteFile, kept: readonly Piece[]): { content: string; placed: RenderedPiece[] } {
  const endsWithBreak = file.content === '' || /[\r\n]$/.test(file.content);
  const placed: RenderedPiece[] = [];
  let content = '';
  kept.forEach((piece, at) => {
    const start = content.length;
    content += piece.source;
    placed.push({ piece, start, end: content.length });
    const isLast = at === kept.length - 1;
    if (!isLast) content += piece.lineBreak === '' ? file.lineBreak : piece.lineBreak;
    else if (endsWithBreak) content += piece.lineBreak === '' ? file.lineBreak : piece.lineBreak;
  });
  return { content, placed };
}

/** A heading goes when all that stood under it went; one that never had anything under it stays. */
export function dropEmptyHeadings(file: NoteFile): void {
  for (let i = file.pieces.length - 1; i >= 0; i--) {
    const heading = file.pieces[i] as Piece;
    if (heading.kind !== 'heading' || heading.isRemoved) continue;
    const scope = scopeOf(file.pieces, i);
    const isLeadIn = heading.level === 7 && startsList(heading.source);
    const filled = (piece: Piece): boolean => piece.kind === 'claim' || (piece.kind === 'text' && !isLeadIn);
    const lost = scope.some((piece) => piece.isRemoved && (piece.kind === 'claim' || piece.kind === 'heading'));
    if (lost && !scope.some((piece) => !piece.isRemoved && (filled(piece) || piece.kind === 'heading'))) heading.isRemoved = true;
  }
}

/** What stands under a heading: to the next heading of its level or above; under an introducing item, what is indented more. */
export function scopeOf(pieces: readonly Piece[], at: number): Piece[] {
  const heading = pieces[at] as Piece;
  const isItem = heading.level === 7 && startsList(heading.source);
  const indent = indentOf(heading.source);
  const scope: Piece[] = [];
  for (const piece of pieces.slice(at + 1)) {
    if (
      isItem
        ? (piece.kind === 'claim' || piece.kind === 'heading') && indentOf(piece.source) <= indent
        : piece.kind === 'heading' && piece.level <= heading.level && !(piece.level === 7 && startsList(piece.source))
    )
      break;
    scope.push(piece);
  }
  return scope;
}

export function indentOf(source: string): number {
  let columns = 0;
  for (const char of source) {
    if (char === ' ') columns++;
    else if (char === '\t') columns += 4;
    else break;
  }
  return columns;
}

function dropEmptyTables(file: NoteFile): void {
  file.pieces.forEach((piece, at) => {
    if (piece.kind !== 'text' || !/^[|:\- \t]+$/.test(piece.source) || !piece.source.includes('|')) return;
    const rows: Piece[] = [];
    for (const next of file.pieces.slice(at + 1)) {
      if (next.claim?.kind !== 'row') break;
      rows.push(next);
    }
    if (rows.length === 0 || rows.some((row) => !row.isRemoved)) return;
    piece.isRemoved = true;
    const head = file.pieces[at - 1];
    if (head?.kind === 'text') head.isRemoved = true;
  });
}
