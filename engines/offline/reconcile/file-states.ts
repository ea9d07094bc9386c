// States of one file side by side, as a backup keeps them: a line that was edited between two states falls to what it became.
import { diffArrays } from 'diff';
import type { Proposal } from '../../../domain/proposal.ts';
import { topicOf } from '../topic.ts';
import { likenessOfLetters } from './letters.ts';
import type { Statement } from './statement.ts';
import { quoted } from './wording.ts';

/** A folder named by a date: "2026-04-01", "2026-04-01-nightly". */
const datedFolder = /(?<=^|\/)[^/]*?(\d{4}-\d{2}-\d{2})[^/]*(?=\/)/;
/** States of one file have at least this share of the shorter one's lines in common; daily notes of one name do not. */
const commonShare = 0.5;
const fewestCommon = 3;
/** From here a line in the place of another is the same line edited. */
const editedLikeness = 0.5;
/** More pairs in one gap are a rewritten file, not edited lines. */
const mostPairs = 40_000;

interface FileState {
  date: string;
  lines: Statement[];
}

/** Each line of an earlier state that was edited since, with the line that it became in the end. */
export function editedSince(statements: readonly Statement[]): Map<Statement, Statement> {
  const became = new Map<Statement, Statement>();
  for (const states of familiesOf(statements)) {
    const present = new Set(
      states.filter(({ date }) => date === states.at(-1)?.date).flatMap(({ lines }) => lines.map(({ text }) => text)),
    );
    for (const state of states) {
      const next = states.find(({ date }) => date > state.date);
      if (next === undefined || !areStates(state, next)) continue;
      for (const [old, now] of editedLines(state.lines, next.lines)) if (!present.has(old.text)) became.set(old, now);
    }
  }
  return new Map([...became].map(([old, now]) => [old, lastOf(now, became)]));
}

/** Files whose paths differ in the date of one folder only, oldest first. */
function familiesOf(statements: readonly Statement[]): FileState[][] {
  const families = new Map<string, Map<string, FileState>>();
  for (const statement of statements) {
    const path = statement.claim?.path ?? '';
    const date = datedFolder.exec(path)?.[1];
    if (date === undefined || statement.claim?.protected !== false) continue;
    const name = path.replace(datedFolder, '*');
    const family = families.get(name) ?? new Map<string, FileState>();
    const state = family.get(path) ?? { date, lines: [] };
    state.lines.push(statement);
    families.set(name, family.set(path, state));
  }
  return [...families.values()]
    .filter((family) => family.size > 1)
    .map((family) =>
      [...family.values()]
        .map(({ date, lines }) => ({ date, lines: lines.sort((a, b) => a.order - b.order) }))
        .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    );
}

function areStates(a: FileState, b: FileState): boolean {
  const texts = new Set(a.lines.map(({ text }) => text));
  const common = new Set(b.lines.map(({ text }) => text).filter((text) => texts.has(text))).size;
  return common >= fewestCommon && common >= commonShare * Math.min(a.lines.length, b.lines.length);
}

/** Between two lines that both states have, the old line goes with the new one that is most like it. */
function editedLines(before: readonly Statement[], after: readonly Statement[]): [Statement, Statement][] {
  const kept = (lines: readonly Statement[]): Set<string> => new Set(lines.map(({ text }) => text));
  const [old, now] = [kept(before), kept(after)];
  const pairs: [Statement, Statement][] = [];
  let [left, right]: [Statement[], Statement[]] = [[], []];
  for (const part of [...diffArrays([...before], [...after], { comparator: (a, b) => a.text === b.text }), null]) {
    if (part?.removed === true) left.push(...part.value.filter(({ text }) => !now.has(text)));
    else if (part?.added === true) right.push(...part.value.filter(({ text }) => !old.has(text)));
    else {
      if (left.length * right.length <= mostPairs) pairs.push(...bestPairs(left, right));
      [left, right] = [[], []];
    }
  }
  return pairs;
}

function bestPairs(left: readonly Statement[], right: readonly Statement[]): [Statement, Statement][] {
  const likely = left
    .flatMap((old) =>
      right
        .filter((now) => now.claim?.kind === old.claim?.kind)
        .map((now) => ({ old, now, likeness: likenessOfLetters(old.text, now.text) })),
    )
    .filter(({ likeness }) => likeness >= editedLikeness)
    .sort((a, b) => b.likeness - a.likeness || a.old.order - b.old.order || a.now.order - b.now.order);
  const taken = new Set<Statement>();
  return likely.flatMap(({ old, now }): [Statement, Statement][] => {
    if (taken.has(old) || taken.has(now)) return [];
    taken.add(old).add(now);
    return [[old, now]];
  });
}

function lastOf(statement: Statement, became: ReadonlyMap<Statement, Statement>): Statement {
  let last = statement;
  // Dates only grow along the way, so it ends.
  for (let next = became.get(last); next !== undefined; next = became.get(last)) last = next;
  return last;
}

/** The proposals with the edited lines in them: what becomes of a line becomes of its earlier wordings. */
export function withEarlierStates(proposals: readonly Proposal[], became: ReadonlyMap<Statement, Statement>): Proposal[] {
  const earlier = new Map<Statement, Statement[]>();
  for (const [old, now] of became) earlier.set(now, [...(earlier.get(now) ?? []), old]);
  const result = [...proposals];
  for (const [now, old] of earlier) {
    const at = result.findIndex((proposal) => proposal.claimIds.includes(now.id));
    const own = result[at];
    const reason = `${old.map(({ text }) => quoted(text)).join(' and ')} became ${quoted(now.text)} in a later state of the same file.`;
    const change = { oldValue: old[0]?.text ?? null, newValue: now.text, reasonCode: 'newer_value' as const };
    const ids = old.map(({ id }) => id);
    if (own === undefined)
      result.push({
        kind: 'supersede',
        claimIds: [now.id, ...ids],
        factIds: [],
        statement: now.text,
        topic: topicOf(now.text, null),
        weight: 2,
        ...change,
        reason,
      });
    else if (own.kind === 'merge')
      result[at] = { ...own, ...change, kind: 'supersede', claimIds: [...own.claimIds, ...ids], reason: `${reason} ${own.reason}` };
    else if (own.kind === 'supersede') result[at] = { ...own, claimIds: [...own.claimIds, ...ids], reason: `${own.reason} ${reason}` };
  }
  return result;
}
