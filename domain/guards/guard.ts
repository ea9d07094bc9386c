// What a guard is: a rule over the whole draft, checked by code outside any engine, with a line of its own in the report.
import type { Change } from '../change.ts';
import type { Claim } from '../claim.ts';
import type { Draft, DraftClaim } from '../draft.ts';
import type { Evidence } from '../evidence.ts';

/** A file of the input store, as the snapshot pinned it. */
export interface InputMemory {
  memoryId: string;
  path: string;
  content: string;
  sha256: string;
}

export interface GuardInput {
  input: { memories: readonly InputMemory[]; claims: readonly Claim[] };
  draft: Draft;
  /** Paths (`/a.md`) and folders (`/a/`) that nobody may touch. */
  protect: readonly string[];
  /** The share of the input's claims that may be retired, from 0 to 1. */
  retireCap: number;
  /** Whether a person decides before the commit. */
  reviewRequired: boolean;
  /** Ids of the input's claims whose masking or removal was left out after the guards had passed: by a reviewer, or for what others wrote. */
  refusedRewrites: ReadonlySet<string>;
  /** The original text that a piece of evidence points into: of the event's block or of the memory; null when there is none. */
  resolve: (evidence: Evidence) => string | null;
  /** Whether a transcript of the dream or a memory of the input holds this string. */
  searchSources: (needle: string) => boolean;
}

export interface GuardFinding {
  /** The change that must be left out to cure it; null when no single change can. */
  changeId: string | null;
  path: string;
  /** A sentence with paths and counts; never text of a transcript or a memory. */
  message: string;
}

export interface GuardCheck {
  /** How many things were looked at: changes, files, claims or lines, as the rule has it. */
  checked: number;
  findings: GuardFinding[];
  /** What a reader of the report should know although it is no violation. */
  note?: string;
}

export interface Guard {
  /** Its file's name. */
  name: string;
  /** Its label on the report: the rule as a short sentence. */
  title: string;
  check(input: GuardInput): GuardCheck;
}

/** "3 files", "1 file". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Whether a change edits this path: its result stands there, or what it takes away stood there. */
export function touches(change: Change, path: string): boolean {
  return change.path === path || change.removed.some((removed) => removed.path === path);
}

/** The draft's claims by a key of theirs; a store may have 10,000 files, so that searching all claims for each would take minutes. */
export function claimsBy(draft: Draft, keyOf: (claim: DraftClaim) => string | null): ReadonlyMap<string | null, readonly DraftClaim[]> {
  const groups = new Map<string | null, DraftClaim[]>();
  for (const claim of draft.claims) {
    const group = groups.get(keyOf(claim));
    if (group === undefined) groups.set(keyOf(claim), [claim]);
    else group.push(claim);
  }
  return groups;
}
