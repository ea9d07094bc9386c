// Reads one sentence that a user says to an agent.
import type { CandidateFact } from '../../../domain/fact.ts';
import { frameOf } from '../frame.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import { clausesOf } from './clauses.ts';
import { backToValue, withAntecedent, withObject, withProperty, withScope } from './completions.ts';
import { reportsRemedy } from './failures.ts';
import { judgeUser, smallTalk } from './judge.ts';
import type { Setting, Verdict } from './judge.ts';
import { tag } from './language.ts';
import { leansOnTalk } from './leaning.ts';
import { isMeantForGood, isPassing } from './passing.ts';
import type { Talk } from './passing.ts';
import { leansBack } from './people.ts';
import { withoutPreamble } from './preambles.ts';
import { standsAlone } from './self-contained.ts';
import { spelledOut } from './terse.ts';
import { asksToRemember, withoutFiller, withoutLead } from './wording.ts';
import type { Sentence, MessageContext } from './sentence.ts';
import { stated, isLine } from './stated.ts';
import { answerTo, confirmedBy, correctionOf, remedyOf, lastText } from './replies.ts';
import { follow } from './read-person.ts';

export function readUser(context: MessageContext, sentence: Sentence, opening: boolean, last: CandidateFact | null): CandidateFact | null {
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
