// What a user says to the agent in a breath, the message as it stands: of no use by itself, but a habit shows when it recurs.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TextBlock, TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { isImperative, readMood } from '../mood.ts';
import { terms } from '../words.ts';
import { makeFact, readableRange } from './facts.ts';
import { joke, smallTalk } from './judge.ts';
import { tag } from './language.ts';
import { isPrivate } from './private-spans.ts';
import { ownSentences } from './prose.ts';

/** What is longer is a document or a tale; a wish is said in a breath. */
const longest = 360;
/** "No gradients please" is short, but no chatter. */
const refusing = /^(?:no+|nope|nah) \p{L}{4}/iu;
/** So much of a message must be the speaker's own words; the rest is pasted. */
const ownShare = 0.8;
/** Marks this fact for the patterns that count sayings. */
export const aside = 'aside';

/** Turns against what was just done: a refusal, a reproach, an exception, a limit, a question why. */
const objecting =
  /(?:^|[.!?,;:…]\s*)(?:no+|nope|nah|not|wrong|stop|again|why|wait|don['’]?t|never|enough|what did (?:we|i)|how often|how many times)\b|\b(?:(?:you|u)(?:['’](?:ve|re))? (?:again|still|always|keep|forgot|missed|didn['’]?t|did not)|apart from|except(?: for)?|too (?:many|much|long|short|big|small)|shouldn['’]?t|should(?: have)? be(?:en)?|only (?:if|when|where|for|in|the|with)|as well, please|there as well|(?:i|we) (?:said|told you|agreed|asked)|nothing)\b/i;
/** Points at what lies before both: "that comment", "take them out". */
const pointing = /\b(?:(?:that|those|these|this) \p{L}{3,}|them|em)\b/iu;

/** The message as a fact of the moment, its subject the words that the agent has not just said; null where it is chatter, private, or an order from elsewhere. */
export function asideOf(window: Window, event: TranscriptEvent, block: TextBlock, agentSaid: string): CandidateFact | null {
  const start = block.text.length - block.text.trimStart().length;
  const text = block.text.trim();
  const range = readableRange(window, event, block);
  if (text.length < 3 || text.length > longest || range?.start !== 0 || range.end !== block.text.length) return null;
  if (terms(text).length === 0 || (smallTalk.test(text) && !refusing.test(text)) || joke.test(text) || isPrivate(text)) return null;
  const own = ownSentences(block.text, start, block.text.length);
  if (own.reduce((sum, span) => sum + span.end - span.start, 0) < ownShare * text.length) return null;
  const said = own.map((span) => block.text.slice(span.start, span.end));
  const moods = said.map(readMood);
  if (moods.every((mood) => mood.hypothetical)) return null;
  const objects =
    agentSaid !== '' &&
    (objecting.test(text) ||
      said.some(
        (one, index) => moods[index]?.polarity === 'negated' || (pointing.test(one) && (isImperative(one) || tag(one)[0]?.tag === 'VERB')),
      ));
  return makeFact(
    window,
    {
      statement: text.replace(/\s+/g, ' '),
      durability: 'momentary',
      signal: objects ? 'correction' : 'choice',
      slot: { subject: introduced(text, agentSaid), attribute: aside, value: null },
    },
    [{ event, block, start, end: start + text.length }],
  );
}

/** The words that the user brings in; what the agent has just spoken of is the topic, whoever repeats it. */
function introduced(text: string, agentSaid: string): string {
  if (agentSaid === '') return '';
  const known = new Set(terms(agentSaid));
  return [...new Set(terms(text))].filter((term) => !known.has(term)).join(' ');
}
