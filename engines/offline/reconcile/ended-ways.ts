// "No more X, since May it is Y" and "A are never V": lines that tell the former way fall to the user's sentence.
import type { Proposal } from '../../../domain/proposal.ts';
import { topicOf } from '../topic.ts';
import { sentences, terms } from '../words.ts';
import { compareTimes } from './authority.ts';
import type { Settled } from './quantity-conflicts.ts';
import type { Statement } from './statement.ts';
import { quoted, sourceOf } from './wording.ts';

const noMore = /^no more `?([a-z][\w-]*(?: [\w./-]+){0,3}?)`?(?= (?:from|on|by|in|for|at|to)\b|[,;:.]|$)/i;
const never = /^(?:the |all )?([\p{L}-]+) (?:is|are|were|was|get|gets) (?:never|not) (?:[\p{L}-]+ly )?([\p{L}-]+)/iu;
const plainly = /^(?:the |all )?([\p{L}-]+) (?:is|are|get|gets) (?:always |only )?([\p{L}-]+)/iu;

export function settleEndedWays(statements: readonly Statement[]): Settled {
  const taken = new Set<Statement>();
  const proposals: Proposal[] = [];
  const claims = statements.filter(({ claim }) => claim !== null && !claim.protected && claim.kind !== 'code');
  const facts = statements.filter(
    (one) =>
      one.fact !== null &&
      one.origin === 'user' &&
      !one.frame.hypothetical &&
      !one.frame.question &&
      !one.frame.temporary &&
      (one.durability === 'standing' || one.durability === 'current'),
  );
  for (const fact of facts) {
    const fallen = claims.filter(
      (claim) =>
        !taken.has(claim) &&
        compareTimes(fact, claim) > 0 &&
        claim.text !== fact.text &&
        (tellsFormerWay(fact.text, claim.text) || isDenied(fact.text, claim.text)),
    );
    const [first] = fallen;
    if (first === undefined) continue;
    for (const one of [fact, ...fallen]) taken.add(one);
    const kept = fallen.flatMap((claim) => restOf(fact.text, claim.text));
    const statement = [fact.text, ...new Set(kept)].join(' ');
    proposals.push({
      kind: 'supersede',
      claimIds: fallen.map(({ id }) => id),
      factIds: [fact.id],
      statement,
      topic: topicOf(statement, null),
      weight: 3,
      oldValue: first.text,
      newValue: fact.text,
      reasonCode: 'correction',
      reason: `${fallen.map(({ text }) => quoted(text)).join(', ')} no longer ${fallen.length === 1 ? 'holds' : 'hold'}: ${quoted(fact.text)} (${sourceOf(fact)}).`,
    });
  }
  return { proposals, taken };
}

/** The former command in a code span; a label of the same name tells the same way in another command. */
function tellsFormerWay(fact: string, claim: string): boolean {
  const former = noMore.exec(fact)?.[1]?.toLowerCase();
  if (former === undefined || !former.includes(' ')) return false;
  const spans = [...claim.matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? '').toLowerCase());
  if (spans.some((span) => span === former || span.startsWith(`${former} `))) return true;
  const label = /^[*_]*([\p{L}]+)[*_]*\s*:/u.exec(claim)?.[1]?.toLowerCase();
  return label !== undefined && spans.length > 0 && former.split(' ').includes(label);
}

/** "Drafts are never mailed" denies "Drafts are auto-mailed at night". */
function isDenied(fact: string, claim: string): boolean {
  const denied = never.exec(fact);
  const told = plainly.exec(claim);
  if (denied === null || told === null || /^(?:never|not)$/i.test(told[2] ?? '')) return false;
  const [predicate] = terms(denied[2] ?? '');
  return (
    predicate !== undefined &&
    terms(denied[1] ?? '').join(' ') === terms(told[1] ?? '').join(' ') &&
    terms(told[2] ?? '').includes(predicate)
  );
}

/** Sentences of the line that tell something else. */
function restOf(fact: string, claim: string): string[] {
  if (noMore.test(fact))
    return sentences(claim)
      .slice(1)
      .map(({ start, end }) => claim.slice(start, end))
      .filter((text) => !tellsFormerWay(fact, text));
  return [];
}
