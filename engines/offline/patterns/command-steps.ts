// Commands that are run one after the other in session after session: a procedure nobody wrote down.
import type { CandidateFact } from '../../../domain/fact.ts';
import { terms } from '../words.ts';
import { simpleCommands } from './command-lines.ts';
import { quoteOf } from './corrections.ts';
import type { Recurrence } from './mine-patterns.ts';

const fewestSessions = 3;
const longestChain = 5;
/** What a report leads to is begun within a few events. */
const soonAfter = 4;
/** Everyday steps of every task: that they follow each other tells nothing. */
const everyday = /^git\b|\b(?:test|tests|lint|typecheck|check|build|format|fmt|install|add|remove|ci|dev|start|status|diff|help|version)\b/;

export function commandSteps(facts: readonly CandidateFact[]): Recurrence[] {
  const runs = facts.filter((fact) => fact.signal === 'command');
  const bySession = new Map<string, { key: string; fact: CandidateFact }[]>();
  for (const fact of [...runs].sort((a, b) => a.windowOrdinal - b.windowOrdinal || a.eventNumber - b.eventNumber)) {
    const list = bySession.get(fact.sessionId) ?? [];
    for (const { key } of simpleCommands(quoteOf(fact)))
      if (!everyday.test(key) && key.includes(' ') && !list.some((step) => step.key === key)) list.push({ key, fact });
    bySession.set(fact.sessionId, list);
  }
  const sessions = [...bySession.keys()].sort();
  const seen = new Map<string, number>();
  for (const steps of bySession.values()) for (const { key } of steps) seen.set(key, (seen.get(key) ?? 0) + 1);
  const common = [...seen]
    .filter(([, count]) => count >= fewestSessions)
    .map(([key]) => key)
    .sort();
  const taken = new Set<string>();
  return common.flatMap((start) => {
    if (taken.has(start)) return [];
    const chain = chainFrom(
      start,
      common.filter((key) => !taken.has(key) && programOf(key) === programOf(start)),
      sessions.map((id) => bySession.get(id) as { key: string }[]),
    );
    if (chain.length < 2) return [];
    for (const key of chain) taken.add(key);
    const held = sessions.filter((id) => (bySession.get(id) as { key: string }[]).filter(({ key }) => chain.includes(key)).length >= 2);
    const steps = held.flatMap((id) =>
      (bySession.get(id) as { key: string; fact: CandidateFact }[]).filter(({ key }) => chain.includes(key)).map(({ fact }) => fact),
    );
    const word = occasion(held, steps, facts);
    const order = chain.map((key) => `\`${key}\``).join(', then ');
    return [
      {
        rule: word === null ? `One after the other: ${order}` : `When something is reported as "${word}": ${order}`,
        shown: 'done',
        facts: [...new Set(steps)],
      },
    ];
  });
}

function programOf(key: string): string {
  return key.split(' ').slice(0, 2).join(' ').replace(/:.*$/, '').split(' ')[0] ?? key;
}

/** Every command that keeps company with `start`, in the order in which most sessions run them. */
function chainFrom(start: string, common: readonly string[], sessions: readonly { key: string }[][]): string[] {
  const at = (steps: readonly { key: string }[], key: string): number => steps.findIndex((step) => step.key === key);
  const together = (a: string, b: string): number => sessions.filter((steps) => at(steps, a) >= 0 && at(steps, b) >= 0).length;
  const members = [start, ...common.filter((key) => key !== start && together(start, key) >= fewestSessions)].slice(0, longestChain);
  const before = (a: string, b: string): number =>
    sessions.filter((steps) => at(steps, a) >= 0 && at(steps, b) >= 0 && at(steps, a) < at(steps, b)).length;
  const wins = (key: string): number => members.filter((other) => other !== key && before(key, other) > before(other, key)).length;
  return [...members].sort((a, b) => wins(b) - wins(a) || (a < b ? -1 : 1));
}

/** A word of the user's reports that most of these sessions share. */
function occasion(sessions: readonly string[], steps: readonly CandidateFact[], facts: readonly CandidateFact[]): string | null {
  const counts = new Map<string, { spelt: string; sessions: Set<string> }>();
  for (const id of sessions) {
    const first = Math.min(...steps.filter((fact) => fact.sessionId === id).map((fact) => fact.eventNumber));
    for (const fact of facts) {
      if (
        fact.sessionId !== id ||
        fact.origin !== 'user' ||
        fact.signal !== 'failure' ||
        fact.eventNumber > first ||
        first - fact.eventNumber > soonAfter
      )
        continue;
      for (const word of quoteOf(fact).match(/\p{L}{4,}/gu) ?? []) {
        const [stem] = terms(word);
        if (stem === undefined || word.toLowerCase() !== word) continue;
        const entry = counts.get(stem) ?? { spelt: word, sessions: new Set<string>() };
        entry.sessions.add(id);
        counts.set(stem, entry);
      }
    }
  }
  const [best] = [...counts.values()]
    .filter((entry) => entry.sessions.size >= 2)
    .sort((a, b) => b.sessions.size - a.sessions.size || (a.spelt < b.spelt ? -1 : 1));
  return best?.spelt ?? null;
}
