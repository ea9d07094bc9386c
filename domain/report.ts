import type { ChangeKind } from './change.ts';
import type { ReasonCode } from './proposal.ts';

/** How many changes of each kind; kinds that did not occur are absent. */
export type ChangeCounts = Partial<Record<ChangeKind, number>>;

/** What a draft did and what the guards said, for a person. Ids, counts and fixed sentences only. */
export interface DraftReport {
  counts: ChangeCounts;
  reasons: Partial<Record<ReasonCode, number>>;
  files: { created: number; changed: number; unchanged: number; deleted: number };
  claims: { before: number; after: number };
  /** Facts that entered no memory, by reason. */
  dropped: Partial<Record<ReasonCode, number>>;
  /** Claims that would have been retired but for the cap. */
  keptByCap: string[];
  /** One line a guard, filled in by checkDraft. */
  guards: { guard: string; title: string; ok: boolean; checked: number; refused: string[]; incurable: number; message: string }[];
}
