export type DreamStatus = 'pending' | 'running' | 'completed' | 'failed' | 'canceled';

export type DreamOutcome = 'committed' | 'rejected' | 'expired' | 'skipped' | 'over_budget' | 'canceled' | 'failed' | 'terminated';

/** The wire's open list of reasons for a failure (wire.md §5.3) and ours. */
export interface DreamError {
  type:
    | 'timeout'
    | 'internal_error'
    | 'input_memory_store_too_large'
    | 'input_memory_store_unavailable'
    | 'input_session_unavailable'
    | 'model_error'
    | 'budget_exceeded'
    | 'verification_failed';
  message: string;
}

/** Where the result goes: into a store of its own, or into the input store. */
export type OutputBehavior = 'create_new' | 'update_existing';

/** Our parameters beside the wire's, as stored with every default filled in. */
export interface DreamOptions {
  /** Whether a person decides before the commit. */
  review: 'none' | 'required';
  /** Seconds that a draft waits for its decision. */
  reviewTimeout: number;
  /** What becomes of a draft that nobody decided in time. */
  onTimeout: 'reject' | 'commit';
  /** The alias whose store the dream starts from, and which the commit moves to the output store. */
  alias: string | null;
  /** Paths, and folders with a trailing slash, that the dream may read and never change. */
  protect: string[];
  /** Share of the input's claims that may be retired, 0..1. */
  retireCap: number;
  /** Share of windows that may fail before the dream does, 0..1. */
  tolerance: number;
  /** Independent sessions that a pattern needs. */
  minPatternSessions: number;
}

export const defaultDreamOptions: DreamOptions = {
  review: 'none',
  reviewTimeout: 7 * 24 * 3600,
  onTimeout: 'reject',
  alias: null,
  protect: [],
  retireCap: 0.2,
  tolerance: 0,
  minPatternSessions: 2,
};

/** The cap guards what nobody looks at: it is lifted only where no draft can be committed without a person's word. */
export function isRetireCapLifted(options: Pick<DreamOptions, 'review' | 'onTimeout'>): boolean {
  return options.review === 'required' && options.onTimeout === 'reject';
}

/** What was read, per session and in sum. */
export interface DreamCoverage {
  windows: number;
  read: number;
  noSignal: number;
  failed: number;
  characters: number;
  sessions: {
    id: string;
    events: number;
    windows: number;
    characters: number;
    facts: number;
    state: 'planned' | 'read' | 'no_signal' | 'failed' | 'empty';
  }[];
}

/** The steps of a dream, in order: the file in activities/, the event in the live session, the label on the page. */
export const dreamSteps = [
  'openDream',
  'takeSnapshot',
  'planWindows',
  'extractFacts',
  'groupClaims',
  'reconcileGroup',
  'minePatterns',
  'stageDraft',
  'checkDraft',
  'awaitReview',
  'commitDream',
  'closeDream',
] as const;
export type DreamStep = (typeof dreamSteps)[number];
