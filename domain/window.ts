import type { TranscriptEvent } from './transcript.ts';

/** A stretch of one transcript that fits one extraction, as an engine reads it. */
export interface Window {
  /** Position among all windows of the dream, from 0. */
  ordinal: number;
  sessionId: string;
  sessionTitle: string | null;
  /** ISO time of the session's start; null when unknown. */
  sessionAt: string | null;
  /** SHA-256 over everything that an extraction may depend on: the key under which its answer is kept. */
  sha256: string;
  /**
   * The events, whole. Of an oversized event only a part belongs to this window: then `parts[event id]` holds the range of
   * its block; statements that begin outside it belong to the neighbour window.
   */
  events: TranscriptEvent[];
  parts: Record<string, { block: number; start: number; end: number }>;
  /** Up to 4 events before the window, for answers such as "640." to a question asked there. No fact begins in them. */
  context: TranscriptEvent[];
}
