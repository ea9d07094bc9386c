// A command, width, file or name that the user brings up in session after session, while working, without ever stating it as a rule.
import type { CandidateFact } from '../../../domain/fact.ts';
import { resolveDates } from '../dates.ts';
import { hardValues } from '../value.ts';
import { isIdentifier, terms } from '../words.ts';
import { quoteOf } from './corrections.ts';
import type { Recurrence } from './mine-patterns.ts';

/** Two sessions may share a name by chance; a habit shows in more, however few the dream asks for. */
const fewest = 3;
/** A name in most sessions is what the project is about, not a habit. */
const mostShare = 0.6;

export function repeatedMarks(facts: readonly CandidateFact[], minSessions: number): Recurrence[] {
  const sessions = new Set(facts.map((fact) => fact.sessionId)).size;
  const byMark = new Map<string, CandidateFact[]>();
  for (const fact of facts) {
    if (fact.origin !== 'user' || !isAside(fact)) continue;
    for (const mark of marksOf(quoteOf(fact))) {
      const held = byMark.get(mark);
      if (held === undefined) byMark.set(mark, [fact]);
      else held.push(fact);
    }
  }
  return [...byMark.keys()]
    .sort()
    .map((mark) => ({ mark, facts: byMark.get(mark) as CandidateFact[] }))
    .filter(({ facts: held }) => {
      const seen = new Set(held.map((fact) => fact.sessionId)).size;
      return seen >= Math.max(fewest, minSessions) && seen <= Math.max(fewest, sessions * mostShare) && sayings(held) >= 2;
    })
    .sort((a, b) => b.facts.length - a.facts.length || (a.mark < b.mark ? -1 : 1))
    .map(({ mark, facts: held }) => ({ rule: ruleOf(mark, held), shown: 'the user brought it up', facts: held }));
}

/** Said while working, not as a statement of a value that enters the memory by itself. */
function isAside(fact: CandidateFact): boolean {
  const states =
    fact.signal === undefined &&
    fact.value !== null &&
    fact.attribute !== '' &&
    (fact.durability === 'current' || fact.durability === 'standing');
  return fact.force === 'asserted' && !states && quoteOf(fact).length <= 200;
}

/** Code spans whole; numbers and names with digits or punctuation. */
function marksOf(quote: string): string[] {
  const marks = new Set<string>();
  const spans = [...quote.matchAll(/`([^`\n]{2,60})`/g)].map((match) => match[1] as string);
  for (const span of spans) marks.add(`\`${span}\``);
  const plain = quote.replace(/`[^`]*`/g, ' ');
  for (const value of hardValues(plain)) {
    for (const term of terms(value.text)) {
      if (
        isIdentifier(term) &&
        /^(?:\d{3,}|[\p{L}./_-]*[\d_./-][\p{L}\d./_-]+)$/u.test(term) &&
        !/^\d{4}-\d{2}/.test(term) &&
        !/^(?:19|20)\d{2}$/.test(term) &&
        !/^\d{1,2}\D*$/.test(term)
      )
        marks.add(term);
    }
  }
  return [...marks];
}

/** One sentence repeated word for word is a template or a paste; a habit is said in several ways. */
function sayings(facts: readonly CandidateFact[]): number {
  return new Set(facts.map((fact) => terms(quoteOf(fact)).join(' '))).size;
}

function ruleOf(mark: string, facts: readonly CandidateFact[]): string {
  const ranked = [...facts].sort((a, b) => fullness(b) - fullness(a));
  const said = [
    ...new Set(
      ranked.map((fact) =>
        // "Since yesterday" stands in the store long after.
        resolveDates(quoteOf(fact), fact.at)
          .text.replace(/\s+/g, ' ')
          .replace(/[.!?]+$/, '')
          .trim(),
      ),
    ),
  ].slice(0, 2);
  const name = mark.startsWith('`') ? mark : `"${mark}"`;
  return `The user comes back to ${name}: ${said.map((text) => `"${text.replace(/"/g, "'")}"`).join(', ')}`;
}

/** A saying that explains itself: not too short, not a ramble. */
function fullness(fact: CandidateFact): number {
  const length = terms(quoteOf(fact)).length;
  return length > 12 ? 12 - length : length;
}
