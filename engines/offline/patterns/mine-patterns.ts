// What recurs over sessions and was never written down: the same correction, the same trouble with its remedy, the same wish.
import type { EventEvidence } from '../../../domain/evidence.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { similarity } from '../../../domain/similarity.ts';
import type { Bag } from '../../../domain/similarity.ts';
import type { PatternsQuestion } from '../../engine.ts';
import { concept } from '../concepts.ts';
import { aside } from '../extract/asides.ts';
import { isDropped, isRaised, parseInstructions } from '../instructions.ts';
import { topicOf } from '../topic.ts';
import { shortNote, wordBag } from '../word-bag.ts';
import { terms } from '../words.ts';
import { choicePatterns } from './choices.ts';
import { commandSteps } from './command-steps.ts';
import { correctionPatterns } from './corrections.ts';
import { episodePatterns } from './episodes.ts';
import { failurePatterns } from './troubles.ts';
import { independentFacts } from './independent.ts';
import { occasionPatterns } from './occasions.ts';
import { recurringFailures } from './recurring-failures.ts';
import { repeatedMarks } from './repeated-marks.ts';
import { themePatterns } from './themes.ts';
import { patternCount } from '../pattern-count.ts';

/** What recurs, before it is checked against what the store says. */
export interface Recurrence {
  /** The rule or observation, without full stop. */
  rule: string;
  /** How the sessions show it: "corrected", "asked for". */
  shown: string;
  facts: CandidateFact[];
  /** The rule quotes what was said: a line that this dream makes of one such saying says less than the rule. */
  quotes?: boolean;
}

/** A pattern that the store already says at least so closely is none. */
const saidAt = 0.62;

export function minePatterns(question: PatternsQuestion): Proposal[] {
  const steering = parseInstructions(question.instructions);
  const { facts: before, sessions: earlier } = question.earlier ?? { facts: [], sessions: [] };
  const facts = independentFacts([...before, ...question.facts].filter((fact) => fact.evidence.length > 0 && fact.signal !== 'progress'));
  const sessions = new Set([...earlier, ...question.sessions].map(({ id }) => id)).size;
  const tonight = new Set(question.facts.map((fact) => fact.sessionId));
  const sentences = facts.filter((fact) => fact.attribute !== aside && fact.attribute !== 'taken' && fact.attribute !== 'diagnosis');
  const commands = [...recurringFailures(sentences), ...commandSteps(sentences)];
  const told = new Set(commands.flatMap((recurrence) => recurrence.facts));
  const found = [
    ...correctionPatterns(sentences),
    ...commands,
    ...failurePatterns(sentences),
    ...repeatedMarks(sentences, question.minSessions),
    ...choicePatterns(facts),
    ...episodePatterns(facts, sessions),
    ...occasionPatterns(
      facts.filter((fact) => !told.has(fact)),
      sessions,
    ),
    ...themePatterns(facts, question.claims, sessions),
  ];
  const claims = question.claims.map((claim) => ({
    claim,
    isNew: claim.memoryId === '',
    bag: bagOfWords(claim.text.slice(0, 600).replace(patternCount, '')),
  }));
  const used = new Set<string>();
  const proposals: Proposal[] = [];
  for (const recurrence of found) {
    const chosen = oneEachSession(
      recurrence.facts.filter((fact) => !used.has(fact.id) && !(recurrence.quotes === true && used.has(eventOf(fact)))),
    );
    const words = terms(recurrence.rule);
    if (chosen.length < question.minSessions || !hasVoice(recurrence.facts) || isDropped(steering, words) !== null) continue;
    const said = wordBag(words.map(concept));
    // What only earlier sessions show was proposed then, and somebody may have refused it.
    if (!chosen.some((fact) => tonight.has(fact.sessionId))) continue;
    const quoted = recurrence.quotes === true ? recurrence.facts.map((fact) => bagOfWords(fact.statement)) : [];
    const isQuoted = (bag: Bag): boolean => quoted.some((one) => similarity(bag, one, shortNote) >= saidAt);
    const standing = claims.filter(({ isNew, bag }) => similarity(bag, said, shortNote) >= saidAt && !(isNew && isQuoted(bag)));
    const known = standing.find(({ claim }) => seenIn(claim.text) > 0)?.claim;
    if (standing.length > 0 && (known === undefined || standing.length > 1 || seenIn(known.text) >= chosen.length)) continue;
    for (const fact of recurrence.facts) used.add(fact.id).add(eventOf(fact));
    const often = `in ${chosen.length} of ${sessions} sessions`;
    const statement = `${recurrence.rule} (${recurrence.shown} ${often}).`;
    proposals.push({
      kind: 'pattern',
      claimIds: known === undefined ? [] : [known.id],
      factIds: chosen.map((fact) => fact.id),
      statement,
      topic: topicOf(recurrence.rule, null),
      weight: 3 + Math.min(5, chosen.length) + (isRaised(steering, words) ? 100 : 0),
      reasonCode: 'recurrence',
      reason: `${upper(recurrence.shown)} ${often}, ${spanOf(chosen)}; ${known === undefined ? 'nobody wrote it down' : `the store counts ${seenIn(known.text)} so far`}.`,
      seenIn: chosen.length,
      outOf: sessions,
      evidence: chosen.map((fact) => fact.evidence[0] as EventEvidence),
    });
  }
  return proposals;
}

/** The sessions that a pattern in the store counts; 0 where it is none. */
function seenIn(text: string): number {
  return Number(patternCount.exec(text)?.[1] ?? 0);
}

function bagOfWords(text: string): Bag {
  return wordBag(terms(text).map(concept));
}

/** A message told as a pattern by one of its sentences is not told again as a whole. */
function eventOf(fact: CandidateFact): string {
  return `${fact.sessionId} ${String(fact.eventNumber)}`;
}

/** Repetition inside one session is one voice: its first fact of a person stands, else its first. */
function oneEachSession(facts: readonly CandidateFact[]): CandidateFact[] {
  const bySession = new Map<string, CandidateFact>();
  for (const fact of [...facts].sort(inTime)) {
    const earlier = bySession.get(fact.sessionId);
    if (earlier === undefined || (earlier.origin !== 'user' && fact.origin === 'user')) bySession.set(fact.sessionId, fact);
  }
  return [...bySession.values()].sort(inTime);
}

/** Tool output alone never makes a rule. */
function hasVoice(facts: readonly CandidateFact[]): boolean {
  return facts.some((fact) => fact.origin !== 'tool');
}

function spanOf(facts: readonly CandidateFact[]): string {
  const days = facts
    .map((fact) => fact.at?.slice(0, 10))
    .filter((day) => day !== undefined)
    .sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 'undated';
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

function inTime(a: CandidateFact, b: CandidateFact): number {
  return a.windowOrdinal - b.windowOrdinal || a.eventNumber - b.eventNumber;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
