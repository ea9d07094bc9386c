// What is left of recorded bodies (changes, input lines) once a session's words are gone from them.
import type { Change } from '../change.ts';
import type { Claim } from '../claim.ts';
import type { Evidence } from '../evidence.ts';
import type { EditedText } from './edit-text.ts';
import type { LineVerdict } from './judge-lines.ts';

export interface BodyErasure {
  sessionId: string;
  /** What stands where words stood. */
  mark: string;
  /** Memory versions whose text is another now, by version id. */
  edited: ReadonlyMap<string, EditedText>;
  /** Whether a text holds words that are erased. */
  carries: (text: string) => boolean;
}

/** Quotes of the session go, quotes of memories move with their lines. `quotes` counts those that went. */
export function eraseEvidence(evidence: readonly Evidence[], { sessionId, edited }: BodyErasure): { evidence: Evidence[]; quotes: number } {
  const left = evidence.flatMap((item): Evidence[] => {
    if (item.kind === 'event') return item.sessionId === sessionId ? [] : [item];
    const text = edited.get(item.memoryVersionId);
    if (text === undefined) return [item];
    const range = text.place(item);
    return range === null ? [] : [{ ...item, ...range, quote: text.content.slice(range.start, range.end) }];
  });
  return { evidence: left, quotes: evidence.length - left.length };
}

/** The change keeps its id and kind. `fate` is what became of the line that it made, undefined when nothing did. */
export function eraseFromChange(
  change: Change,
  erasure: BodyErasure,
  fate: LineVerdict | undefined,
  isErasedInput: (claimId: string) => boolean,
): { change: Change; quotes: number } {
  const { mark, carries } = erasure;
  const { evidence, quotes } = eraseEvidence(change.evidence, erasure);
  const clean = (text: string): string => (carries(text) ? mark : text);
  const removed = change.removed.map((line) => ({ ...line, text: isErasedInput(line.claimId) ? mark : clean(line.text) }));
  const lostLine = removed.some((line) => line.text === mark);
  const before = change.before === null ? null : lostLine ? mark : clean(change.before);
  const after =
    change.after === null ? null : fate?.kind === 'gone' ? mark : fate?.kind === 'reworded' ? fate.statement : clean(change.after);
  // A reason names values of both sides in words of its own, so it goes with any quote, not only where it repeats one.
  const isConcerned = quotes > 0 || lostLine || before !== change.before || after !== change.after;
  const reason = isConcerned ? mark : clean(change.reason);
  if (!isConcerned && reason === change.reason && sameEvidence(evidence, change.evidence)) return { change, quotes };
  const claimId = fate?.kind === 'gone' ? null : change.claimId;
  return { change: { ...change, removed, before, after, reason, evidence, claimId }, quotes };
}

/** A line of an input as a dream read it; null when it is gone. `statement` is what it says now, when it was worded anew. */
export function eraseFromClaim(claim: Claim, erasure: BodyErasure, statement: string | null): Claim | null {
  const text = erasure.edited.get(claim.memoryVersionId);
  const range = text === undefined ? { start: claim.start, end: claim.end } : text.place(claim);
  if (range === null) return null;
  const { evidence } = eraseEvidence(claim.evidence, erasure);
  const clean = (words: string): string => (erasure.carries(words) ? erasure.mark : words);
  const next = { ...claim, ...range, text: statement ?? clean(claim.text), headings: claim.headings.map(clean), evidence };
  const isSame = text === undefined && next.text === claim.text && sameEvidence(evidence, claim.evidence);
  return isSame && next.headings.every((heading, at) => heading === claim.headings[at]) ? claim : next;
}

function sameEvidence(one: readonly Evidence[], other: readonly Evidence[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
