// Notes of whole sessions stand beside the facts: they take part in no contradiction, and one that the store holds is not written again.
import type { Claim } from '../../../domain/claim.ts';
import type { CandidateFact } from '../../../domain/fact.ts';
import { sessionNotesTopic } from '../../../domain/layout.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { similarity } from '../../../domain/similarity.ts';
import { isDropped, isRaised } from '../instructions.ts';
import { shortNote, wordBag } from '../word-bag.ts';
import { terms } from '../words.ts';
import type { Setting } from './setting.ts';
import { dayOf, quoted } from './wording.ts';

/** A note of the same day that shares so much is of the same session, before it went on. */
const sameSession = 0.6;

/** `claims` are the notes of the store that meet these facts, which are those of one day. */
export function settleNotes(facts: readonly CandidateFact[], claims: readonly Claim[], setting: Setting): Proposal[] {
  const said = new Set(claims.map((claim) => claim.text));
  const free = new Set(claims.filter((claim) => !claim.protected && !facts.some((fact) => fact.statement === claim.text)));
  return facts.map((fact): Proposal => {
    const { statement } = fact;
    const words = terms(statement);
    const topic = isDropped(setting.steering, words);
    const drop = (reasonCode: 'instructions' | 'duplicate', reason: string): Proposal => ({
      kind: 'drop',
      claimIds: [],
      factIds: [fact.id],
      reasonCode,
      reason,
    });
    if (topic !== null)
      return drop('instructions', `The instructions leave out ${quoted(topic.said)}, which ${quoted(statement)} is about.`);
    if (said.has(statement)) return drop('duplicate', `The store already holds the note ${quoted(statement)}.`);
    said.add(statement);
    const placement = {
      statement,
      topic: sessionNotesTopic,
      weight: (isRaised(setting.steering, words) ? 100 : 1) + oldestFirst(fact.at),
    };
    const former = [...free].find((claim) => similarity(wordBag(terms(claim.text)), wordBag(words), shortNote) >= sameSession);
    if (former === undefined)
      return {
        kind: 'add',
        claimIds: [],
        factIds: [fact.id],
        ...placement,
        reasonCode: 'new_fact',
        reason: `New: what the session of ${dayOf(fact.at)} brought forward; the store did not hold it.`,
      };
    free.delete(former);
    return {
      kind: 'supersede',
      claimIds: [former.id],
      factIds: [fact.id],
      ...placement,
      oldValue: former.text,
      newValue: statement,
      reasonCode: 'newer_value',
      reason: `The session of ${dayOf(fact.at)} went on after ${quoted(former.text)} was written.`,
    };
  });
}

/** Below one, and less the later it was: notes stand in the order of their sessions, as they do when each night adds some. */
function oldestFirst(at: string | null): number {
  return at === null ? 0 : 1 - Date.parse(at) / 86_400_000 / 100_000;
}
