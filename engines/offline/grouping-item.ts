// What the grouping sees of a claim or a fact: its words, families of words made one, its slot, and what kind of thing it names.
import type { Claim } from '../../domain/claim.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import type { GroupingItem } from '../../domain/grouping.ts';
import { isSessionNote, keyOfNote } from './note-line.ts';
import { markKeys } from './reconcile/same-marks.ts';
import { slotKeys } from './reconcile/slot-keys.ts';
import { properties } from './reconcile/slot-words.ts';
import { statementOfClaim, statementOfFact } from './reconcile/statement.ts';
import type { Statement } from './reconcile/statement.ts';

export function claimItem(claim: Claim): GroupingItem {
  if (isSessionNote(claim.text)) return { id: claim.id, kind: 'claim', terms: [], key: keyOfNote(claim.text) };
  return { id: claim.id, kind: 'claim', ...wordsAndKey(statementOfClaim(claim)) };
}

export function factItem(fact: CandidateFact): GroupingItem {
  // What holds for one task only changes nothing, so it need not meet anything; its everyday words would only glue groups together.
  if (fact.durability === 'momentary' && fact.force === 'asserted') return { id: fact.id, kind: 'fact', terms: [], key: '' };
  if (fact.signal === 'progress') return { id: fact.id, kind: 'fact', terms: [], key: keyOfNote(fact.statement) };
  return { id: fact.id, kind: 'fact', ...wordsAndKey(statementOfFact(fact)) };
}

/** Marks with a colon stand for what is said without words: the property that a value is of, the kind of thing that it is. */
function wordsAndKey(statement: Statement): Pick<GroupingItem, 'terms' | 'key' | 'slots'> {
  const words = new Set(statement.terms);
  if (statement.kind !== '') words.add(`kind:${statement.kind}`);
  for (const thing of statement.things) words.add(`kind:${thing.kind}`);
  for (const term of statement.slotTerms) if (properties.has(term)) words.add(`of:${term}`);
  const { subject, attribute } = statement;
  return {
    terms: [...words],
    key: statement.value !== null && subject !== '' && attribute !== '' ? `${subject} | ${attribute}` : '',
    slots: [...slotKeys(statement), ...markKeys(statement)],
  };
}
