// How a person tells an assistant of their life: in fragments, in news without a subject, in one breath about several people.
// What is no full sentence becomes one with the question or the sentence before; what the cautious judge leaves, but names something, is kept.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { resolveDates } from '../dates.ts';
import { frameOf } from '../frame.ts';
import { terms } from '../words.ts';
import { joinAnswer, questionIn, shortAnswer } from './answers.ts';
import { makeFact } from './facts.ts';
import type { Place } from './facts.ts';
import { asRest, isTelling, namesItsThing, sameVerb, shapeOf } from './fragments.ts';
import { isPrivate } from './private-spans.ts';
import { topicsIn } from './question-topics.ts';
import type { Topic } from './question-topics.ts';
import { piecesOf } from './pieces.ts';
import { apposition, introducedBy, ownName, subjectName, withFullVerb, withOwner } from './third-persons.ts';
import { toStatement, withoutFiller, withoutLead } from './wording.ts';
import type { Narrator } from './wording.ts';
import { isAnchored } from './judge.ts';
import { tag } from './language.ts';
import { isExperience, isToAgent, isUnfit, isWorthTelling } from './worth-telling.ts';

/** What has been said so far in one message. */
export interface Thread {
  window: Window;
  narrator: Narrator;
  at: string | null;
  asked: { event: TranscriptEvent; topics: Topic[] } | null;
  /** How many fragments have answered. */
  answers: number;
  /** Only fragments so far: they answer. */
  answering: boolean;
  /** The line that the sentence before became. */
  line: CandidateFact | null;
  /** The sentence before, when it became none. */
  before: { text: string; place: Place } | null;
  /** Who is the subject of what was said last, when that is the speaker. */
  speaker: 'I' | 'we' | null;
  /** The speaker's name, from when they give it to the next line about them. */
  self: string | null;
  /** Who was spoken of. */
  people: string[];
}

/** "It's 300 a month" answers like "300 a month". */
const equating =
  /^(?:(?:it|that|they|those|these)(?:['’]s|['’]re| is| are)|that['’]d be|that would be)\s+(?!(?:not|because|why|what|how|when|where|all|just)\b)/i;
/** Agreement, and what points back: no fragment is of these. */
const talkOnly = /\b(?:yes|no|ok|you)\b|^(?:it|that|this|these|those|they)\b/i;
/** A change of subject: a pronoun after it does not mean what was said before. */
const turnsAway = /^(?:oh|ah|anyway|btw|by the way|also|on another note|speaking of which)\b[\s,–—-]*(?:and |but |also )?/i;
const fewestWords = 2;
/** A sentence of more words says more than what a fragment is of. */
const longestLead = 25;
/** Longer than this, a line with what follows it is prose. */
const longestJoined = 320;

export function newThread(window: Window, asking: TranscriptEvent | null, narrator: Narrator, at: string | null): Thread {
  const text = asking?.speaker === 'agent' ? (asking.blocks.at(-1)?.text ?? '') : '';
  const topics = text.trimEnd().endsWith('?') && !isPrivate(text) ? topicsIn(text) : [];
  return {
    window,
    narrator,
    at,
    asked: asking === null || topics.length === 0 ? null : { event: asking, topics },
    answers: 0,
    answering: true,
    line: null,
    before: null,
    speaker: null,
    self: null,
    people: [],
  };
}

/** Whether a sentence may lean on the one before it. */
export function goesOn(text: string): boolean {
  return !turnsAway.test(text.trim());
}

/** A sentence that is none by itself, as a line; null when it is for others to read. */
export function readFragment(thread: Thread, text: string, place: Place): CandidateFact | null {
  const plain = withoutLead(withoutFiller(text));
  const self = ownName(plain);
  if (self !== null) {
    thread.self = self;
    // "I'm Jo" and "my name is Jo" are sentences, "Jo here" is none.
    return / here\b/.test(plain) ? told(thread, `My name is ${self}`, [place]) : null;
  }
  const person = introducedBy(plain);
  if (person !== null) {
    thread.people = [person.name];
    const rest = person.rest === '' ? '' : `, ${person.rest}`;
    return joinedTo(thread, `${person.name}${rest}`, place);
  }
  // An order has no subject and needs none.
  const { imperative, rule } = frameOf(plain);
  if (imperative || rule) return null;
  const equated = equating.exec(plain);
  if (equated !== null && opens(thread) && !isUnfit(plain) && isCounted(plain))
    return answer(thread, plain.slice(equated[0].length), place);
  const shape = plain === '' ? 'clause' : shapeOf(plain);
  if (shape === 'clause' || isUnfit(plain)) {
    thread.answering &&= plain === '';
    const self = /^(?:and |but |so |also |now )*(I|we)\b/i.exec(plain)?.[1]?.toLowerCase();
    if (shape === 'clause' && plain !== '') thread.speaker = self === undefined ? null : self === 'i' ? 'I' : 'we';
    return null;
  }
  const { bare } = withoutAside(plain);
  if (thread.answering && thread.asked !== null) return answer(thread, bare, place, bare === plain);
  if (shape === 'elided') {
    const own = ofSpeaker(thread, bare);
    if (own !== null && isExperience(own)) return null;
    if (own !== null) return told(thread, own, [place]);
  }
  if (!isTelling(bare) || !isCounted(bare)) return null;
  return joinedTo(thread, bare, place) ?? (shape === 'fragment' && isNews(bare) ? told(thread, bare, [place]) : null);
}

/** "A new oven from Marlow for 900": a fragment that names its thing and tells of it. */
function isNews(plain: string): boolean {
  return terms(plain).length >= 4 && namesItsThing(plain) && isAnchored(plain, frameOf(plain)) && !isToAgent(plain) && !isExperience(plain);
}

/** Says enough to be worth adding: a name, a figure, a number in words, or several words that tell. */
function isCounted(plain: string): boolean {
  return (
    terms(plain).length >= fewestWords ||
    isAnchored(plain, frameOf(plain)) ||
    tag(plain.slice(0, 200)).some(({ tag: part }) => part === 'NUM')
  );
}

/** "Working on a long piece" after "I write for ...": the subject goes on. */
function ofSpeaker({ speaker }: Thread, plain: string): string | null {
  if (speaker === null || terms(plain).length < 3) return null;
  const rest = asRest(plain);
  const [first, second] = tag(rest.slice(0, 60)).filter(({ tag: part }) => part !== 'ADV');
  if (/ing$/i.test(first?.word ?? '')) return `${speaker} ${speaker === 'I' ? 'am' : 'are'} ${rest}`;
  // "Got a new oven" is what they did, "sold to a dealer" and "based in Leeds" were done.
  return /^(?:DET|NUM|ADJ|NOUN|PROPN|PRON)$/.test(second?.tag ?? '') && !/[^s]s$/.test(first?.word ?? '') ? `${speaker} ${rest}` : null;
}

/** The first sentence after a question is its answer. */
function opens({ asked, answers, before, line }: Thread): boolean {
  return asked !== null && answers === 0 && before === null && line === null;
}

/** "Two of us, me and Carl who does the baking": what is said of Carl is a statement of its own. */
function withoutAside(plain: string): { bare: string; aside: string | null } {
  const found = apposition(plain);
  return found === null ? { bare: plain, aside: null } : { bare: plain.slice(0, found.start + found.name.length), aside: found.told };
}

function answer(thread: Thread, plain: string, place: Place, mayJoin = false): CandidateFact | null {
  const asked = thread.asked;
  if (asked === null || !isTelling(plain)) return null;
  const index = Math.min(thread.answers, asked.topics.length - 1);
  const topic = asked.topics[index];
  // What the form of the question makes a sentence of is better said as one.
  if (mayJoin && opens(thread) && asked.topics.length === 1 && isJoined(asked.event.blocks.at(-1)?.text ?? '', plain)) return null;
  const block = asked.event.blocks.at(-1);
  thread.answers++;
  if (topic === undefined || block === undefined) return null;
  // "Two of us in the shop" as a second answer names what it is about.
  if (thread.answers > asked.topics.length && namesItsThing(plain)) return told(thread, plain, [place]);
  const mark = topic.label.includes(':') ? ' –' : ':';
  return told(thread, sameVerb(topic.label, plain) ?? `${topic.label}${mark} ${asRest(plain)}`, [
    place,
    { event: asked.event, block, start: topic.start, end: topic.end },
  ]);
}

/** A question about a thing, not about what "you" do: its answer is the thing's value. */
function isJoined(text: string, plain: string): boolean {
  const question = questionIn(text);
  const short = shortAnswer(plain);
  if (
    question === null ||
    short === null ||
    /\byou\b|\s[–—-]\s|[:,;]|\b(?!thing|morning|evening|building)\p{L}{3,}ing\b|^how(?:['’]s| is| are)\b/iu.test(question)
  )
    return false;
  return joinAnswer(question, short) !== null;
}

/** News in pieces: what a fragment is of stands in the sentence before. */
function joinedTo(thread: Thread, plain: string, place: Place): CandidateFact | null {
  const { line, before } = thread;
  if (isExperience(plain) || isToAgent(plain) || /^[("“]/.test(plain)) return null;
  if (line !== null) {
    const dated = resolveDates(plain, thread.at);
    const joined = `${line.statement} ${toStatement(dated.text, thread.narrator)}`;
    const fact = told(thread, plain, [place]);
    if (fact === null || joined.length > longestJoined) return null;
    line.statement = joined;
    line.evidence.push(...fact.evidence);
    return line;
  }
  const words = before?.text.split(/\s+/).length ?? 0;
  if (
    before === null ||
    words > longestLead ||
    terms(before.text).length === 0 ||
    isUnfit(before.text) ||
    isExperience(before.text) ||
    talkOnly.test(before.text)
  )
    return null;
  return told(thread, `${before.text.replace(/[.!:]+$/, '')}: ${asRest(plain)}`, [place, before.place]);
}

/** "The user, Jo, runs a shop": who gives their name and goes on about themselves is known by it. */
export function signed(thread: Thread, fact: CandidateFact | null): void {
  const { self, narrator } = thread;
  if (self === null || fact === null || !fact.statement.startsWith(`${narrator.name} `) || fact.statement.includes(self)) return;
  fact.statement = `${narrator.name}, ${self},${fact.statement.slice(narrator.name.length)}`;
  thread.self = null;
}

/** What else a sentence tells when no line came of it: its clauses, each about whom it is about. */
export function readClauses(thread: Thread, text: string, place: Place): CandidateFact[] {
  const plain = withoutLead(withoutFiller(text));
  if (plain === '' || isUnfit(plain)) return [];
  const facts: CandidateFact[] = [];
  for (const piece of piecesOf(plain)) {
    const clause = withFullVerb(withOwner(piece, thread.people));
    const who = subjectName(clause);
    if (who !== null) thread.people = [who];
    if (!isWorthTelling(clause, opens(thread))) continue;
    const fact = told(thread, clause, [place]);
    if (fact !== null) facts.push(fact);
  }
  // A reply that leans on the question has it put before it.
  if (facts.length > 0 || !opens(thread) || !isCounted(plain) || frameOf(plain).imperative || frameOf(plain).tentative) return facts;
  const fact = answer(thread, plain, place);
  return fact === null ? [] : [fact];
}

/** What a fragment tells of somebody beside. */
export function readAside(thread: Thread, text: string, place: Place): CandidateFact[] {
  const { aside } = withoutAside(withoutFiller(text));
  const fact = aside === null || !isWorthTelling(aside) ? null : told(thread, aside, [place]);
  return fact === null ? [] : [fact];
}

function told({ window, narrator, at }: Thread, text: string, places: Place[]): CandidateFact | null {
  const dated = resolveDates(text, at);
  if (dated.unresolved) return null;
  const statement = toStatement(dated.text.replace(/\bour team\b/gi, 'the team'), narrator);
  if (terms(statement).length < 2) return null;
  const frame = frameOf(statement);
  if (frame.hypothetical || frame.temporary) return null;
  return makeFact(window, { statement, durability: 'current', speaker: narrator.name }, places);
}
