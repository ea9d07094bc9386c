/** What the erasure of a session took away, and what stayed and why. Ids, counts and paths only: a report must not bring the words back. */
export interface ErasureReport {
  events: number;
  facts: number;
  /** Recorded answers of engines. */
  answers: number;
  /** Proposals that rested on its facts. */
  proposals: number;
  /** Quotes taken out of lines and changes that stay. */
  quotes: number;
  /** Changes of drafts whose texts or reasons carried its words; their ids and kinds stay. */
  changes: number;
  /** Memory versions, old and new, and drafts that were rewritten without its lines. A rewritten draft's digest no longer proves its bytes. */
  versions: number;
  drafts: number;
  /** Those drafts, each with the digest of its contents as the erasure left them; absent from reports of before replays compared them. */
  rewrittenDrafts?: { draftId: string; digest: string }[];
  /** Archived histories of runs in which people had repeated its words; absent from reports of before there were any. */
  histories?: number;
  /** Lines that only this session supported, or whose words were its own. */
  gone: ErasedLine[];
  /** Lines that something else supports too. */
  stayed: (ErasedLine & { why: StayReason })[];
  /** Memories that state nothing any more. They stay, empty, so that what made them can still be undone; their names may say too much. */
  emptied: { storeId: string; path: string }[];
  /** Names of files, stores, other sessions and people in which words of it stand; they are left. By table and column. */
  names: { place: string; count: number }[];
  /** Stores whose memories were written anew, each with the operation that says so. */
  operations: { storeId: string; operationId: string }[];
  /** Open dreams that read the session, or lines that came from it, and have failed by it. */
  failedDreams: string[];
}

/**
 * `reworded`: in the words of another session, because the old ones were the erased session's. `recounted`: a pattern,
 * seen in fewer sessions now.
 */
export type StayReason = 'other_session' | 'memory' | 'reworded' | 'recounted';

export interface ErasedLine {
  storeId: string;
  path: string;
  /** In the memory as it stood before; null where the line stands in an earlier version only. */
  line: number | null;
}

/** What stands where words of an erased session stood. */
export function erasedMark(sessionId: string): string {
  return `[erased with ${sessionId}]`;
}
