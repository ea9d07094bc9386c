// Who may settle what: the order of two assertions about one slot.
import { kindOfThing } from '../known-things.ts';
import type { Statement } from './statement.ts';

/** Something that can be looked up: a version, a port, a path, a configured value. The latest direct observation settles it. */
export function canBeLookedUp(statement: Statement): boolean {
  if (statement.value === null) return false;
  switch (statement.value.kind) {
    case 'version':
    case 'number':
    case 'quantity':
    case 'path':
    case 'url':
    case 'identifier':
      return true;
    case 'code':
    case 'command':
      return false;
    default: {
      const kind = kindOfThing(statement.value.text);
      return kind !== '' && kind !== 'editor' && statement.value.figures.length > 0;
    }
  }
}

/** Higher settles lower. Between people each speaks with the same right, so an `agent` who tells of themselves counts as a user. */
export function rankOf(statement: Statement, lookedUp: boolean): number {
  const direct = lookedUp ? 3 : 0;
  switch (statement.origin) {
    case 'operator':
      return 4;
    case 'user':
      return 3;
    case 'memory':
      return Math.max(direct, 2);
    case 'agent':
      return speaksOfThemselves(statement) ? 3 : 1;
    case 'tool':
      return direct;
  }
}

function speaksOfThemselves(statement: Statement): boolean {
  const quote = statement.fact?.evidence[0]?.quote;
  return quote !== undefined && !/\bthe (?:user|team)\b/i.test(statement.text) && /\b(?:i|i['’]\w+|my|me|we|our|us)\b/i.test(quote);
}

/** Of "use A" and "don't use B" in one breath the first tells what holds. */
function negations(statement: Statement): number {
  return statement.polarity === 'negated' ? 1 : 0;
}

/** What a tool's output gives as a value is one that can be looked up, whatever it looks like. */
function areLookedUp(a: Statement, b: Statement): boolean {
  return a.origin === 'tool' || b.origin === 'tool' || (canBeLookedUp(a) && canBeLookedUp(b));
}

/** Sorts the assertion that stands to the front. */
export function byAuthority(a: Statement, b: Statement): number {
  const lookedUp = areLookedUp(a, b);
  return rankOf(b, lookedUp) - rankOf(a, lookedUp) || compareTimes(b, a) || negations(a) - negations(b);
}

/** Earlier first. A claim without a date is older than every session. */
export function compareTimes(a: Statement, b: Statement): number {
  if (a.at !== b.at) {
    if (a.at === null || b.at === null) {
      if (a.claim !== null && b.claim === null && a.at === null) return -1;
      if (b.claim !== null && a.claim === null && b.at === null) return 1;
      if (a.at === null && b.at === null) return 0;
      return a.at === null ? -1 : 1;
    }
    // A date without a time of day counts as the day's beginning.
    return compareText(a.at, b.at);
  }
  if (a.fact !== null && b.fact !== null && a.fact.sessionId === b.fact.sessionId) return a.order - b.order;
  if (a.fact !== null && b.fact !== null) return a.fact.windowOrdinal - b.fact.windowOrdinal || a.order - b.order;
  if (a.claim !== null && b.claim === null) return -1;
  if (b.claim !== null && a.claim === null) return 1;
  return 0;
}

/** Whether time or rank tells the two apart; if not, nothing settles which of them holds. */
export function isSettled(winner: Statement, loser: Statement): boolean {
  const lookedUp = areLookedUp(winner, loser);
  return rankOf(winner, lookedUp) > rankOf(loser, lookedUp) || compareTimes(winner, loser) > 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
