// One and the same error in session after session, and the command that was run next each time: said as what to run first.
import type { CandidateFact } from '../../../domain/fact.ts';
import { simpleCommands } from './command-lines.ts';
import type { SimpleCommand } from './command-lines.ts';
import { quoteOf } from './corrections.ts';
import type { Recurrence } from './mine-patterns.ts';

/** Two sessions may meet the same error by chance. */
const fewestSessions = 3;
/** What helps is run within a few events of the failure. */
const remedyWithin = 6;
/** "ECONNREFUSED 127.0.0.1:5433", "error TS2339", "SQLSTATE 42P01": codes tell equal failures, the words beside them vary. */
const errorCode = /\bE[A-Z]{4,}(?:_[A-Z0-9_]+)?\b(?:[ :]+[\w.-]+:\d{2,5}\b)?|\b[A-Z]{1,8}[ _-]?\d{3,5}[A-Z]?\b/;

interface Run {
  fact: CandidateFact;
  commands: SimpleCommand[];
}

export function recurringFailures(facts: readonly CandidateFact[]): Recurrence[] {
  const byCode = new Map<string, CandidateFact[]>();
  for (const fact of facts) {
    const code = fact.signal === 'failure' && fact.origin === 'tool' ? errorCode.exec(quoteOf(fact))?.[0] : undefined;
    if (code !== undefined) add(byCode, code, fact);
  }
  const runs = new Map<string, Run[]>();
  for (const fact of facts) if (fact.signal === 'command') add(runs, fact.sessionId, { fact, commands: simpleCommands(quoteOf(fact)) });
  return [...byCode.keys()].sort().flatMap((code) => recurrenceOf(code, byCode.get(code) as CandidateFact[], runs, facts));
}

function recurrenceOf(
  code: string,
  failures: readonly CandidateFact[],
  runs: ReadonlyMap<string, readonly Run[]>,
  facts: readonly CandidateFact[],
): Recurrence[] {
  if (sessionsOf(failures).size < fewestSessions) return [];
  const failing = new Map<string, Set<string>>();
  const curing = new Map<string, CandidateFact[]>();
  const typed = new Map<string, string[]>();
  for (const failure of failures) {
    const same = runs.get(failure.sessionId) ?? [];
    const before = same.filter(({ fact }) => fact.eventNumber < failure.eventNumber).at(-1);
    const failed = new Set(before?.commands.map(({ key }) => key) ?? []);
    for (const key of failed) failing.set(key, (failing.get(key) ?? new Set()).add(failure.sessionId));
    for (const { fact, commands } of same) {
      const distance = fact.eventNumber - failure.eventNumber;
      if (distance <= 0 || distance > remedyWithin) continue;
      for (const { key, text } of commands) {
        if (failed.has(key)) continue;
        add(curing, key, fact);
        add(typed, key, text);
      }
    }
  }
  const [cure] = [...curing]
    .filter(
      ([key, cures]) =>
        sessionsOf(cures).size >= fewestSessions && !/^git\b/.test(key) && (failing.get(key)?.size ?? 0) < sessionsOf(cures).size,
    )
    .sort((a, b) => sessionsOf(b[1]).size - sessionsOf(a[1]).size || (a[0] < b[0] ? -1 : 1));
  if (cure === undefined) return [];
  const command = mostTyped(typed.get(cure[0]) as string[]);
  const [victim] = [...failing]
    .filter(([, sessions]) => sessions.size >= 2)
    .sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1));
  const said = saidOf(cure[0], facts);
  const fails = `${victim === undefined ? 'the next command' : `\`${victim[0]}\``} fails with "${messageOf(code, failures)}"`;
  const rule =
    said === null
      ? `${victim === undefined ? 'Run' : `Before \`${victim[0]}\` run`} \`${command}\`: without it ${fails}`
      : `${said.statement.replace(/[.!]+$/, '')}: without it ${fails}`;
  return [{ rule, shown: 'seen', facts: [...(said === null ? [] : [said]), ...cure[1], ...failures] }];
}

/** In place: copying the list for each item would be quadratic where one error fills the logs. */
function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** The user's own words on when to run it. */
function saidOf(key: string, facts: readonly CandidateFact[]): CandidateFact | null {
  return (
    facts.find(
      (fact) =>
        fact.origin === 'user' &&
        fact.force === 'asserted' &&
        fact.statement.length <= 160 &&
        fact.statement.includes(`\`${key}\``) &&
        /\b(?:after|before|when|whenever|once|each time|every time|first)\b/i.test(fact.statement) &&
        /^(?:always |please )?run\b/i.test(fact.statement),
    ) ?? null
  );
}

/** The code with the words of the message that all of them share. */
function messageOf(code: string, failures: readonly CandidateFact[]): string {
  const tails = failures.map((fact) =>
    wordsOf(quoteOf(fact).slice(quoteOf(fact).indexOf(code) + code.length, quoteOf(fact).indexOf(code) + code.length + 120)),
  );
  const [first, ...others] = tails;
  const shared: string[] = [];
  for (const word of first ?? []) {
    const common = others.every((tail) => tail.includes(word));
    if (common) shared.push(word);
    else if (shared.length > 0 && shared.at(-1) !== '…') shared.push('…');
  }
  while (shared.at(-1) === '…') shared.pop();
  return [code, ...shared]
    .join(' ')
    .replace(/"/g, "'")
    .replace(/[.:,]+$/, '');
}

function wordsOf(text: string): string[] {
  return text
    .replace(/^\W+/, '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 12);
}

function mostTyped(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1));
  return best?.[0] ?? '';
}

function sessionsOf(facts: readonly CandidateFact[]): Set<string> {
  return new Set(facts.map((fact) => fact.sessionId));
}
