// A file of the store as pieces that can be taken out, replaced and put in, while every other byte stays as it is.
import type { Claim } from '../claim.ts';
import { cutLines } from '../markdown/lines.ts';
import { readBlocks } from '../markdown/read-blocks.ts';

/** A run of whole lines. `text` pieces are what is neither claim nor heading: comments, rules, table heads, front matter. */
export interface Piece {
  kind: 'claim' | 'heading' | 'blank' | 'text';
  source: string;
  /** The line break behind it; '' only at the end of a file without one. */
  lineBreak: string;
  claim: Claim | null;
  /** Of a heading. */
  level: number;
  title: string;
  isRemoved: boolean;
  /** Key of the edit that made or altered it. */
  editKey: string | null;
  /** What the line says, for the draft's list of claims. */
  statement: string;
}

export interface NoteFile {
  path: string;
  memoryId: string | null;
  content: string;
  pieces: Piece[];
  lineBreak: string;
  isChanged: boolean;
}

export function readNoteFile(memory: { path: string; memoryId: string; content: string }, claims: readonly Claim[]): NoteFile {
  const { content } = memory;
  const headings = readBlocks(content).blocks.filter((block) => block.kind === 'heading');
  const ranges = [
    ...claims.map((claim) => ({ start: claim.start, end: claim.end, claim, heading: null })),
    ...headings.map((heading) => ({ start: heading.start, end: heading.end, claim: null, heading })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: Piece[] = [];
  const lines = cutLines(content);
  let next = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as (typeof lines)[number];
    const range = ranges[next];
    if (range === undefined || line.end < range.start || line.start > range.start) {
      const source = content.slice(line.start, line.end);
      pieces.push({ ...emptyPiece, kind: source.trim() === '' ? 'blank' : 'text', source, lineBreak: content.slice(line.end, line.next) });
      continue;
    }
    next++;
    let last = i;
    while (last + 1 < lines.length && (lines[last] as (typeof lines)[number]).end < range.end) last++;
    const end = lines[last] as (typeof lines)[number];
    pieces.push({
      ...emptyPiece,
      kind: range.claim === null ? 'heading' : 'claim',
      source: content.slice(line.start, end.end),
      lineBreak: content.slice(end.end, end.next),
      claim: range.claim,
      level: range.heading?.level ?? 0,
      title: range.heading?.text ?? '',
      statement: range.claim?.text ?? '',
    });
    i = last;
  }
  return { path: memory.path, memoryId: memory.memoryId, content, pieces, lineBreak: usualLineBreak(content), isChanged: false };
}

export const emptyPiece: Piece = {
  kind: 'text',
  source: '',
  lineBreak: '\n',
  claim: null,
  level: 0,
  title: '',
  isRemoved: false,
  editKey: null,
  statement: '',
};

export function newNoteFile(path: string, title: string): NoteFile {
  return {
    path,
    memoryId: null,
    content: '',
    pieces: [{ ...emptyPiece, kind: 'heading', source: `# ${title}`, level: 1, title }],
    lineBreak: '\n',
    isChanged: true,
  };
}

function usualLineBreak(content: string): string {
  const first = /\r\n|\n|\r/.exec(content)?.[0];
  return first ?? '\n';
}

/** A code block that still is one: a statement that took its place is a list item. */
export function isCode(piece: Piece): boolean {
  return piece.claim?.kind === 'code' && !piece.source.startsWith('- ');
}

/** Indent, list marker and quote marks of a piece's first line: what stays when the statement behind it is replaced. */
export function markerOf(source: string): { indent: string; marker: string } {
  const match = /^([ \t]*(?:>[ \t]?)*[ \t]*)([-*+•]|\d{1,9}[.)])?([ \t]+|$)?/.exec(source);
  const mark = match?.[2];
  return { indent: match?.[1] ?? '', marker: mark === undefined || (match?.[3] ?? '') === '' ? '' : `${mark} ` };
}

/** Puts a statement in a piece's place; the marker stays, checkboxes and old line breaks go. */
export function replacePiece(file: NoteFile, piece: Piece, statement: string, editKey: string): void {
  const { indent, marker } = markerOf(piece.source);
  const kind = piece.claim?.kind ?? 'item';
  if (kind === 'code') piece.source = sameFence(piece.source, statement) ?? `- ${oneLine(statement)}`;
  else if (kind === 'row') piece.source = `${indent}| ${oneLine(statement)} |`;
  else piece.source = `${indent}${marker}${oneLine(statement)}`;
  piece.statement = kind === 'code' && piece.source.includes('\n') ? statement : oneLine(statement);
  piece.editKey = editKey;
  file.isChanged = true;
}

function sameFence(source: string, code: string): string | null {
  const lines = source.split(/\r\n|\r|\n/);
  const first = lines[0] ?? '';
  const last = lines.at(-1) ?? '';
  const fence = /^[ \t]*(?:```+|~~~+)/.exec(first)?.[0];
  if (fence === undefined || !code.includes('\n') || lines.length < 3 || !last.startsWith(fence)) return null;
  return [first, ...code.split('\n'), last].join('\n');
}

export function oneLine(statement: string): string {
  return statement.replace(/\s+/g, ' ').trim();
}

export function removePiece(file: NoteFile, piece: Piece): void {
  piece.isRemoved = true;
  file.isChanged = true;
}

/** Whether anything but headings, blanks, rules and front matter is left. */
export function holdsAnything(file: NoteFile): boolean {
  return file.pieces.some(
    (piece) =>
      !piece.isRemoved &&
      (piece.kind === 'claim' || (piece.kind === 'text' && /^\s*<!--|^\s*[\w"']/.test(piece.source) && !isFrontMatter(file, piece))),
  );
}

/** Fields between two `---` at its start: other programs read them. */
export function hasFrontMatter(file: NoteFile): boolean {
  return /^\uFEFF?---[ \t]*[\r\n]/.test(file.content) && file.pieces[0]?.kind === 'text' && file.pieces[1]?.kind === 'text';
}

function isFrontMatter(file: NoteFile, piece: Piece): boolean {
  const { frontMatter } = readBlocks(file.content);
  return frontMatter !== null && file.content.slice(frontMatter.start, frontMatter.end).includes(piece.source);
}

/** The fence of a code block that nothing closes: whatever is put behind it would be code. */
export function openFence(source: string): string | null {
  let open: string | null = null;
  for (const line of source.split(/\r\n|\r|\n/)) {
    const fence = /^(?:[ \t>]|[-*+•] |\d{1,9}[.)] )*(```+|~~~+)(.*)$/.exec(line);
    if (fence === null) continue;
    if (open === null) open = fence[1] ?? null;
    else if ((fence[1] ?? '').startsWith(open) && (fence[2] ?? '').trim() === '') open = null;
  }
  return open;
}
