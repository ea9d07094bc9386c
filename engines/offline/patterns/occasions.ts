// A step that the user asks for at the same kind of moment: one command, run in session after session right after the user spoke of the
// same thing.
import type { CandidateFact } from '../../../domain/fact.ts';
import { simpleCommands } from './command-lines.ts';
import { quoteOf } from './corrections.ts';
import type { Recurrence } from './mine-patterns.ts';
import { tokensOf } from './tokens.ts';
import { wordingsOf } from './wordings.ts';

const fewestSessions = 3;
const mostShare = 0.5;
/** The user's request stands within so many events before the command. */
const soonAfter = 3;
/** Of the sessions in which the user speaks of it, so many run the command. */
const specific = 0.6;
const longestShown = 160;

export function occasionPatterns(facts: readonly CandidateFact[], sessions: number): Recurrence[] {
  const runs = new Map<string, CandidateFact[]>();
  for (const fact of facts) {
    if (fact.signal !== 'command') continue;
    for (const key of new Set(simpleCommands(quoteOf(fact)).map((command) => command.key))) runs.set(key, [...(runs.get(key) ?? []), fact]);
  }
  const keys = [...runs.keys()].filter((key) => {
    const seen = new Set((runs.get(key) ?? []).map(({ sessionId }) => sessionId)).size;
    return seen >= fewestSessions && seen <= Math.max(fewestSessions + 1, sessions * mostShare);
  });
  if (keys.length === 0) return [];
  const spoken = new Map<string, CandidateFact[]>();
  const saidIn = new Map<string, Set<string>>();
  for (const fact of facts)
    if (fact.origin === 'user') {
      spoken.set(fact.sessionId, [...(spoken.get(fact.sessionId) ?? []), fact]);
      for (const token of tokensOf(fact)) saidIn.set(token, (saidIn.get(token) ?? new Set()).add(fact.sessionId));
    }
  return keys.sort().flatMap((key) => occasionOf(key, runs.get(key) ?? [], spoken, saidIn));
}

interface Request {
  run: CandidateFact;
  asked: CandidateFact[];
}

function occasionOf(
  key: string,
  runs: readonly CandidateFact[],
  spoken: ReadonlyMap<string, CandidateFact[]>,
  saidIn: ReadonlyMap<string, Set<string>>,
): Recurrence[] {
  const requests = runs.map((run): Request => {
    const asked = (spoken.get(run.sessionId) ?? []).filter(
      ({ eventNumber }) => eventNumber <= run.eventNumber && run.eventNumber - eventNumber <= soonAfter,
    );
    return { run, asked };
  });
  const held = new Set(requests.filter(({ asked }) => asked.length > 0).map(({ run }) => run.sessionId));
  if (held.size < fewestSessions) return [];
  const shared = new Map<string, Set<string>>();
  for (const { run, asked } of requests)
    for (const fact of asked) for (const token of tokensOf(fact)) shared.set(token, (shared.get(token) ?? new Set()).add(run.sessionId));
  const [occasion] = [...shared]
    .filter(
      ([token, ids]) => ids.size >= Math.max(fewestSessions, 0.7 * held.size) && ids.size >= specific * (saidIn.get(token)?.size ?? 0),
    )
    .sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1));
  if (occasion === undefined) return [];
  // Of each session the request itself: the longest of what was said of it.
  const asked = [...held].flatMap((id) => {
    const said = requests
      .filter(({ run }) => run.sessionId === id)
      .flatMap((one) => one.asked.filter((fact) => tokensOf(fact).has(occasion[0])));
    return [...said].sort((a, b) => quoteOf(b).length - quoteOf(a).length || a.eventNumber - b.eventNumber).slice(0, 1);
  });
  if (wordingsOf(asked.map(quoteOf)) < fewestSessions) return [];
  const [clearest] = [...asked].sort((a, b) => shownLength(b) - shownLength(a) || (quoteOf(a) < quoteOf(b) ? -1 : 1));
  const said = clearest === undefined ? '' : `: "${quoteOf(clearest).replace(/\s+/g, ' ').replace(/"/g, "'").slice(0, longestShown)}"`;
  return [
    {
      rule: `At the same kind of moment ("${occasion[0]}") the user has \`${key}\` run${said}`,
      shown: 'asked for',
      facts: asked,
      quotes: true,
    },
  ];
}

function shownLength(fact: CandidateFact): number {
  return Math.min(longestShown, quoteOf(fact).length);
}
