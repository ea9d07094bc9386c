// What of a person's talk with an assistant is worth a line: it names something of their world, and it is meant.
import { frameOf } from '../frame.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import { shapeOf } from './fragments.ts';
import { isAnchored, isPast, joke, passingState, reported, smallTalk, travelling } from './judge.ts';
import { tag } from './language.ts';
import { standsAlone } from './self-contained.ts';

/** Of the day it was said; of what one does just now. */
const ofTheDay = /\b(?:today|tonight|this (?:morning|afternoon|evening|minute)|right now|at the moment|just now)\b/i;
const sinceToday = /\b(?:as of|starting|from|since) today\b/i;
/** Jokes that say so. */
const inJest = /\b(?:jok(?:e|es|ed|ing)|kidding|teas(?:e|es|ed|ing)|laugh(?:s|ed|ing)?|pretend(?:s|ed|ing)?)\b/i;
/** "My aunt says I should": advice of others is not what is so. */
const advised =
  /\b(?:says?|said|thinks?|thought|reckons?|suggests?|suggested|tells? (?:me|us)|told (?:me|us)|wants?|advised?|advises|insists?)\b[^,;]{0,30}\b(?:i|we) (?:should|ought|could|might)\b/i;
/** Wishes and plans that nobody has made. */
const unreal = /\b(?:would|could|might|['’]d)\b(?! (?:like|love|prefer|rather))|\bif i\b|\bif we\b/i;
/** Feelings, and what is thought of something: true of the moment and of the mood. */
const mood =
  /^(?:i|we|it|that)(?:['’]m|['’]re|['’]s| am| are| is| feel| felt| could| was| were)? (?:so |really |very |just |quite |a bit |absolutely )*(?:happy|sad|tired|exhausted|glad|sorry|excited|thrilled|fed up|annoyed|worried|scared|hungry|bored|lucky|knackered|gutted|chuffed|spit|cry|scream|nightmare|hell|awful|terrible|horrible|lovely|great)\b/i;
/** How it was: an experience that is told for the telling. */
const judged =
  /\b(?:worst|best|awful|terrible|horrible|dreadful|nightmare|crazy|insane|ridiculous|hilarious|annoying|disaster|brutal|amazing|awesome|fantastic|wonderful|delicious|gorgeous|boring|miserable|embarrassing|exhausting|weird|funny)\b/i;
/** What happens to one of a day and is over: nothing to know later. */
const experienced =
  /^(?:and |also |so |then )*(?:(?:(?:i|we)(?:['’]ve| have)?|my \p{L}+|our \p{L}+) )?(?:just |also |even |only |almost |nearly |finally |totally |completely )*(?:had(?! to\b)|spent|went (?:to|out|home|back|on|for a)|watched|ate|drank|slept|overslept|woke|missed|forgot|spilled|spilt|dropped|fell|tripped|slipped|burnt|burned|broke|crashed|got (?:stuck|lost|caught|soaked|drenched|back|home|up|in)|ran (?:late|into|out)|came back|saw|heard|met up|stayed up|caught|died|knocked|threw up|rained|snowed)\b/iu;
/** What one is set on doing. */
const plan =
  /^(?:i|we)(?:['’](?:m|re|ll)| am| are| will)? (?:also |still |now |really )?(?:want|need|plan|intend|aim|have|hop(?:e|ing)|planning|aiming|going) to (?!(?:know|see|ask|tell|think|understand|say|thank|hear|look|check)\b)/i;
const errand =
  /\b(?:i['’]ll|i will|let me|i['’]m going to) (?:just |quickly |go and )?(?:check|look|test|try|get back|send|see|let|ask|call|ring|read|think|be (?:back|off))\b/i;
/** The agent's part of the talk. */
const toAgent = /\byou(?:['’]\w+|r|rs|rself)?\b/i;

/** "Wednesday is her choir": whose, the clause does not say. */
function ofSomebodyUnnamed(clause: string): boolean {
  const at = /(?<![\p{L}'’])(?:he|she|him|his|hers?)(?![\p{L}])/iu.exec(clause)?.index ?? -1;
  if (at < 0) return false;
  const before = clause.slice(0, at);
  return !/\b(?:my|our) \p{L}/iu.test(before) && !tag(before).some(({ tag: part, word }) => part === 'PROPN' && !calendar.test(word));
}

const calendar = /^(?:\p{L}+days?|January|February|March|April|May|June|July|August|September|October|November|December)$/u;

/** The speaker passes on advice that nobody took. */
export function isAdvice(sentence: string): boolean {
  return advised.test(sentence);
}

/** Nothing that could be a line, whatever its form. */
export function isUnfit(sentence: string): boolean {
  const frame = frameOf(sentence);
  if (frame.question || frame.hypothetical || frame.temporary || smallTalk.test(sentence) || joke.test(sentence)) return true;
  return (
    inJest.test(sentence) ||
    reported.test(sentence) ||
    travelling.test(sentence) ||
    advised.test(sentence) ||
    (ofTheDay.test(sentence) && !sinceToday.test(sentence))
  );
}

/** Says something to the agent or of it; "mind you" does not. */
export function isToAgent(sentence: string): boolean {
  return toAgent.test(sentence.replace(/\b(?:mind you|you know|you see)\b/gi, ' '));
}

/** What happened to somebody on a day, or how it was. */
export function isExperience(sentence: string): boolean {
  return isPast(sentence) && (judged.test(sentence) || experienced.test(sentence));
}

/** A clause with its own subject that says something of the speaker's world; what answers a question is meant to be known. */
export function isWorthTelling(clause: string, isAnswer = false): boolean {
  if (shapeOf(clause) !== 'clause' || ofSomebodyUnnamed(clause)) return false;
  const frame = frameOf(clause);
  if (isUnfit(clause) || frame.tentative || frame.imperative || unreal.test(clause) || mood.test(clause) || isToAgent(clause)) return false;
  const anchored = isAnchored(clause, frame);
  // "I'm on a train" passes, "I'm on 24.50 an hour" is known by its figure.
  const known = hardValues(clause).length > 0 || (isAnswer && anchored);
  if ((passingState.test(clause) && (!known || errand.test(clause))) || terms(clause).length < (anchored ? 2 : 3) || !standsAlone(clause))
    return false;
  if (isExperience(clause)) return false;
  return anchored || (!isPast(clause) && ofOthers(clause)) || (plan.test(clause) && terms(clause).length >= 4);
}

/** "Carl does the baking", "my sister lives with us": whom the speaker knows, by name or kinship. */
function ofOthers(clause: string): boolean {
  if (/^(?:my|our) \p{Ll}/iu.test(clause)) return terms(clause).length >= 4;
  const [first, second] = tag(clause.slice(0, 80));
  if (first?.tag !== 'PROPN' || second === undefined || second.tag === 'PUNCT') return false;
  return /^['’]s$/.test(second.word) || terms(clause).length >= 4;
}
