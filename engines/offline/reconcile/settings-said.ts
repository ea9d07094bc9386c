// Settings that a line gives in passing, with where the value stands: a product's version, a port, the region, a package manager, who reviews what.
import { kindOfThing } from '../known-things.ts';
import { concept } from '../concepts.ts';
import { terms } from '../words.ts';
import { responsibilityIn } from './responsibility.ts';

export interface SaidSetting {
  /** What it is a setting of: equal for equal slots. */
  slot: string;
  value: string;
  start: number;
  end: number;
  /** Words that narrow the slot; two settings concern each other when they share one. Empty: no such words. */
  about: string[];
  environments: string[];
}

const productVersion =
  /(?<![\p{L}\d_/.`-])(\p{L}[\p{L}.+#]{1,14}?)(?:\s+(?:is|on|at|to|in|runs?|version|v|db|and|for|staging|prod|production|dev|local)|\s*[:=,]){0,8}\s*[ v:=@-]v?(\d{1,3}(?:\.\d{1,3}){0,2})(?![\p{L}\d:/%-]|\.\d|\s*(?:eur|usd|ms|jobs?|days?|hours?|min|h)\b)/giu;
const versioned = new Set(['database', 'runtime', 'language', 'framework', 'cache', 'queue', 'operating system', 'test runner']);
/** Names of one product. */
const sameProduct: Record<string, string> = { postgresql: 'postgres', nodejs: 'node', 'node.js': 'node', mongo: 'mongodb', golang: 'go' };
const region =
  /\b[Rr]egions?(?:\s+(?:is|are|now|=)|\s*[:=])?\s+(?:is |now |to )?[`"]?([a-z]{3}(?![a-z])|[a-z]{2}(?:-[a-z]+)+-?\d[a-z]?)\b/g;
const notRegions = new Set(
  'for and the has was are not its our all now but you who can may set one two yet per new old off out'.split(' '),
);
const manager =
  /\bpackage manager(?:\s+(?:is|=)|\s*[:=])?\s+(?:is |now )?[`"]?(npm|pnpm|yarn|bun)\b|\b(?:is|are|['’]re|moved|switched|went) (?:on|to|over to) (npm|pnpm|yarn)\b|\b(?:use|uses|using) (npm|pnpm|yarn)(?! workspaces)\b/gi;
const port =
  /(?:(?<![\d.])(?::|\bports?\b(?:\s+(?:is|now|=)|\s*[:=])?\s*|\b(?:on|at) )[`"]?)(\d{4,5})(?!\d|\.\d|\s?(?:eur|usd|ms|rows?|orders?|users?|jobs?|%))\b/gi;
const program = /\b(?:api|apis|server|backend|service|app|application)\b/i;
const arrow = /(?:->|→|=>|:)\s*[`"]?(\p{Lu}\p{Ll}+)\b(?=[^\p{L}]*$)/u;

export function environmentsIn(text: string): string[] {
  const found: string[] = [];
  if (/\bstag(?:e|ing)\b/i.test(text)) found.push('staging');
  if (/\bprod(?:uction)?\b/i.test(text)) found.push('production');
  return found;
}

/** `projects`: names that the store gives to the program itself. */
export function settingsIn(text: string, projects: ReadonlySet<string>): SaidSetting[] {
  if (text.length > 400) return [];
  const environments = environmentsIn(text);
  const found: SaidSetting[] = [];
  const take = (slot: string, match: RegExpMatchArray, value: string, about: string[] = []): void => {
    const start = (match.index ?? 0) + match[0].lastIndexOf(value);
    if (!found.some((other) => other.slot === slot && other.start === start))
      found.push({ slot, value, start, end: start + value.length, about, environments });
  };
  for (const match of text.matchAll(productVersion)) {
    const name = (match[1] ?? '').toLowerCase();
    if (versioned.has(kindOfThing(name)) && name.length > 1) take(`version of ${sameProduct[name] ?? name}`, match, match[2] ?? '');
  }
  for (const match of text.matchAll(region)) if (!notRegions.has(match[1] ?? '')) take('region', match, match[1] ?? '');
  for (const match of text.matchAll(manager)) take('package manager', match, match[1] ?? match[2] ?? match[3] ?? '');
  for (const match of text.matchAll(port)) {
    const clause = clauseAround(text, match.index);
    const names = clause.toLowerCase().match(/[\p{L}\d_-]+/gu) ?? [];
    const own = program.test(clause) || names.some((word) => projects.has(word));
    const others =
      /\b(?:proxy|admin|ui|storefront|frontend|metrics|debug\w*|redis|postgres|database|db|test|tests|container|mock|docs)\b/i.test(clause);
    if (own && !others) take('port of the program', match, match[1] ?? '');
  }
  let at = 0;
  for (const clause of text.split(/(?<=[.;!])\s+/)) {
    const offset = text.indexOf(clause, at);
    at = offset + clause.length;
    const held = responsibilityIn(clause);
    const person = held?.person ?? (/\breview/i.test(text) ? arrow.exec(clause)?.[1] : undefined);
    if (person === undefined || !/\breview|->|→|\bpr/i.test(clause)) continue;
    const start = clause.lastIndexOf(person);
    found.push({
      slot: 'reviewer',
      value: person,
      start: offset + start,
      end: offset + start + person.length,
      about: terms(clause.replaceAll(person, ' '))
        .map(concept)
        .filter((term) => !plain.has(term)),
      environments: [],
    });
  }
  return found;
}

const plain = new Set(
  terms('review reviewer reviewers owner pr prs all everything else ask everyone changes pull request team user new goes current').map(
    concept,
  ),
);

function clauseAround(text: string, at: number): string {
  const start = Math.max(...[', ', '; ', '. ', '('].map((cut) => text.lastIndexOf(cut, at))) + 1;
  const rest = /[,;(]\s?|\.\s|\ssince\s|\sbecause\s/.exec(text.slice(at));
  return text.slice(start, rest === null ? text.length : at + rest.index);
}

/** "Sprocket is the billing service of ...": what the store calls the program that it is about. */
export function projectNames(texts: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const text of texts) {
    const name =
      /^[`*]*(\p{L}[\p{L}\d-]{2,24})[`*]* (?:is|=) (?:the|an?|our) (?:[\p{L}-]+ ){0,4}?(?:service|app|application|api|backend|server|system|platform|project|tool)\b/iu.exec(
        text,
      )?.[1];
    if (name !== undefined && !/^(?:this|that|it|there|here)$/i.test(name)) names.add(name.toLowerCase());
  }
  return names;
}
