/** What a person, or the time that ran out, decided about a draft. */
export const verdicts = ['approve', 'reject'] as const;
export type Verdict = (typeof verdicts)[number];

/** How it came: the update or a signal of the workflow, or nobody answered in time. */
export const decisionChannels = ['update', 'signal', 'timeout'] as const;
export type DecisionChannel = (typeof decisionChannels)[number];

/** Bound to the digest of the draft that was looked at. */
export interface DecisionRequest {
  digest: string;
  verdict: Verdict;
  /** Ids of changes to leave out; only with `approve`. */
  exclude?: string[];
  by: string;
  note?: string;
}

export interface Decision {
  draftId: string;
  digest: string;
  verdict: Verdict;
  excluded: string[];
  by: string;
  note: string | null;
  channel: DecisionChannel;
}

export const maxNoteCharacters = 500;
export const maxByCharacters = 200;
