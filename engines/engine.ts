import type { Claim } from '../domain/claim.ts';
import type { CandidateFact } from '../domain/fact.ts';
import type { Group } from '../domain/group.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Usage } from '../domain/usage.ts';
import type { Window } from '../domain/window.ts';

export interface Answer<T> {
  value: T;
  usage: Usage;
}

/** What every call gets besides its question. */
export interface CallContext {
  /** Aborted when the dream is cancelled or the worker stops; the engine must stop soon and throw the signal's reason. */
  signal: AbortSignal;
}

export interface ExtractQuestion {
  windows: Window[];
  instructions: string | null;
}

/** Facts of one window. `id`s are not yet final: the step derives them from window and position. */
export interface WindowFacts {
  windowSha256: string;
  facts: CandidateFact[];
}

export interface ReconcileQuestion {
  groups: { group: Group; claims: Claim[]; facts: CandidateFact[] }[];
  instructions: string | null;
  /** The dream's sessions, oldest first, for "seen in n of m" and for what is newest. */
  sessions: { id: string; at: string | null }[];
}

export interface PatternsQuestion {
  /** All facts of the dream, in a fixed order. */
  facts: CandidateFact[];
  /** The store's claims as they will be: a pattern that already stands is not proposed again. */
  claims: Claim[];
  instructions: string | null;
  sessions: { id: string; at: string | null }[];
  /** What earlier dreams read on the way to this store: they count, but a pattern is only proposed with a session of this dream. */
  earlier?: { facts: CandidateFact[]; sessions: { id: string; at: string | null }[] };
  /** A pattern needs at least this many independent sessions. */
  minSessions: number;
}

/** What judges. One function a question; adding an engine means implementing these three and naming it in `workers/`. */
export interface Engine {
  /** In reports and in the key of kept answers. */
  readonly name: 'claude' | 'offline' | 'recorded';
  /** Raised whenever the same question may get another answer, so that kept answers of the old one are not used. */
  readonly version: string;
  /** A pack is at most this many UTF-16 units of transcript; 0 means one window a pack. */
  readonly packSize: number;
  /** A pack of groups holds at most this many claims and facts. */
  readonly itemsInPack: number;
  extractFacts(question: ExtractQuestion, call: CallContext): Promise<Answer<WindowFacts[]>>;
  reconcileGroups(question: ReconcileQuestion, call: CallContext): Promise<Answer<Proposal[]>>;
  minePatterns(question: PatternsQuestion, call: CallContext): Promise<Answer<Proposal[]>>;
}

/** An engine's failure; `retryable` decides whether Temporal tries again. Its message never holds transcript text. */
export class EngineError extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { retryable: boolean; retryAfterMs?: number; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EngineError';
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}
