// The same failure with the same cause in several sessions, with what helped.
import type { CandidateFact } from '../../../domain/fact.ts';
import { quoteOf } from './corrections.ts';
import { failureKinds } from './failures.ts';
import type { Recurrence } from './mine-patterns.ts';

/** A remedy is told soon after the trouble. */
const remedyWithin = 4;
/** Two sessions may meet trouble of one kind by chance. */
const fewestSessions = 3;

export function failurePatterns(facts: readonly CandidateFact[]): Recurrence[] {
  return [...knownTroubles(facts), ...flakyTests(facts)];
}

function knownTroubles(facts: readonly CandidateFact[]): Recurrence[] {
  return failureKinds.flatMap((kind) => {
    const shown = facts.filter((fact) => isTrouble(fact) && kind.shows.test(quoteOf(fact)));
    if (new Set(shown.map((fact) => fact.sessionId)).size < fewestSessions) return [];
    const remedies = facts.filter(
      (fact) => fact.origin !== 'tool' && kind.remedy.test(quoteOf(fact)) && shown.some((trouble) => isSoonAfter(fact, trouble)),
    );
    const code = remedies.map((fact) => /`[^`\n]{3,60}`/.exec(quoteOf(fact))?.[0]).find((span) => span !== undefined);
    return [
      {
        rule: `${kind.trouble} again and again: ${kind.advice}${code === undefined ? '' : ` (${code} helped)`}`,
        shown: 'seen',
        facts: [...remedies, ...shown],
      },
    ];
  });
}

function isTrouble(fact: CandidateFact): boolean {
  return (
    fact.signal === 'failure' ||
    fact.signal === 'remedy' ||
    fact.durability === 'episode' ||
    fact.durability === 'momentary' ||
    fact.durability === 'current'
  );
}

function isSoonAfter(fact: CandidateFact, trouble: CandidateFact): boolean {
  const distance = fact.eventNumber - trouble.eventNumber;
  return fact.sessionId === trouble.sessionId && distance >= 0 && distance <= remedyWithin;
}

const testName =
  /(?<![\p{L}\d])(?:\p{Lu}[\p{L}\d]*(?:Test|Tests|Spec|IT)|[Tt]est_?[\p{L}\d_]{4,}|[\p{L}\d_./-]{3,60}[._-](?:test|spec)\.\p{L}{2,4}|[\p{L}\d_]{4,60}_test)(?![\p{L}\d])/gu;
const red = /\b(?:fail\w*|red|assert\w*|timed? ?out|expected|flak\w+|broke\w*|error)\b/i;
const green = /\b(?:pass\w*|green|ok|re-?ran|re-?run\w*|again|second run|retr\w+|goes through|flak\w+|restart\w*|merge)\b/i;

/** A test that fails in one run and passes in the next, in several sessions. */
function flakyTests(facts: readonly CandidateFact[]): Recurrence[] {
  const byTest = new Map<string, CandidateFact[]>();
  for (const fact of facts) {
    for (const name of new Set([...quoteOf(fact).matchAll(testName)].map((match) => match[0])))
      byTest.set(name, [...(byTest.get(name) ?? []), fact]);
  }
  return [...byTest.keys()].sort().flatMap((name) => {
    const named = byTest.get(name) as CandidateFact[];
    const failed = named.filter((fact) => red.test(quoteOf(fact)));
    const recovered = facts.filter((fact) => green.test(quoteOf(fact)) && failed.some((failure) => isSoonAfter(fact, failure)));
    if (failed.length === 0 || recovered.length === 0) return [];
    return [{ rule: `${name} is flaky: it fails at times and passes when run again`, shown: 'seen', facts: [...recovered, ...failed] }];
  });
}
