// Reads what a person says in one message, with the message before it as context.
import type { CandidateFact } from '../../../domain/fact.ts';
import type { TextBlock, TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { longDate, resolveDates } from '../dates.ts';
import { frameOf } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { hardValues } from '../value.ts';
import { telling } from '../telling.ts';
import { terms } from '../words.ts';
import { joinAnswer, questionIn, shortAnswer } from './answers.ts';
import { writtenOut } from './chat-spelling.ts';
import { approves, proposedPoints } from './confirmations.ts';
import { clausesOf } from './clauses.ts';
import { condensed } from './condensed.ts';
import { backToValue, confirmedValue, withAntecedent, withObject, withProperty, withScope } from './completions.ts';
import { correctionIn } from './corrections.ts';
import { makeFact, readableRange } from './facts.ts';
import type { Place, Saying } from './facts.ts';
import { causeOf, normalise, reportsRemedy } from './failures.ts';
import { isPast, judgeUser, smallTalk } from './judge.ts';
import type { Setting, Verdict } from './judge.ts';
import { tag } from './language.ts';
import { leansOnTalk } from './leaning.ts';
import { optionsIn, pickIn } from './options.ts';
import { isMeantForGood, isPassing } from './passing.ts';
import type { Talk } from './passing.ts';
import {
  isBareAnswer,
  isExpletive,
  isOfListener,
  isPleasantry,
  judgePerson,
  leansBack,
  speaksOfSelf,
  withoutAddress,
  withSubject,
} from './people.ts';
import { withoutPreamble } from './preambles.ts';
import { asShown, photoIn, withPhoto } from './photos.ts';
import { isPrivate, privateSpans } from './private-spans.ts';
import { isDocument, ownSentences } from './prose.ts';
import { withRecency } from './recent.ts';
import { otherOf, voiceOf } from './speakers.ts';
import type { Cast } from './speakers.ts';
import { standsAlone } from './self-contained.ts';
import { goesOn, newThread, readAside, readClauses, readFragment, signed } from './telling.ts';
import type { Thread } from './telling.ts';
import { spelledOut } from './terse.ts';
import type { Trouble } from './tools.ts';
import { isAdvice } from './worth-telling.ts';
import { asksToRemember, narratorOf, toStatement, withoutFiller, withoutLead } from './wording.ts';
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

interface Sentence {
  text: string;
  place: Place;
  narrator: Narrator;
  at: string | null;
  talk: Talk;
  /** A picture comes with the message. */
  withPicture: boolean;
}

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

/** Who tells of their life leaves subjects out; what the reading of full sentences makes nothing of is looked at clause by clause. */
function readTold(
  context: MessageContext,
  sentence: Sentence,
  opening: boolean,
  last: CandidateFact | null,
  thread: Thread | null,
  facts: CandidateFact[],
): CandidateFact | null {
  if (thread === null) return readUser(context, sentence, opening, last);
  if (isAdvice(sentence.text)) return null;
  const fragment = readFragment(thread, sentence.text, sentence.place);
  const found = fragment ?? readUser(context, sentence, opening, goesOn(sentence.text) ? last : null);
  const line = found !== null && isLine(found) ? found : null;
  const more =
    fragment !== null
      ? readAside(thread, sentence.text, sentence.place)
      : line === null
        ? readClauses(thread, sentence.text, sentence.place)
        : [];
  const told = line ?? more.at(-1) ?? null;
  facts.push(...more.filter((fact) => fact !== told));
  // What served the moment shows habits, also where a clause of it became a line.
  if (line === null && told !== null && found !== null && found !== last) facts.push(found);
  signed(thread, told);
  thread.line = told;
  thread.before = told === null ? { text: withoutFiller(sentence.text), place: sentence.place } : null;
  return told ?? found;
}

function readUser(context: MessageContext, sentence: Sentence, opening: boolean, last: CandidateFact | null): CandidateFact | null {
  const { window, before } = context;
  const reply = opening && before?.speaker === 'agent' ? before : null;
  if (reply !== null) {
    const answered = confirmedBy(window, sentence, reply) ?? answerTo(window, sentence, reply) ?? correctionOf(window, sentence, reply);
    if (answered !== null)
      return standsAlone(answered.statement) || answered.durability === 'momentary' ? answered : { ...answered, durability: 'momentary' };
  }
  const plain = withoutPreamble(withoutLead(withoutFiller(sentence.text)));
  if (context.trouble !== null && reportsRemedy(plain)) return remedyOf(window, sentence, reply, context.trouble);
  if (
    !context.atWork &&
    last !== null &&
    last.durability !== 'momentary' &&
    ((leansBack(plain) && plain.split(/\s+/).length >= 4) || isFragment(plain))
  )
    return follow(window, sentence, plain, last);
  const full = inFull(sentence, plain, before?.speaker === 'agent' ? (lastText(before)?.text ?? '') : '');
  const setting: Setting = {
    reply: reply === null ? null : sentence.text.trim(),
    toRemember: asksToRemember(sentence.text),
    atWork: context.atWork,
  };
  const judged = mainPart(full, setting, sentence.talk);
  let verdict = judged.verdict;
  if (verdict === null && reply !== null && isReaction(plain)) verdict = { durability: 'momentary', force: 'asserted', signal: 'choice' };
  const frame = frameOf(judged.text);
  if (verdict === null || ((frame.imperative || frame.rule) && context.isQuoted(plain))) return null;
  if (context.atWork && isLine(verdict) && !setting.toRemember && context.isSmallTalk(judged.text, frame, sentence.place.event))
    verdict = { ...verdict, durability: 'momentary' };
  return stated(window, sentence, withScope(judged.text, sentence.talk.previous), verdict);
}

/** "3M from two funds.": a value without a verb goes on with the sentence before. */
function isFragment(plain: string): boolean {
  const words = plain.split(/\s+/).length;
  return (
    words >= 2 && words <= 10 && hardValues(plain).length > 0 && !tag(plain).some(({ tag: part }) => part === 'VERB' || part === 'AUX')
  );
}

/** The sentence with what it takes from the sentences around it. */
function inFull({ talk }: Sentence, plain: string, agentSaid: string): string {
  const back = backToValue(plain, talk.next, agentSaid);
  return back ?? spelledOut(withProperty(withObject(withAntecedent(plain, talk.previous), talk.previous), agentSaid), agentSaid);
}

interface Judged {
  text: string;
  verdict: Verdict | null;
}

/** Of a sentence with several main clauses, the ones that are worth a line; else the sentence as it is. */
function mainPart(plain: string, setting: Setting, talk: Talk): Judged {
  const judge = (text: string): Verdict | null => settled(judgeUser(text, frameOf(text), setting), text, talk, setting);
  const bare = judgeUser(plain, frameOf(plain), setting);
  const whole = settled(bare, plain, talk, setting);
  const clauses = clausesOf(plain);
  if (clauses.length < 2 || (bare !== null && !isLine(bare))) return { text: plain, verdict: whole };
  // Where the sentence as a whole says nothing, an order in it belongs to the moment.
  const ofClause = (text: string): Verdict | null =>
    bare === null && (ownPlans.test(plain) || (frameOf(text).imperative && !frameOf(text).rule)) ? null : judge(text);
  const judged = clauses.map((clause) => ({ clause, verdict: ofClause(clause.text), clear: standsAlone(clause.text) }));
  const opener = judged[0]?.verdict ?? null;
  const best =
    isLine(whole) && whole?.force === 'revoked' && isLine(opener) && opener?.force === 'asserted'
      ? opener
      : isLine(whole)
        ? whole
        : (judged.find(({ verdict }) => isLine(verdict))?.verdict ?? null);
  if (best === null) return { text: plain, verdict: whole };
  const isKept = ({ verdict, clear, clause }: (typeof judged)[number]): boolean =>
    isLine(verdict) || (isLine(whole) && !chatter.test(clause.text) && (clear || clause.start > 0) && !isPassing(clause.text, talk));
  // "It was taken out" stays with what it is said of.
  const kept = judged.filter(
    (entry, index) =>
      isKept(entry) || (isLine(whole) && referring.test(entry.clause.text) && index > 0 && isKept(judged[index - 1] ?? entry)),
  );
  const text = kept.length === clauses.length ? plain : kept.map(({ clause }) => clause.text).join(', ');
  return text === '' ? { text: plain, verdict: { ...best, durability: 'momentary' } } : { text, verdict: best };
}

/** Clauses that only the conversation explains: "that one answers you", "we promised that". */
const chatter =
  /^(?:that one|this one|the other one|here it|there it)\b|^you (?:\p{L}+ed|used|put|wrote|took|had|got|made|said|chose|forgot|missed)\b|^(?:i|we|\p{L}+) (?:promised|said|told|agreed|did|know|knew|like|want|wanted)\b.*\b(?:it|that|this|us|me|you)\b/iu;
const ownPlans = /\b(?:i['’]ll|i will|brb|be right back)\b/i;
const referring = /^(?:it|its|it['’]s|they|they['’]re)\b/i;

function isLine(verdict: Verdict | null): boolean {
  return (
    verdict !== null &&
    (verdict.durability === 'standing' || verdict.durability === 'current') &&
    (verdict.signal === undefined || verdict.signal === 'correction')
  );
}

/** What the sentences around it make of a verdict: what cannot be read alone, or served the task, is of the moment. */
function settled(verdict: Verdict | null, text: string, talk: Talk, setting: Setting): Verdict | null {
  if (verdict === null || !isLine(verdict) || setting.toRemember) return verdict;
  if (!standsAlone(text) || (setting.atWork && (isPassing(text, talk) || (verdict.force === 'asserted' && leansOnTalk(text)))))
    return { ...verdict, durability: 'momentary' };
  return setting.atWork && isMeantForGood(talk) ? { ...verdict, durability: 'standing' } : verdict;
}

/** What somebody asks for right after the agent did something: a habit shows when it recurs. */
function isReaction(plain: string): boolean {
  const words = plain.split(/\s+/).length;
  return (
    words <= 25 && terms(plain).length >= 2 && !smallTalk.test(plain) && !/^(?:y|n|yes|no|ok|k|thanks|great|go|done)\b.{0,12}$/i.test(plain)
  );
}

function stated(window: Window, { place, narrator, at }: Sentence, plain: string, verdict: Verdict): CandidateFact | null {
  const dated = resolveDates(plain, at);
  if (dated.unresolved) return null;
  const statement = toStatement(dated.text, narrator);
  if (statement === '' || (terms(statement).length < 2 && verdict.signal !== 'choice')) return null;
  if (verdict.signal !== 'failure') return makeFact(window, { statement, ...verdict, speaker: narrator.name }, [place]);
  return makeFact(
    window,
    { statement, ...verdict, slot: { subject: causeOf(plain) ?? frameOf(plain).subject, attribute: 'failure', value: normalise(plain) } },
    [place],
  );
}

/** The points of the agent's proposal that the user agrees to. */
function confirmed({ window, cast, before, atWork }: MessageContext, { text, place, at }: Sentence): CandidateFact[] {
  const block = before?.speaker === 'agent' ? lastText(before) : undefined;
  if (cast.betweenPeople || atWork || before === null || block === undefined || !approves(text)) return [];
  return proposedPoints(block).flatMap(({ text: point, start, end }) => {
    const dated = resolveDates(point, at);
    const frame = frameOf(point);
    if (dated.unresolved || frame.hypothetical || frame.tentative || isPrivate(point)) return [];
    return [
      makeFact(window, { statement: toStatement(dated.text, narratorOf(null)), durability: 'current' }, [
        { event: before, block, start, end },
        place,
      ]),
    ];
  });
}

/** Which of the agent's options the user takes: the reply, the option taken, the ones passed over. */
function choice({ window, cast, before }: MessageContext, { text, place }: Sentence): CandidateFact[] {
  const block = before?.speaker === 'agent' ? lastText(before) : undefined;
  if (cast.betweenPeople || before === null || block === undefined || isPrivate(text)) return [];
  const pick = pickIn(text, block.text, optionsIn(block.text));
  if (pick === null) return [];
  const said = [pick.taken, ...pick.passed].map(({ start, end }) => block.text.slice(start, end));
  if (said.some(isPrivate)) return [];
  return [
    makeFact(
      window,
      {
        statement: `Offered ${said.length} ways, the user took "${said[0]}".`,
        durability: 'momentary',
        signal: 'choice',
        slot: { subject: 'choice', attribute: 'taken', value: said[0] ?? null },
      },
      [place, ...[pick.taken, ...pick.passed].map((span): Place => ({ event: before, block, ...span }))],
    ),
  ];
}

function lastText(event: TranscriptEvent): TextBlock | undefined {
  return event.blocks.at(-1);
}

function answerTo(window: Window, { text, place, narrator, at }: Sentence, asking: TranscriptEvent): CandidateFact | null {
  const block = lastText(asking);
  const question = block === undefined ? null : questionIn(block.text);
  const answer = shortAnswer(text.replace(promised, ''));
  if (block === undefined || question === null || answer === null || isPrivate(question)) return null;
  const joined = joinAnswer(question, answer);
  if (joined === null) return null;
  const dated = resolveDates(joined, at);
  const frame = frameOf(joined);
  if (dated.unresolved || frame.hypothetical) return null;
  const statement = toStatement(dated.text, narrator);
  const asked = block.text.lastIndexOf(question);
  const places =
    asked < 0 ? [place] : [place, { event: asking, block, start: asked, end: Math.min(asked + question.length + 1, block.text.length) }];
  return makeFact(window, { statement, durability: frame.temporary ? 'momentary' : frame.rule ? 'standing' : 'current' }, places);
}

/** "..., we promised that to X": beside the answer. */
const promised = /,\s*(?:we|i) \p{L}+ (?:that|it|this)\b[^.]*/iu;

/** "72." after the agent named two values: the user settles which. */
function confirmedBy(window: Window, { text, place, narrator, at }: Sentence, asking: TranscriptEvent): CandidateFact | null {
  const block = lastText(asking);
  const settles = block === undefined ? null : confirmedValue(text, block.text);
  if (block === undefined || settles === null || isPrivate(settles)) return null;
  const dated = resolveDates(settles, at);
  const statement = toStatement(dated.text, narrator);
  if (dated.unresolved || statement === '') return null;
  return makeFact(window, { statement, durability: 'current', signal: 'correction' }, [
    place,
    { event: asking, block, start: 0, end: Math.min(block.text.length, 400) },
  ]);
}

function correctionOf(window: Window, { text, place }: Sentence, corrected: TranscriptEvent): CandidateFact | null {
  const block = lastText(corrected);
  if (block === undefined) return null;
  const whole = place.block.text.trim();
  const correction = correctionIn(whole.length <= 120 ? whole : text, block.text);
  if (correction === null) return null;
  const { statement, subject, attribute, value } = correction;
  const saying: Saying = { statement, durability: subject === 'spell' ? 'standing' : 'current', signal: 'correction' };
  return makeFact(window, subject === '' ? saying : { ...saying, slot: { subject, attribute, value } }, [place]);
}

function remedyOf(
  window: Window,
  { text, place, narrator, at }: Sentence,
  reply: TranscriptEvent | null,
  trouble: Trouble,
): CandidateFact | null {
  const plain = withoutFiller(text);
  const proposal = reply === null ? undefined : lastText(reply);
  const proposed = proposal?.text.split(/(?<=[.!?])\s|\n/)[0] ?? '';
  const bare = plain.split(/\s+/).length <= 3 && proposal !== undefined && proposed.length <= 160;
  const dated = resolveDates(bare ? `${proposed.replace(/[.?!]+$/, '')} – ${plain}` : plain, at);
  if (dated.unresolved) return null;
  const statement = toStatement(
    `After a failure (${trouble.cause})${at === null ? '' : ` on ${longDate(new Date(at))}`}: ${dated.text}`,
    narrator,
  );
  const places: Place[] =
    bare && proposal !== undefined && reply !== null ? [place, { event: reply, block: proposal, start: 0, end: proposed.length }] : [place];
  return makeFact(
    window,
    {
      statement,
      durability: 'episode',
      signal: 'remedy',
      slot: { subject: trouble.cause, attribute: 'remedy', value: normalise(bare ? proposed : plain) },
    },
    [...places, trouble.place],
  );
}

/** A sentence that leans on the one before it adds something with this many telling words; with fewer it only praises. */
const fewestAdded = 2;

/** Longer than this, a statement with its follow-up is prose. */
const longestJoined = 320;

function readPerson(
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
function follow(window: Window, { place, narrator, at }: Sentence, plain: string, last: CandidateFact): CandidateFact | null {
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
