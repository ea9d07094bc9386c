import type { EventEvidence, Origin } from './evidence.ts';

/** `standing`: a rule or lasting fact; `current`: true until replaced; `episode`: happened once; `momentary`: only for that task. */
export type Durability = 'standing' | 'current' | 'episode' | 'momentary';

/** What a fact shows beside what it says; recurrence of these over sessions makes a pattern. `progress` tells of a whole session. */
export type Signal = 'correction' | 'failure' | 'remedy' | 'command' | 'choice' | 'progress';

/** One statement extracted from a window, with evidence. */
export interface CandidateFact {
  id: string;
  windowOrdinal: number;
  sessionId: string;
  /** A self-contained sentence as a memory would hold it: absolute dates, no first person without a name, no secret. */
  statement: string;
  /** Whom or what it is about, normalised (lower case, stemmed words, stable order of words as said). '' when unknown. */
  subject: string;
  /** Which property of the subject, normalised; '' when the statement is no slot-and-value. */
  attribute: string;
  /** The value as said; null when the statement is no slot-and-value. */
  value: string | null;
  polarity: 'affirmed' | 'negated';
  /** `asserted`, or `revoked`: takes an earlier statement back without giving a new value. */
  force: 'asserted' | 'revoked';
  durability: Durability;
  origin: Origin;
  /** ISO time of the assertion; null when unknown. */
  at: string | null;
  /** Number of the event in its session: order inside a session where times are equal or missing. */
  eventNumber: number;
  signal?: Signal;
  evidence: EventEvidence[];
}
