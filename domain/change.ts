import type { Evidence } from './evidence.ts';
import type { ReasonCode } from './proposal.ts';

export const changeKinds = ['add', 'merge', 'supersede', 'retire', 'move', 'rewrite', 'pattern', 'open_conflict'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A proposed edit of the store, as a reviewer sees it. */
export interface Change {
  id: string;
  kind: ChangeKind;
  /** The file that holds `after`; of a removal, the file that held `before`. */
  path: string;
  /** Lines of the input that it takes away or alters, one entry per claim. */
  removed: { claimId: string; path: string; text: string }[];
  /** What stood before, for people; null for something new. */
  before: string | null;
  /** The claim's text in the new store; null for a removal. */
  after: string | null;
  /** The claim of the new draft that holds `after`; null for a removal. */
  claimId: string | null;
  reasonCode: ReasonCode;
  reason: string;
  evidence: Evidence[];
}
