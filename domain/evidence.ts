/** Who asserted something. `memory` is the input store, `operator` the dream's instructions. */
export type Origin = 'user' | 'agent' | 'tool' | 'memory' | 'operator';

/** A place in a session event. Offsets are UTF-16 code units in the original text of the event's block. */
export interface EventEvidence {
  kind: 'event';
  sessionId: string;
  eventId: string;
  /** Index into `eventBlocks(event)`. */
  block: number;
  start: number;
  end: number;
  /** Exactly `block text.slice(start, end)`. Never holds a secret: choose a span beside it. */
  quote: string;
  origin: Origin;
  /** ISO time of the event; null when the transcript has none. */
  at: string | null;
}

/** A place in a memory of the input store. Offsets are UTF-16 code units in the memory's content. */
export interface MemoryEvidence {
  kind: 'memory';
  memoryVersionId: string;
  path: string;
  start: number;
  end: number;
  quote: string;
  origin: Origin;
  at: string | null;
}

export type Evidence = EventEvidence | MemoryEvidence;
