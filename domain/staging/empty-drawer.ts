// Takes a junk drawer apart into units that move as one: a note with what is nested below it.
import { emptyPiece, isCode, openFence, removePiece, type NoteFile, type Piece } from './note-file.ts';
import type { NewLine } from './insert-lines.ts';
import { indentOf } from './render-note-file.ts';
import { moveKey } from './change-key.ts';
import { cleanStatement } from './statement.ts';

export interface MovingUnit {
  file: NoteFile;
  root: Piece;
  below: Piece[];
  /** What other changes took out from below it. */
  lost: Piece[];
  topic: string | null;
  statement: string;
}

/** What can move. A unit in which one move was refused stays whole; so does what the file says of itself above its list. */
export function collectUnits(
  file: NoteFile,
  topicOf: (piece: Piece) => string | null,
  isRefused: (claimId: string) => boolean,
): MovingUnit[] {
  const units: MovingUnit[] = [];
  const introduction = introductionOf(file);
  for (let i = 0; i < file.pieces.length; i++) {
    const root = file.pieces[i] as Piece;
    const isLeadIn = root.kind === 'heading' && root.level === 7 && !root.source.trimStart().startsWith('**');
    if (root.isRemoved || (root.kind !== 'claim' && !isLeadIn)) continue;
    const below: Piece[] = [];
    const lost: Piece[] = [];
    let last = i;
    for (let j = i + 1; j < file.pieces.length; j++) {
      const piece = file.pieces[j] as Piece;
      if (piece.kind === 'blank') continue;
      if (!belongsBelow(root, file.pieces[j - 1] as Piece, piece)) break;
      last = j;
      (piece.isRemoved ? lost : below).push(piece);
    }
    const live = [root, ...below].filter((piece) => piece.kind === 'claim');
    i = last;
    if (live.length === 0 || live.some((piece) => piece.claim !== null && isRefused(piece.claim.id))) continue;
    const topic = live.map(topicOf).find((found) => found !== null) ?? null;
    if (root !== introduction)
      units.push({
        file,
        root,
        below,
        lost,
        topic,
        statement: live
          .map((piece) => piece.statement)
          .join(' ')
          .slice(0, 2_000),
      });
  }
  return units;
}

/** "Running notes, newest last": the one paragraph between the title and a list. */
export function introductionOf(file: NoteFile): Piece | undefined {
  const [title, first, second] = file.pieces.filter((piece) => piece.kind === 'heading' || piece.kind === 'claim');
  const isIntroduction =
    title?.kind === 'heading' && first?.claim?.kind === 'paragraph' && first.editKey === null && second?.claim?.kind === 'item';
  return isIntroduction ? first : undefined;
}

function belongsBelow(root: Piece, previous: Piece, piece: Piece): boolean {
  if (piece.kind === 'heading' && piece.level < 7) return false;
  if (indentOf(piece.source) >= indentOf(root.source) + 2) return piece.claim !== null || piece.level === 7;
  // "To restart:" and the code or list right below it.
  const isIntroduction = root.claim?.kind === 'paragraph' && root.statement.endsWith(':');
  return isIntroduction && (piece.claim?.kind === 'code' || piece.claim?.kind === 'item') && previous.kind !== 'blank';
}

/** Out of the drawer, into a line for its new place; marker and checkbox are those of the new place, the words stay. */
export function takeUnit(unit: MovingUnit): NewLine {
  const { file, root, below } = unit;
  const indent = indentOf(root.source);
  const isBlock = isCode(root);
  const line: NewLine = {
    kind: root.kind === 'heading' ? 'heading' : 'claim',
    level: root.level,
    title: root.title,
    statement: root.kind === 'heading' ? `${root.title}:` : isBlock ? root.statement : cleanStatement(root.statement),
    source: isBlock ? closeFence(root.source, file.lineBreak) : null,
    claim: root.claim,
    editKey: movedKey(root),
    below: below.map((piece) => ({
      ...emptyPiece,
      ...piece,
      source: nestedSource(piece, indent, file.lineBreak),
      statement: piece.claim?.kind === 'paragraph' ? cleanStatement(piece.statement) : piece.statement,
      editKey: movedKey(piece),
    })),
  };
  for (const piece of [root, ...below]) removePiece(file, piece);
  return line;
}

/** Below the new line: items keep their depth, a paragraph becomes an item, lest it reads as part of the line above. */
function nestedSource(piece: Piece, rootIndent: number, lineBreak: string): string {
  if (piece.claim?.kind === 'paragraph') return `  - ${cleanStatement(piece.statement)}`;
  // A block at the margin stays a statement of its own; indented, it would become part of the item.
  if (isCode(piece)) return dedent(closeFence(piece.source, lineBreak), indentOf(piece.source));
  const source = openFence(piece.source) === null ? piece.source : closeFence(piece.source, lineBreak);
  return dedent(source, rootIndent, indentOf(source) === rootIndent ? 2 : 0);
}

/** Lines that follow in the new place must not become code, and indented code must not become part of a list. */
function closeFence(source: string, lineBreak: string): string {
  if (!/```|~~~/.test(source)) return `\`\`\`${lineBreak}${dedent(source, indentOf(source))}${lineBreak}\`\`\``;
  const fence = openFence(source);
  return fence === null ? source : `${source}${lineBreak}${fence}`;
}

function movedKey(piece: Piece): string | null {
  return piece.editKey ?? (piece.claim === null ? null : moveKey(piece.claim.id));
}

/** Takes `columns` off each line as far as they are blank, and puts `more` in front. */
export function dedent(source: string, columns: number, more = 0): string {
  return source
    .split(/(\r\n|\r|\n)/)
    .map((line, at) => {
      if (at % 2 === 1 || line === '') return line;
      let cut = 0;
      while (cut < columns && line[cut] === ' ') cut++;
      if (columns > 0 && cut === 0 && line[0] === '\t') cut = 1;
      return `${' '.repeat(more)}${line.slice(cut)}`;
    })
    .join('');
}

/** What was nested below a removed item would read as part of the item before it: it moves out by one level. */
export function adoptOrphans(file: NoteFile): void {
  file.pieces.forEach((parent, at) => {
    if (!parent.isRemoved || parent.claim?.kind !== 'item') return;
    const indent = indentOf(parent.source);
    const below: Piece[] = [];
    for (const piece of file.pieces.slice(at + 1)) {
      if (piece.kind === 'blank') continue;
      if (indentOf(piece.source) <= indent) break;
      below.push(piece);
    }
    const shallowest = Math.min(...below.filter((piece) => !piece.isRemoved).map((piece) => indentOf(piece.source)));
    if (!Number.isFinite(shallowest)) return;
    for (const piece of below) piece.source = dedent(piece.source, shallowest - indent);
  });
}
