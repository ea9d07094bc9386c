// Takes single changes back out of a layout: what they took or altered stands as it stood, everything else as it was laid out.
import type { Claim } from '../claim.ts';
import type { LeftOutWhy } from '../operation.ts';
import { changeId, moveKey } from './change-key.ts';
import type { NoteFile, Piece } from './note-file.ts';
import type { Edit } from './resolve-proposals.ts';

/** A unit that left its drawer. */
export interface UnitMove {
  /** Its pieces where they stood. */
  from: Piece[];
  /** The pieces made of them at their new place. */
  to: Piece[];
  /** What other changes had taken out from below it. */
  lost: Piece[];
}

/** What a line said before an edit put other words there. */
export interface ReplacedPiece {
  piece: Piece;
  source: string;
  statement: string;
}

export interface Layout {
  dreamId: string;
  files: ReadonlyMap<string, NoteFile>;
  /** The claims of the input where they stood. */
  places: ReadonlyMap<string, { file: NoteFile; piece: Piece }>;
  /** By key; those that are taken back leave it. */
  effective: Map<string, Edit>;
  /** By key. */
  replaced: ReadonlyMap<string, ReplacedPiece>;
  /** In the order in which they moved. */
  moves: readonly UnitMove[];
  /** Drawers whose introduction went with the last of their notes, by the key of the edit that took it. */
  introduced: ReadonlyMap<string, NoteFile>;
}

/** Pieces that stand again where they stood, and why. */
type Returned = Map<Piece, LeftOutWhy>;

/**
 * Takes the changes with these ids back, and with them what makes no sense without them: a unit of a drawer moves whole or
 * not at all, and the line that introduces a drawer stays as long as anything stands there. Says all that were taken back.
 */
export function takeBack(layout: Layout, leftOut: ReadonlyMap<string, LeftOutWhy>): Map<string, LeftOutWhy> {
  const out = new Map(leftOut);
  const whyOf = (key: string): LeftOutWhy | undefined => out.get(changeId(layout.dreamId, key));
  const returned: Returned = new Map();
  const undone = undoneMoves(layout, out);
  for (const move of layout.moves.toReversed()) {
    const why = undone.get(move);
    if (why === undefined) continue;
    for (const piece of move.to) piece.isRemoved = true;
    for (const piece of move.from) putBack(piece, why, returned);
  }
  for (const [key, edit] of layout.effective) {
    const why = whyOf(key);
    if (why !== undefined) undoEdit(layout, key, edit, why, returned);
  }
  for (const file of layout.files.values()) {
    for (const piece of file.pieces)
      if (piece.editKey !== null && whyOf(piece.editKey) !== undefined && !isOfInput(layout, piece)) piece.isRemoved = true;
  }
  for (const [key, file] of layout.introduced) {
    const edit = layout.effective.get(key);
    const standing = file.pieces.find((piece) => piece.kind === 'claim' && !piece.isRemoved);
    if (edit === undefined || standing === undefined) continue;
    const why = returned.get(standing) ?? 'unapproved';
    out.set(changeId(layout.dreamId, key), why);
    undoEdit(layout, key, edit, why, returned);
  }
  restoreHeadings(layout, undone);
  return out;
}

/** Whether every claim of the input stands in the file as it stood, and nothing beside them. */
export function standsAsItStood(file: NoteFile, places: Layout['places']): boolean {
  return file.pieces.every((piece) => {
    if (piece.kind !== 'claim') return true;
    return isOfInput({ places }, piece) ? !piece.isRemoved && piece.editKey === null : piece.isRemoved;
  });
}

/** A unit stays when one of its lines does: by a change of its own, below one that stays, or because a line below it is kept. */
function undoneMoves({ dreamId, moves, effective }: Layout, out: Map<string, LeftOutWhy>): Map<UnitMove, LeftOutWhy> {
  const whyOf = (key: string | null): LeftOutWhy | undefined => (key === null ? undefined : out.get(changeId(dreamId, key)));
  const kept = new Map<Claim | null, LeftOutWhy>();
  for (const [key, edit] of effective) {
    const why = whyOf(key);
    if (why !== undefined) for (const claim of edit.gone) kept.set(claim, why);
  }
  const stayed: Returned = new Map();
  const undone = new Map<UnitMove, LeftOutWhy>();
  for (let rests = false; !rests;) {
    rests = true;
    for (const move of moves) {
      if (undone.has(move)) continue;
      const causes = [
        ...move.to.map((piece) => whyOf(piece.editKey)),
        ...move.from.map((piece) => stayed.get(piece)),
        ...move.lost.map((piece) => kept.get(piece.claim)),
      ];
      const why = causes.find((cause) => cause !== undefined);
      if (why === undefined) continue;
      rests = false;
      undone.set(move, why);
      for (const piece of move.to) {
        stayed.set(piece, why);
        // A line with other words keeps them; it only stands where it stood.
        const isMoved = piece.claim !== null && piece.editKey === moveKey(piece.claim.id);
        if (isMoved && whyOf(piece.editKey) === undefined) out.set(changeId(dreamId, piece.editKey ?? ''), why);
      }
    }
  }
  return undone;
}

function undoEdit({ effective, places, replaced }: Layout, key: string, edit: Edit, why: LeftOutWhy, returned: Returned): void {
  effective.delete(key);
  const before = replaced.get(key);
  if (before !== undefined) Object.assign(before.piece, { source: before.source, statement: before.statement, editKey: null });
  for (const claim of edit.gone) {
    const piece = places.get(claim.id)?.piece;
    if (piece !== undefined) putBack(piece, why, returned);
  }
}

function putBack(piece: Piece, why: LeftOutWhy, returned: Returned): void {
  piece.isRemoved = false;
  returned.set(piece, why);
}

/** Those that went because nothing was left below them; rendering drops again what is still empty. */
function restoreHeadings({ files, moves }: Layout, undone: ReadonlyMap<UnitMove, LeftOutWhy>): void {
  const gone = new Set(moves.flatMap((move) => (undone.has(move) ? move.to : move.from)));
  for (const file of files.values())
    for (const piece of file.pieces) if (piece.kind === 'heading' && !gone.has(piece)) piece.isRemoved = false;
}

function isOfInput({ places }: Pick<Layout, 'places'>, piece: Piece): boolean {
  return piece.claim !== null && places.get(piece.claim.id)?.piece === piece;
}
