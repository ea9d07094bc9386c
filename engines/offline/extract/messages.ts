// Reads what a person says in one message, with the message before it as context.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import { writtenOut } from './chat-spelling.ts';
import { readableRange } from './facts.ts';
import type { Talk } from './passing.ts';
import { isPleasantry, speaksOfSelf } from './people.ts';
import { photoIn, withPhoto } from './photos.ts';
import { privateSpans } from './private-spans.ts';
import { isDocument, ownSentences } from './prose.ts';
import { otherOf, voiceOf } from './speakers.ts';
import { newThread } from './telling.ts';
import { asksToRemember, narratorOf } from './wording.ts';
import type { Sentence, MessageContext } from './sentence.ts';
import { choice, confirmed } from './replies.ts';
import { readTold } from './read-told.ts';
import { readPerson } from './read-person.ts';

/** Of a document (a long or structured message) only what it says of its writer counts. */
export function readMessage(context: MessageContext, event: TranscriptEvent): CandidateFact[] {
  const facts: CandidateFact[] = [];
  let opening = true;
  for (const block of event.blocks) {
    const range = readableRange(context.window, event, block);
    if (range === null) continue;
    const voice = voiceOf(context.cast, block.text);
    const document = !context.cast.betweenPeople && isDocument(block.text);
    const hidden = privateSpans(block.text);
    let hiddenAt = 0;
    let last: CandidateFact | null = null;
    const before = facts.length;
    const photo = context.cast.betweenPeople ? photoIn(block.text) : null;
    const thread =
      context.atWork || context.cast.betweenPeople || document
        ? null
        : newThread(context.window, opening ? context.before : null, narratorOf(null), event.at ?? context.window.sessionAt);
    const spans = ownSentences(block.text, Math.max(voice.start, range.start), block.text.length);
    // "3" is too short for a sentence.
    if (opening && spans.length === 0 && block.text.length <= 8) {
      const [start, end] = [block.text.length - block.text.trimStart().length, block.text.trimEnd().length];
      const place = { event, block, start, end };
      const talk = { message: block.text, previous: '', next: '' };
      facts.push(
        ...choice(context, {
          text: block.text.slice(start, end),
          place,
          narrator: narratorOf(null),
          at: event.at,
          talk,
          withPicture: false,
        }),
      );
    }
    const sentenceAt = (index: number): string => block.text.slice(spans[index]?.start ?? 0, spans[index]?.end ?? 0);
    for (const [index, span] of spans.entries()) {
      if (span.start >= range.end) break;
      const text = context.cast.betweenPeople ? sentenceAt(index) : writtenOut(sentenceAt(index));
      const talk: Talk = { message: block.text, previous: sentenceAt(index - 1), next: sentenceAt(index + 1) };
      const sentence: Sentence = {
        text,
        place: { event, block, ...span },
        narrator: narratorOf(voice.name, otherOf(context.cast, voice.name)),
        at: event.at ?? context.window.sessionAt,
        talk,
        withPicture: photo !== null,
      };
      while ((hidden[hiddenAt]?.end ?? Infinity) <= span.start) hiddenAt++;
      if ((hidden[hiddenAt]?.start ?? Infinity) >= span.end) {
        if (document && !speaksOfSelf(text) && !asksToRemember(text)) continue;
        const found: CandidateFact | null = context.cast.betweenPeople
          ? readPerson(context, sentence, opening, last, voice.name)
          : readTold(context, sentence, opening, last, thread, facts);
        if (found !== null && found !== last) facts.push(found);
        if (opening) facts.push(...confirmed(context, sentence), ...choice(context, sentence));
        last = found;
      }
      opening = opening && context.cast.betweenPeople && isPleasantry(text, context.cast.names, voice.name);
    }
    if (photo !== null) {
      const told = withPhoto(
        facts.slice(before).map(({ statement }) => statement),
        photo,
      );
      for (const [index, statement] of told.entries()) {
        const fact = facts[before + index];
        if (fact !== undefined) fact.statement = statement;
      }
    }
  }
  return facts;
}
