// What the agent found to be the cause of a failure, and what it did about it. It counts when it recurs: then a tool has shown the
// failure and the next success the cure, more than once.
import { isInstructionLike } from '../../../domain/instruction-like.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { sentences } from '../words.ts';
import { makeFact, readableRange } from './facts.ts';
import { isPrivate } from './private-spans.ts';
import type { Trouble } from './tools.ts';

/** A diagnosis opens the message; the rest is work on it. */
const head = 900;
const mostSentences = 3;
const longest = 420;
/** Gives a reason, or says that it is the same as before. */
const causal =
  /\b(?:because|hence|therefore|due to|caused? by|causes?|reasons?|culprit|root cause|so that|which is why|that['’]s why|turns out|found it|same \p{L}+ as|same (?:thing|problem|issue|story|error|failure) |as before|as last time|once more)\b|, so (?!far\b)/iu;

/** One fact of the moment, the agent's own sentences; null when the message explains nothing. */
export function diagnosisIn(window: Window, event: TranscriptEvent, trouble: Trouble | null): CandidateFact | null {
  const block = event.blocks[0];
  if (block === undefined || readableRange(window, event, block) === null) return null;
  const opening = block.text.slice(0, head);
  if (trouble === null && !causal.test(opening)) return null;
  const spans = sentences(opening).filter(({ start, end }) => !/```/.test(opening.slice(start, end)));
  const first = trouble === null ? spans.findIndex(({ start, end }) => causal.test(opening.slice(start, end))) : 0;
  const chosen = spans.slice(Math.max(0, first), Math.max(0, first) + mostSentences);
  const [from] = chosen;
  const to = chosen.findLast(({ end }) => end - (from?.start ?? 0) <= longest);
  if (from === undefined || to === undefined) return null;
  const said = block.text.slice(from.start, to.end);
  if (said.length < 15 || isPrivate(said) || isInstructionLike(said)) return null;
  const place = { event, block, start: from.start, end: to.end };
  return makeFact(
    window,
    {
      statement: said.replace(/\s+/g, ' '),
      durability: 'momentary',
      signal: 'failure',
      slot: { subject: trouble?.cause ?? '', attribute: 'diagnosis', value: null },
    },
    trouble === null ? [place] : [place, trouble.place],
  );
}
