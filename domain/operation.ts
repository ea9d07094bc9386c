import type { ChangeKind } from './change.ts';
import type { ReasonCode } from './proposal.ts';

export const operationKinds = ['import', 'dream', 'edit', 'undo', 'erase'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** Of a dream, changes by kind; of every other operation, memories by what became of them. Kinds that did not occur are absent. */
export type OperationCounts = Partial<Record<ChangeKind | 'created' | 'modified' | 'deleted' | 'renamed', number>>;

/**
 * Why a change that an engine proposed is not in a draft. `along`: it cannot stand
 * without another one that was left out. `unapproved`: it came up only because others were left out, so nobody has seen it.
 */
export type LeftOutWhy = 'guard' | 'reviewer' | 'conflict' | 'along' | 'unapproved';

export interface LeftOut {
  changeId: string;
  why: LeftOutWhy;
  /** The draft that still lists the change. */
  draftId: string;
}

/** A path that both a dream and somebody else touched since the snapshot; null where there is no file. */
export interface PathConflict {
  path: string;
  base: string | null;
  ours: string | null;
  theirs: string | null;
}

/**
 * The commit message of an operation: ids, counts and paths, never words of a memory or transcript; those are read where they
 * stand, so that an erasure need not look here.
 */
export interface OperationReport {
  reasons?: Partial<Record<ReasonCode, number>>;
  files?: { created: number; changed: number; unchanged: number; deleted: number };
  claims?: { before: number; after: number };
  /** Facts that entered no memory, by reason. */
  dropped?: Partial<Record<ReasonCode, number>>;
  /** Changes that were proposed and left out. */
  leftOut?: LeftOut[];
  /** Claims of the input that were doubtful and stayed, because the cap on removals was reached. */
  keptByCap?: string[];
  /** Ids of the open conflicts among the changes. */
  open?: string[];
  /** Paths that others changed since the snapshot and that kept theirs. */
  theirs?: string[];
  /** Of an erasure: the session. */
  erased?: string;
}
