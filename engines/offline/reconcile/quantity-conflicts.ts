// Two lines of a store that give one thing two amounts of one unit: the sessions settle which holds, or both stay with an open question.
import { concept } from '../concepts.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { topicOf } from '../topic.ts';
import { terms } from '../words.ts';
import { compareTimes } from './authority.ts';
import type { Statement } from './statement.ts';
import { quoted, sourceOf } from './wording.ts';

export interface Settled {
  proposals: Proposal[];
  taken: Set<Statement>;
}

interface Amount {
  by: Statement;
  figure: string;
  unit: string;
  said: string;
  words: string[];
}

/** Percentages and milliseconds are measured anew each time; they are no setting that only one line can have right. */
const amount =
  /(?<![\p{L}\d.,-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(hours?|hrs?|h|days?|d|weeks?|months?|years?|minutes?|mins?|min|seconds?|secs?|eur|euros?|usd|dollars?|gbp|chf|kb|mb|gb|tb)(?![\p{L}\d])/giu;
const units: Record<string, string> = { hour: 'h', hr: 'h', d: 'day', minute: 'min', second: 's', sec: 's', euro: 'eur', dollar: 'usd' };
const fewestShared = 2;

export function settleAmounts(statements: readonly Statement[], openEntries: readonly string[]): Settled {
  const amounts = statements.flatMap((by) => amountOf(by) ?? []);
  const held = amounts.filter(({ by }) => by.claim !== null && !by.claim.protected);
  const proposals: Proposal[] = [];
  const taken = new Set<Statement>();
  for (const [index, a] of held.entries()) {
    const b = held.slice(index + 1).find((other) => !taken.has(other.by) && contradict(a, other));
    if (b === undefined || taken.has(a.by)) continue;
    const facts = amounts
      .filter(
        ({ by, unit, words }) =>
          by.fact !== null &&
          by.durability !== 'momentary' &&
          by.durability !== 'episode' &&
          by.polarity === 'affirmed' &&
          !by.revokes &&
          unit === a.unit &&
          words[0] !== undefined &&
          (words[0] === a.words[0] || shared(words, a.words) >= fewestShared),
      )
      .sort((x, y) => compareTimes(y.by, x.by));
    const told = facts.find(({ figure }) => figure === a.figure || figure === b.figure);
    // Where no session says which, the note with the later date of its own does.
    const newest = told ?? laterNoted(a, b);
    for (const one of [a, b]) taken.add(one.by);
    if (newest === null) {
      if (openEntries.some((text) => text.includes(`"${a.said}"`) && text.includes(`"${b.said}"`))) continue;
      const sides = [a, b].map(({ by, said }) => `"${said}" (${sourceOf(by)}: ${quoted(by.text)})`);
      const statement = `Open: is it ${sides.join(' or ')}? The user's word, or a look at the present setting, would settle it.`;
      proposals.push({
        kind: 'open_conflict',
        claimIds: [a.by.id, b.by.id],
        factIds: [],
        statement,
        topic: topicOf(a.by.text, null),
        weight: 3,
        reasonCode: 'unsettled',
        reason: `${quoted(a.by.text)} and ${quoted(b.by.text)} contradict each other, and neither date nor speaker settles it.`,
      });
      continue;
    }
    const [stays, goes] = newest.figure === a.figure ? [a, b] : [b, a];
    const same = facts.filter(({ figure }) => figure === stays.figure);
    for (const fact of same) taken.add(fact.by);
    proposals.push({
      kind: 'supersede',
      claimIds: [stays.by.id, goes.by.id],
      factIds: same.map(({ by }) => by.id),
      statement: stays.by.text,
      topic: topicOf(stays.by.text, null),
      weight: 3,
      oldValue: goes.said,
      newValue: stays.said,
      reasonCode: 'newer_value',
      reason: `The store held "${goes.said}" and "${stays.said}"; "${stays.said}" holds (${sourceOf(newest.by)}: ${quoted(newest.by.text)}).`,
    });
  }
  for (const { by, figure, unit, words } of held) {
    const told = taken.has(by)
      ? []
      : amounts.filter(
          (one) =>
            one.by.fact !== null &&
            !taken.has(one.by) &&
            one.by.durability !== 'momentary' &&
            one.by.durability !== 'episode' &&
            one.by.polarity === by.polarity &&
            !one.by.revokes &&
            one.figure === figure &&
            one.unit === unit &&
            one.words[0] === words[0] &&
            one.words.length <= words.length,
        );
    if (told.length === 0) continue;
    for (const one of [by, ...told.map((fact) => fact.by)]) taken.add(one);
    proposals.push({
      kind: 'merge',
      claimIds: [by.id],
      factIds: told.map((fact) => fact.by.id),
      statement: by.text,
      topic: topicOf(by.text, null),
      weight: 3,
      reasonCode: 'duplicate',
      reason: `The memory already says ${quoted(by.text)}; ${sourceOf((told[0] as Amount).by)}: ${quoted((told[0] as Amount).by.text)}.`,
    });
  }
  return { proposals, taken };
}

/** null unless both lines carry a date and the dates differ. */
function laterNoted(a: Amount, b: Amount): Amount | null {
  if (a.by.at === null || b.by.at === null || a.by.at === b.by.at) return null;
  return a.by.at > b.by.at ? a : b;
}

/** null unless it gives exactly one amount. */
function amountOf(by: Statement): Amount | null {
  if (by.text.length > 200 || by.claim?.kind === 'code' || by.claim?.kind === 'row') return null;
  const found = [...by.text.matchAll(amount)];
  const [match] = found;
  if (match === undefined || found.length > 1) return null;
  const raw = (match[2] ?? '').toLowerCase();
  const bare = raw.length > 2 ? raw.replace(/s$/, '') : raw;
  const words = terms(by.text.replace(match[0], ' ')).map(concept);
  return { by, figure: (match[1] ?? '').replaceAll(',', ''), unit: units[bare] ?? bare, said: match[0], words };
}

/** One subject, most of the shorter line's words in common with the longer, two amounts. */
function contradict(a: Amount, b: Amount): boolean {
  return (
    a.unit === b.unit &&
    a.figure !== b.figure &&
    a.words[0] === b.words[0] &&
    a.by.polarity === b.by.polarity &&
    shared(a.words, b.words) >= Math.max(fewestShared, Math.min(a.words.length, b.words.length) * 0.3)
  );
}

function shared(a: readonly string[], b: readonly string[]): number {
  return new Set(a.filter((word) => b.includes(word))).size;
}
