// Reads one sentence of a talk between two people.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { resolveDates } from '../dates.ts';
import { frameOf } from '../frame.ts';
import { telling } from '../telling.ts';
import { questionIn } from './answers.ts';
import { condensed } from './condensed.ts';
import { makeFact } from './facts.ts';
import type { Place } from './facts.ts';
import { isPast } from './judge.ts';
import { isBareAnswer, isExpletive, isOfListener, judgePerson, leansBack, withoutAddress, withSubject } from './people.ts';
import { asShown } from './photos.ts';
import { isPrivate } from './private-spans.ts';
import { withRecency } from './recent.ts';
import { toStatement, withoutFiller, withoutLead } from './wording.ts';
import type { Sentence, MessageContext } from './sentence.ts';
import { stated } from './stated.ts';
import { answerTo, lastText } from './replies.ts';

/** A sentence that leans on the one before it adds something with this many telling words; with fewer it only praises. */
const fewestAdded = 2;

/** Longer than this, a statement with its follow-up is prose. */
const longestJoined = 320;

export function readPerson(
  context: MessageContext,
  sentence: Sentence,
  opening: boolean,
  last: CandidateFact | null,
  name: string | null,
): CandidateFact | null {
  const { window, before, cast } = context;
  const own = withoutAddress(
    withoutLead(withoutAddress(withoutFiller(withoutAddress(sentence.text, cast.names, name)), cast.names, name)),
    cast.names,
    name,
  );
  const plain = withSubject(condensed(sentence.withPicture ? asShown(own) : own));
  if (plain === '') return null;
  if (opening && before !== null && isBareAnswer(plain)) {
    const answered = answerTo(window, { ...sentence, text: plain }, before);
    if (answered !== null) return answered;
  }
  const verdict = judgePerson(plain, frameOf(plain));
  if (leansBack(plain)) {
    if (plain.split(/\s+/).length < 4) return null;
    if (last !== null) return telling(plain).length < fewestAdded || isOfListener(plain) ? last : follow(window, sentence, plain, last);
    const replied = opening && before !== null ? inReply(window, sentence, plain, before) : null;
    if (replied !== null || !isExpletive(plain)) return replied;
  }
  if (verdict === null) return null;
  // Resolved first, so that a date in the sentence is seen.
  const dated = resolveDates(plain, sentence.at);
  return dated.unresolved ? null : stated(window, sentence, withRecency(dated.text, sentence.at), verdict);
}

/** "It was Ann" says something beside the question that it answers. */
function inReply(window: Window, { place, narrator, at }: Sentence, plain: string, asking: TranscriptEvent): CandidateFact | null {
  const block = lastText(asking);
  const question = block === undefined ? null : questionIn(block.text);
  const dated = resolveDates(plain, at);
  const frame = frameOf(plain);
  if (
    block === undefined ||
    question === null ||
    !/\b(?:what|which|who|whose|where|when|how|why)\b/i.test(question) ||
    dated.unresolved ||
    frame.question ||
    frame.hypothetical ||
    telling(plain).length < fewestAdded ||
    isPrivate(question)
  )
    return null;
  const asked = block.text.lastIndexOf(question);
  const statement = `Asked "${question}?", ${narrator.name} said: ${toStatement(dated.text, narrator)}`;
  const quoted: Place[] =
    asked < 0 ? [] : [{ event: asking, block, start: asked, end: Math.min(asked + question.length + 1, block.text.length) }];
  return makeFact(window, { statement, durability: isPast(plain) ? 'episode' : 'current' }, [place, ...quoted]);
}

/** "It was in Rome" joins the statement before it, which says what "it" is. */
export function follow(window: Window, { place, narrator, at }: Sentence, plain: string, last: CandidateFact): CandidateFact | null {
  const frame = frameOf(plain);
  const dated = resolveDates(plain, at);
  if (frame.question || frame.hypothetical || dated.unresolved) return null;
  const joined = `${last.statement} ${toStatement(dated.text, narrator)}`;
  if (joined.length > longestJoined) return null;
  const quote = place.block.text.slice(place.start, place.end);
  last.statement = joined;
  last.evidence.push({
    kind: 'event',
    sessionId: window.sessionId,
    eventId: place.event.id,
    block: place.block.block,
    start: place.start,
    end: place.end,
    quote,
    origin: last.origin,
    at: place.event.at,
  });
  return last;
}
