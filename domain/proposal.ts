import type { EventEvidence } from './evidence.ts';

/** Why something is proposed; the word that reports count by. */
export type ReasonCode =
  | 'new_fact'
  | 'duplicate'
  | 'newer_value'
  | 'correction'
  | 'revoked'
  | 'stale'
  | 'momentary'
  | 'episode'
  | 'secret'
  | 'relative_date'
  | 'instructions'
  | 'unsettled'
  | 'recurrence'
  | 'layout'
  | 'noise'
  | 'unsupported'
  | 'refused';

interface ProposalBase {
  reasonCode: ReasonCode;
  /** A sentence with values and dates that a reviewer reads. */
  reason: string;
  /** The input's claims that it concerns; the first one is the one whose place the result takes. */
  claimIds: string[];
  /** The facts that support it, best first. */
  factIds: string[];
}

/** The statement as it will stand in the memory, and what a layout needs to find its place. */
export interface Placement {
  statement: string;
  /** A heading a reader would look under, as a person writes it ("Build and test", "Caroline"); one of few per store. */
  topic: string;
  /** Higher stands earlier among new lines of the same topic. */
  weight: number;
}

/** What an engine proposes for a group; `stageDraft` turns it into changes of files. Claims not named by any proposal stay as they are. */
export type Proposal =
  | (ProposalBase & Placement & { kind: 'add' })
  /** Claims (and facts) that say the same: the first claim stays with `statement` as its text, the others go. */
  | (ProposalBase & Placement & { kind: 'merge' })
  /** The claims' value is replaced by `statement`. */
  | (ProposalBase & Placement & { kind: 'supersede'; oldValue: string | null; newValue: string | null })
  /** The claims go, with nothing in their place. */
  | (ProposalBase & { kind: 'retire' })
  /** Same claim, other words: absolute dates, masked secret. */
  | (ProposalBase & { kind: 'rewrite'; statement: string })
  /** Undecidable: the claims stay, `statement` names both sides and what would settle it. */
  | (ProposalBase & Placement & { kind: 'open_conflict' })
  /** A claim is the same pattern as an earlier dream counted it; the new count takes its place. */
  | (ProposalBase & Placement & { kind: 'pattern'; seenIn: number; outOf: number; evidence: EventEvidence[] })
  /** Facts that enter no memory; kept for the report ("what was left out and why"). */
  | (ProposalBase & { kind: 'drop' });
