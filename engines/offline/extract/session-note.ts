// A long talk with an agent about the user's own project becomes one line: what the user brought up, decided, and accepted of the agent's answers.
import type { EventEvidence } from '../../../domain/evidence.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TextBlock, TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { longDate, resolveDates } from '../dates.ts';
import { noteOpening } from '../note-line.ts';
import { agentSaid, ofAgent } from './agent-words.ts';
import { accepts, offerOf, takesOffer } from './acceptance.ts';
import { makeFact } from './facts.ts';
import type { Place } from './facts.ts';
import { outlineOf } from './outline.ts';
import { speaksOfSelf, withSubject } from './people.ts';
import { isPrivate, privateSpans, touches } from './private-spans.ts';
import { isMessage } from './speakers.ts';
import { chooseWithin, tellingSentences } from './telling-sentences.ts';
import type { TellingSentence } from './telling-sentences.ts';
import { narratorOf, toStatement } from './wording.ts';

/** Where the agent only chats, there is nothing that it worked out. */
const longAnswer = 400;
/** Share of the user's messages in which they speak of themselves: who only hands over tasks and texts has no project here. */
const ownShare = 0.6;
/** Characters of the line: a share of the talk, within what is read at one glance. */
const share = 0.1;
const shortest = 300;
const longest = 720;
/** The first message opens the matter; later ones bring it forward. */
const openingRoom = 200;
const replyRoom = 160;
const outlineRoom = 130;

const openingWorth = 2;
/** Messages before and after one in which others may take up its words, and how far each is looked through. */
const reach = 4;
const longestHeard = 8_000;

interface Message {
  event: TranscriptEvent;
  block: TextBlock;
}

interface Part {
  text: string;
  places: Place[];
  /** What is left out first where the line is full. */
  rank: number;
  /** Says what the user does, decides or accepts, not only what they ask for. */
  own: boolean;
}

/** Whether the agent works something out here, and does not only chat. */
export function answersAtLength(window: Window): boolean {
  return window.events.some((event) => event.type === 'agent.message' && (event.blocks.at(-1)?.text.length ?? 0) >= longAnswer);
}

/** The note of a window of a talk without tools, beside what becomes lines of its own; null where it is no talk about a project of the user's own. */
export function sessionNote(window: Window, lines: readonly CandidateFact[]): CandidateFact | null {
  const messages = window.events.flatMap((event): Message | [] => {
    const block = event.blocks.at(-1);
    return isMessage(event) && block !== undefined && window.parts[event.id] === undefined ? { event, block } : [];
  });
  const at = messages[0]?.event.at ?? window.sessionAt;
  if (at === null || !isProjectTalk(messages)) return null;
  const room = Math.min(longest, Math.max(shortest, Math.round(messages.reduce((sum, { block }) => sum + block.text.length, 0) * share)));
  const parts = within(partsOf(messages, at, lines), room);
  const places = parts.flatMap((part) => part.places);
  if (!parts.some(({ own }) => own)) return null;
  const statement = `${noteOpening(longDate(new Date(at)))}${parts.map(({ text }) => text).join(' ')}`;
  return makeFact(
    window,
    { statement, durability: 'episode', signal: 'progress', slot: { subject: '', attribute: '', value: null } },
    places,
  );
}

function isProjectTalk(messages: readonly Message[]): boolean {
  const said = messages.filter(({ event }) => event.speaker === 'user').map(({ block }) => block.text);
  return said.length >= 2 && said.filter((text) => speaksOfSelf(text.slice(0, 1_000))).length >= ownShare * said.length;
}

function partsOf(messages: readonly Message[], at: string, lines: readonly CandidateFact[]): Part[] {
  const lower = messages.map(({ block }) => block.text.slice(0, longestHeard).toLowerCase());
  const told = placesByEvent(lines);
  const parts: Part[] = [];
  let opened = false;
  for (const [index, message] of messages.entries()) {
    if (message.event.speaker !== 'user') continue;
    const before = messages[index - 1];
    const agreed = before?.event.speaker === 'agent' ? agreement(before, message, at) : null;
    if (agreed !== null) parts.push(agreed);
    const around = [...lower.slice(Math.max(0, index - reach), index), ...lower.slice(index + 1, index + 1 + reach)];
    const already = told.get(message.event.id) ?? [];
    const found = tellingSentences(message.block.text, around).filter(
      (sentence) => !already.some((place) => place.start < sentence.end && sentence.start < place.end),
    );
    parts.push(...saidIn(message, found, opened, at));
    opened = true;
  }
  return parts;
}

/** The best sentences of a message. */
function saidIn(message: Message, found: readonly TellingSentence[], opened: boolean, at: string): Part[] {
  const statements = found.filter(({ kind }) => kind !== 'question');
  // A question stands for a message only where it opens the matter and nothing else does.
  const usable = statements.length > 0 || opened ? statements : found;
  return chooseWithin(usable, opened ? replyRoom : openingRoom, opened ? 2 : 3).flatMap((sentence): Part | [] => {
    const text = wordingOf(sentence, at);
    return text === null
      ? []
      : {
          text,
          places: [{ ...message, start: sentence.start, end: sentence.end }],
          rank: sentence.score + (opened ? 0 : openingWorth),
          own: sentence.kind === 'plan' || (sentence.kind === 'statement' && speaksOfSelf(sentence.text)),
        };
  });
}

/** Where the lines beside the note were said. */
function placesByEvent(lines: readonly CandidateFact[]): Map<string, EventEvidence[]> {
  const places = new Map<string, EventEvidence[]>();
  for (const place of lines.flatMap(({ evidence }) => evidence)) places.set(place.eventId, [...(places.get(place.eventId) ?? []), place]);
  return places;
}

/** What the agent proposed or offered and the user takes in the next message. */
function agreement(proposed: Message, answer: Message, at: string): Part | null {
  const { text } = proposed.block;
  const own: Place = { ...answer, start: 0, end: Math.min(answer.block.text.length, 120) };
  const offered = takesOffer(answer.block.text) ? offerOf(text) : null;
  if (offered !== null && !isPrivate(offered.text)) {
    const dated = resolveDates(offered.text, at);
    if (!dated.unresolved)
      return {
        text: `Agreed to ${lowered(agentSaid(dated.text))}.`,
        places: [{ ...proposed, start: offered.start, end: offered.end }, own],
        rank: 1.5,
        own: true,
      };
  }
  if (!accepts(answer.block.text)) return null;
  const outline = outlineOf(text, outlineRoom, at);
  const [first] = outline?.spans ?? [];
  if (outline === null || first === undefined) return presented(proposed, own, at);
  return { text: `Agreed: ${agentSaid(outline.text)}.`, places: [{ ...proposed, ...first }, own], rank: 1.6, own: true };
}

/** "Here is a draft of the contract": of an answer without structure, what it says that it brings. */
function presented(proposed: Message, own: Place, at: string): Part | null {
  const { text } = proposed.block;
  const match = /(?:^|[.!\n]\s*)(here(?:['’]s| is| are) ([^.!?\n]{12,200}))/iu.exec(text.slice(0, 1_500));
  if (match === null) return null;
  const start = match.index + match[0].length - (match[1] ?? '').length;
  const said = (match[2] ?? '').replace(/[,:;].*$/, '').replace(/[*_]+/g, '');
  const dated = resolveDates(said, at);
  if (dated.unresolved || said.length < 12 || touches(privateSpans(text.slice(0, 2_000)), { start, end: start + (match[1] ?? '').length }))
    return null;
  return {
    text: `Agreed: ${lowered(agentSaid(dated.text))}.`,
    places: [{ ...proposed, start, end: start + (match[1] ?? '').length }, own],
    rank: 1.4,
    own: true,
  };
}

/** Inside a sentence; a name or an abbreviation keeps its capitals. */
function lowered(text: string): string {
  return text.replace(/^\p{Lu}(?=\p{Ll}|\s)/u, (letter) => letter.toLowerCase());
}

function wordingOf({ text, kind }: TellingSentence, at: string): string | null {
  const dated = resolveDates(kind === 'statement' ? withSubject(text) : text, at);
  if (dated.unresolved) return null;
  const told = (said: string): string => ofAgent(toStatement(said, narratorOf(null)));
  if (kind === 'question') return `Asked: ${told(dated.text).replace(/\.$/, '?')}`;
  if (kind === 'plan') return `Chose to ${lowered(told(dated.text.replace(/^let['’]?s\s+/i, '')))}`;
  const statement = told(dated.text.replace(/^please\s+/i, ''));
  return statement === '' ? null : kind === 'request' ? `Asked to ${lowered(statement)}` : statement;
}

/** The parts that tell most, in the order of the talk. */
function within(parts: readonly Part[], room: number): Part[] {
  const kept = new Set<Part>();
  let left = room;
  for (const part of [...parts].sort((a, b) => b.rank - a.rank)) {
    if (part.text.length > left) continue;
    kept.add(part);
    left -= part.text.length + 1;
  }
  return parts.filter((part) => kept.has(part));
}
