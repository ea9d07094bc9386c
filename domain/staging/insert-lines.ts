// Puts new lines at the end of a section in the form that its lines have: the same marker, numbering or paragraphs.
import { emptyPiece, isCode, markerOf, type NoteFile, type Piece } from './note-file.ts';
import type { Section } from './nearness.ts';
import { isBullet } from './open-sections.ts';
import { indentOf } from './render-note-file.ts';

/** A line to put in, with what belongs below it. */
export interface NewLine {
  /** A heading here is an item that introduces the ones below it. */
  kind: 'claim' | 'heading';
  level: number;
  title: string;
  statement: string;
  editKey: string | null;
  claim: Piece['claim'];
  /** Pieces that follow it as they stand: nested items, a code block. */
  below: Piece[];
  /** Source that goes in as it is (a code block); null for a statement. */
  source: string | null;
}

/** Answers the pieces made of each line. */
export function insertLines(section: Section, lines: readonly NewLine[]): Map<NewLine, Piece[]> {
  const { file } = section;
  file.isChanged = true;
  const { at, last } = endOfSection(section);
  const style = styleOf(section, last);
  const made: Piece[] = [];
  const madeOf = new Map<NewLine, Piece[]>();
  const blank = (): Piece => ({ ...emptyPiece, kind: 'blank', lineBreak: file.lineBreak });
  let number = style.number;
  let needsBlank =
    style.isParagraph ||
    last === null ||
    last.kind === 'heading' ||
    (last.claim !== null && last.claim.kind !== 'item' && last.editKey === null);
  for (const line of lines) {
    if ((needsBlank || line.source !== null) && file.pieces.length > 0) made.push(blank());
    needsBlank = style.isParagraph || line.source !== null;
    const needsMarker = !style.isParagraph || line.below.length > 0;
    const marker = number !== null ? `${number++}. ` : needsMarker ? style.marker : '';
    const root: Piece = {
      ...emptyPiece,
      kind: line.kind,
      level: line.level,
      title: line.title,
      source: line.source ?? `${marker}${line.statement}`,
      lineBreak: file.lineBreak,
      claim: line.claim,
      editKey: line.editKey,
      statement: line.statement,
    };
    const below = line.below.map((piece): Piece => ({ ...piece, isRemoved: false, lineBreak: file.lineBreak }));
    made.push(root);
    for (const piece of below) made.push(...(isCode(piece) ? [blank()] : []), piece);
    madeOf.set(line, [root, ...below]);
    if (line.below.some(isCode)) needsBlank = true;
  }
  const before = file.pieces[at - 1];
  if (before !== undefined && before.lineBreak === '') before.lineBreak = file.lineBreak;
  file.pieces.splice(at, 0, ...made);
  return madeOf;
}

/** Behind the last bullet of the section with what is nested below it; without bullets behind its last claim, else behind its heading. */
function endOfSection(section: Section): { at: number; last: Piece | null } {
  const { pieces } = section.file;
  const from = section.heading === null ? 0 : pieces.indexOf(section.heading) + 1;
  let end = { at: from, last: section.heading };
  let list: typeof end | null = null;
  let isInList = false;
  for (let i = from; i < pieces.length; i++) {
    const piece = pieces[i] as Piece;
    if (piece.kind === 'heading' && piece.level < 7) break;
    if (piece.kind === 'blank' || piece.kind === 'text') continue;
    end = { at: i + 1, last: piece.isRemoved ? end.last : piece };
    isInList = piece.isRemoved ? isInList : isBullet(piece) || (isInList && indentOf(piece.source) >= 2);
    if (isInList) list = end;
  }
  return list ?? end;
}

function styleOf(section: Section, last: Piece | null): { marker: string; number: number | null; isParagraph: boolean } {
  const { pieces } = section.file;
  const from = section.heading === null ? 0 : pieces.indexOf(section.heading) + 1;
  const claims: Piece[] = [];
  for (const piece of pieces.slice(from)) {
    if (piece.kind === 'heading' && piece.level < 7) break;
    if (piece.kind === 'claim' && !piece.isRemoved && indentOf(piece.source) === 0) claims.push(piece);
  }
  const own = last?.kind === 'claim' && indentOf(last.source) === 0 ? markerOf(last.source) : null;
  const number = own !== null && own.indent === '' ? /^(\d{1,4})\. $/.exec(own.marker)?.[1] : undefined;
  if (number !== undefined) return { marker: '- ', number: Number(number) + 1, isParagraph: false };
  const markers = claims
    .map((piece) => markerOf(piece.source))
    .filter(({ indent }) => !indent.includes('>'))
    .map(({ marker }) => marker);
  const bullets = markers.filter((marker) => marker === '- ' || marker === '* ' || marker === '+ ');
  const usual = bullets.at(-1) ?? usualBullet(section.file);
  const isParagraph =
    claims.length >= 2 &&
    bullets.length === 0 &&
    claims.every((piece) => (piece.claim?.kind ?? 'item') === 'paragraph' && piece.statement.length <= 220);
  return { marker: usual, number: null, isParagraph };
}

function usualBullet(file: NoteFile): string {
  for (const piece of file.pieces) {
    if (piece.kind !== 'claim') continue;
    const { marker } = markerOf(piece.source);
    if (marker === '- ' || marker === '* ' || marker === '+ ') return marker;
  }
  return '- ';
}
