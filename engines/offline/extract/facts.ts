// Makes a candidate fact out of a statement and the place it was said.
import type { EventEvidence, Origin } from '../../../domain/evidence.ts';
import type { CandidateFact, Durability, Signal } from '../../../domain/fact.ts';
import type { TextBlock, TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { frameOf } from '../frame.ts';
import { plainCharacters } from '../plain-characters.ts';
import { terms } from '../words.ts';

/** A stretch of a block of an event. */
export interface Place {
  event: TranscriptEvent;
  block: TextBlock;
  start: number;
  end: number;
}

export interface Saying {
  statement: string;
  durability: Durability;
  force?: 'asserted' | 'revoked';
  signal?: Signal;
  /** Who speaks of themselves: the subject where the frame finds none and the statement begins with them. */
  speaker?: string;
  /** Where the analysis knows the slot better than the statement's frame. */
  slot?: { subject: string; attribute: string; value: string | null };
}

export function makeFact(window: Window, saying: Saying, places: Place[]): CandidateFact {
  const [first] = places;
  if (first === undefined) throw new Error('A fact needs a place where it was said.');
  const statement = plainCharacters(saying.statement);
  const frame = frameOf(statement);
  const { subject, attribute, value } = saying.slot ?? frame;
  return {
    id: '',
    windowOrdinal: window.ordinal,
    sessionId: window.sessionId,
    statement,
    subject:
      subject === '' && saying.speaker !== undefined && statement.startsWith(saying.speaker) ? terms(saying.speaker).join(' ') : subject,
    attribute,
    value: value === null ? null : plainCharacters(value),
    polarity: frame.polarity,
    force: saying.force ?? 'asserted',
    durability: saying.durability,
    origin: originOf(first.event),
    at: first.event.at,
    eventNumber: first.event.number,
    ...(saying.signal === undefined ? {} : { signal: saying.signal }),
    evidence: places.map((place) => evidenceAt(window, place)),
  };
}

function originOf(event: TranscriptEvent): Origin {
  return event.speaker === 'user' || event.speaker === 'tool' ? event.speaker : 'agent';
}

function evidenceAt(window: Window, { event, block, start, end }: Place): EventEvidence {
  return {
    kind: 'event',
    sessionId: window.sessionId,
    eventId: event.id,
    block: block.block,
    start,
    end,
    quote: block.text.slice(start, end),
    origin: originOf(event),
    at: event.at,
  };
}

/** The part of a block that this window may read; null when the block belongs to a neighbour. */
export function readableRange(window: Window, event: TranscriptEvent, block: TextBlock): { start: number; end: number } | null {
  const part = window.parts[event.id];
  if (part === undefined) return { start: 0, end: block.text.length };
  return part.block === block.block ? { start: part.start, end: part.end } : null;
}
