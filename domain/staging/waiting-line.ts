// A statement or a moving unit that waits for its place, and what its place depends on: topic, kind, size, order.
import type { Claim } from '../claim.ts';
import { namesNoTopic } from '../layout.ts';
import { utf8Length } from '../utf8.ts';
import type { MovingUnit } from './empty-drawer.ts';
import type { NoteFile, Piece } from './note-file.ts';
import type { Edit } from './resolve-proposals.ts';
import { termsOf } from './terms.ts';

/** A statement that needs a place, or a unit of a drawer that leaves it. */
export interface Waiting {
  edit: Edit | null;
  unit: MovingUnit | null;
  statement: string;
  topic: string | null;
  weight: number;
}

/** A merged fact is no task. */
export function hasCheckbox(piece: Piece): boolean {
  return /^\s*(?:[-*+•]|\d{1,9}[.)])\s+\[[ xX]\]\s/.test(piece.source);
}

/** What a topic is asked of where a line is new. */
export const newClaim: Claim = {
  id: '',
  memoryId: '',
  memoryVersionId: '',
  path: '',
  headings: [],
  kind: 'item',
  text: '',
  start: 0,
  end: 0,
  at: null,
  origin: 'memory',
  evidence: [],
  protected: false,
};

/** A topic that says nothing ("Notes", "On") is none. */
export function realTopic(topic: string | null): string | null {
  return topic === null || namesNoTopic(topic) || termsOf(topic).length === 0 ? null : topic;
}

export function holdsClaims(file: NoteFile): boolean {
  return file.pieces.some((piece) => piece.kind === 'claim' && !piece.isRemoved);
}

export function kindOfPlace(line: Waiting): 'statement' | 'pattern' | 'open_conflict' {
  const kind = line.edit?.proposal.kind;
  return kind === 'pattern' || kind === 'open_conflict' ? kind : 'statement';
}

/** Claims that it brings to its place. */
export function lineCount(line: Waiting): number {
  return line.unit === null ? 1 : [line.unit.root, ...line.unit.below].filter((piece) => piece.kind === 'claim').length;
}

export function bytesOf(line: Waiting): number {
  const pieces = line.unit === null ? [] : [line.unit.root, ...line.unit.below];
  return pieces.reduce((sum, piece) => sum + utf8Length(piece.source) + 4, line.unit === null ? utf8Length(line.statement) + 4 : 0);
}

/** Patterns come after the statements whose topic files they may join. */
export function byWeight(a: Waiting, b: Waiting): number {
  const rank = (line: Waiting): number => (kindOfPlace(line) === 'statement' ? 0 : 1);
  return rank(a) - rank(b) || b.weight - a.weight || (a.statement < b.statement ? -1 : a.statement > b.statement ? 1 : 0);
}
