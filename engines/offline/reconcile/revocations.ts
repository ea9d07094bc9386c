// "We no longer do X": takes earlier statements back without a new value in their place.
import type { Proposal } from '../../../domain/proposal.ts';
import { isIdentifier } from '../words.ts';
import { compareTimes, rankOf } from './authority.ts';
import type { Aside } from './set-aside.ts';
import type { Statement } from './statement.ts';
import { compareValues } from './values.ts';
import { dayOf, quoted, quotedAsSaid, sourceOf } from './wording.ts';

export function applyRevocations(statements: readonly Statement[]): Aside {
  const revocations = statements.filter(
    (statement) =>
      statement.fact !== null &&
      statement.revokes &&
      !hasNewValue(statement) &&
      rankOf(statement, false) >= 3 &&
      statement.durability !== 'momentary',
  );
  const goneBy = new Map<Statement, Statement>();
  for (const revocation of revocations) {
    for (const target of statements) {
      if (target === revocation || target.revokes || goneBy.has(target) || target.claim?.protected === true) continue;
      if (takesBack(revocation, target) && compareTimes(revocation, target) > 0) goneBy.set(target, revocation);
    }
  }
  const proposals: Proposal[] = [];
  for (const revocation of revocations) {
    const targets = statements.filter((target) => goneBy.get(target) === revocation);
    const claims = targets.filter((target) => target.claim !== null);
    const facts = targets.filter((target) => target.fact !== null);
    for (const claim of claims) {
      proposals.push({
        kind: 'retire',
        claimIds: [claim.id],
        factIds: [revocation.id],
        reasonCode: 'revoked',
        reason: `${quoted(claim.text)} was taken back: ${quotedAsSaid(revocation)} (${sourceOf(revocation)}).`,
      });
    }
    if (facts.length > 0) {
      proposals.push({
        kind: 'drop',
        claimIds: [],
        factIds: facts.map((fact) => fact.id),
        reasonCode: 'revoked',
        reason: `Taken back later: ${quotedAsSaid(revocation)} (${sourceOf(revocation)}).`,
      });
    }
    if (claims.length === 0) {
      proposals.push({
        kind: 'drop',
        claimIds: [],
        factIds: [revocation.id],
        reasonCode: 'revoked',
        reason: `${quotedAsSaid(revocation)} (${dayOf(revocation.at)}) takes back something that the store does not hold.`,
      });
    }
  }
  const spoken = new Set(revocations);
  return {
    left: statements.filter((statement) => !goneBy.has(statement) && !spoken.has(statement) && !isIdleRevocation(statement, spoken)),
    proposals: [...proposals, ...idle(statements, spoken)],
  };
}

function isIdleRevocation(statement: Statement, spoken: Set<Statement>): boolean {
  return statement.fact !== null && statement.revokes && !hasNewValue(statement) && !spoken.has(statement);
}

/** Taken back by somebody who may not: noted, without effect. */
function idle(statements: readonly Statement[], spoken: Set<Statement>): Proposal[] {
  return statements
    .filter((statement) => isIdleRevocation(statement, spoken))
    .map((statement) => ({
      kind: 'drop',
      claimIds: [],
      factIds: [statement.id],
      reasonCode: 'unsupported',
      reason: `${quotedAsSaid(statement)} (${sourceOf(statement)}) takes something back without the standing to do so.`,
    }));
}

/** It names what stands instead, so it takes part as an assertion. */
function hasNewValue(revocation: Statement): boolean {
  return revocation.value !== null && revocation.oldValue !== null && compareValues(revocation.value, revocation.oldValue) !== 'same';
}

/** By the identifier that it names, else by most of its words. */
function takesBack(revocation: Statement, target: Statement): boolean {
  const marks = revocation.terms.filter((term) => isIdentifier(term) && /\p{L}/u.test(term) && term.length >= 4);
  if (marks.length > 0) return marks.some((mark) => target.terms.includes(mark));
  const words = revocation.terms.filter((term) => !tellsOfEnding.has(term) && term.length > 1);
  if (words.length === 0) return false;
  const held = words.filter((term) => target.terms.includes(term)).length;
  const heldOfTarget = target.terms.filter((term) => words.includes(term)).length;
  return (
    (held >= 2 && held / words.length >= 0.6) ||
    (target.terms.length > 0 && heldOfTarget >= 2 && heldOfTarget / target.terms.length >= 0.75)
  );
}

const tellsOfEnding = new Set(
  'stop remov delet drop retir decommiss scrap kill gone taken rip phase abolish cancel lift sunset turn switch appli exist hold matter count obsolet histori dead void outdat forget disregard ignor need longer anymor ani purg mention remain user team check use rule good longer don you requir necessari thing stuff alway never befor after everi anymor okai simpli'.split(
    ' ',
  ),
);
