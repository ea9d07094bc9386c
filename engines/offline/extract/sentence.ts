// A sentence of a message with its surroundings: what every reading of it gets.
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import type { Frame } from '../frame.ts';
import type { Place } from './facts.ts';
import type { Talk } from './passing.ts';
import type { Cast } from './speakers.ts';
import type { Trouble } from './tools.ts';
import type { Narrator } from './wording.ts';

export interface MessageContext {
  window: Window;
  cast: Cast;
  /** The message before it, when another speaker said it. */
  before: TranscriptEvent | null;
  /** The session uses tools. */
  atWork: boolean;
  /** The failure that is still open in this session. */
  trouble: Trouble | null;
  /** Whether a sentence is small talk beside the session's work. */
  isSmallTalk: (sentence: string, frame: Frame, said: TranscriptEvent) => boolean;
  /** Whether a sentence stands word for word in tool output: then it is a quote, not the speaker's order. */
  isQuoted: (sentence: string) => boolean;
}

export interface Sentence {
  text: string;
  place: Place;
  narrator: Narrator;
  at: string | null;
  talk: Talk;
  /** A picture comes with the message. */
  withPicture: boolean;
}
