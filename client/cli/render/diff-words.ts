/** Two texts word by word: which words of the one went, which of the other came. */
import { diffArrays } from 'diff';

export interface Piece {
  text: string;
  changed: boolean;
}

/** A word keeps the signs inside it ("4.2.0", "don't", "docs/api.md"); scripts without blanks are told apart sign by sign. */
const token = new RegExp(
  String.raw`\s+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}_])+(?:[^\s\p{L}\p{N}](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}_])+)*|.`,
  'gsu',
);

/** Texts that differ in more are shown as wholly different: so many strikes help nobody, and to find them takes seconds. */
const mostEdits = 400;

export function diffWords(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const parts = diffArrays(before.match(token) ?? [], after.match(token) ?? [], { maxEditLength: mostEdits });
  if (parts === undefined) return { before: whole(before), after: whole(after) };
  const pick = (other: 'added' | 'removed'): Piece[] =>
    parts.filter((part) => !part[other]).map((part) => ({ text: part.value.join(''), changed: part.added || part.removed }));
  return { before: pick('added'), after: pick('removed') };
}

export function whole(text: string): Piece[] {
  return text === '' ? [] : [{ text, changed: true }];
}

/** Cut at line breaks. */
export function piecesByLine(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const { text, changed } of pieces) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, changed });
    });
  }
  return lines;
}
