// Lines that give a setting in passing: the newer value takes the old one's place in their words, and the rest of the line stays.
import type { Proposal } from '../../../domain/proposal.ts';
import { topicOf } from '../topic.ts';
import { compareTimes, rankOf } from './authority.ts';
import { projectNames, settingsIn } from './settings-said.ts';
import type { SaidSetting } from './settings-said.ts';
import type { Statement } from './statement.ts';
import { successorsIn } from './successors.ts';
import { dayOf, quoted, sourceOf } from './wording.ts';

export type EditProposal = Extract<Proposal, { kind: 'supersede' }>;

export interface Edited {
  /** One for each line, of which it is the only claim. */
  edits: EditProposal[];
  drops: Proposal[];
  /** Facts that these proposals settle. */
  taken: Set<Statement>;
}

interface Said {
  setting: SaidSetting;
  by: Statement;
}

export interface Edit {
  start: number;
  end: number;
  text: string;
  was: string;
  by: Statement;
}

/** Over all groups at once: a port or a version is named in lines that share no other word. */
export function editLines(statements: readonly Statement[]): Edited {
  const claims = statements.filter((statement) => statement.claim !== null && !statement.claim.protected);
  const facts = statements.filter(
    (statement) =>
      statement.fact !== null &&
      statement.durability !== 'momentary' &&
      statement.durability !== 'episode' &&
      rankOf(statement, true) >= 3 &&
      !statement.frame.hypothetical &&
      !statement.frame.question,
  );
  const projects = projectNames(claims.map((claim) => claim.text));
  const said: Said[] = facts
    .filter((fact) => !fact.revokes)
    .flatMap((by) => settingsIn(by.text, projects).map((setting) => ({ setting, by })));
  const taken = new Set<Statement>();
  const proposals: EditProposal[] = [];
  const drops: Proposal[] = [];
  for (const claim of claims) {
    const edits: Edit[] = [];
    const support: Statement[] = [];
    for (const own of settingsIn(claim.text, projects)) {
      const newest = newestFor(own, claim, said);
      if (newest === null) continue;
      for (const one of said)
        if (one.setting.slot === own.slot && concern(own, one.setting)) {
          taken.add(one.by);
          if (sameValue(one.setting.value, newest.setting.value)) support.push(one.by);
        }
      if (sameValue(own.value, newest.setting.value)) continue;
      edits.push({
        start: own.start,
        end: own.end + glossLength(claim.text, own),
        text: asPrecise(own.value, newest.setting.value),
        was: claim.text.slice(own.start, own.end + glossLength(claim.text, own)),
        by: newest.by,
      });
      if (own.slot === 'package manager') edits.push(...otherCommands(claim.text, own.value, newest));
    }
    if (edits.length === 0 || !edits.some((edit) => /^pnpm|^yarn|^npm|^bun/.test(edit.text)))
      edits.push(...commandsOf(claim, claims, said, projects));
    for (const fact of facts) {
      const successors = compareTimes(fact, claim) > 0 ? successorsIn(fact, claim.text) : [];
      edits.push(...successors);
      if (successors.length > 0) taken.add(fact);
    }
    const text = applied(claim.text, edits);
    if (text === claim.text && support.length === 0) continue;
    proposals.push(proposalFor(claim, text, edits, support));
  }
  const used = new Set(proposals.flatMap((proposal) => proposal.factIds));
  const passed = [...taken].filter((statement) => statement.fact !== null && !used.has(statement.id));
  if (passed.length > 0)
    drops.push({
      kind: 'drop',
      claimIds: [],
      factIds: passed.map(({ id }) => id),
      reasonCode: 'newer_value',
      reason: `Later assertions or the edited lines give the present value: ${passed.map(({ text }) => quoted(text)).join(', ')}.`,
    });
  return { edits: proposals, drops, taken };
}

/** The latest assertion on the setting in every environment that the line speaks of; null when it does not cover them all, or is older. */
function newestFor(own: SaidSetting, claim: Statement, said: readonly Said[]): Said | null {
  const about = said.filter(({ setting, by }) => setting.slot === own.slot && concern(own, setting) && compareTimes(by, claim) > 0);
  const newest = [...about].sort((a, b) => compareTimes(b.by, a.by));
  // "15 on Heroku" tells of another place.
  if (own.slot.startsWith('version') && claim.things.some((thing) => thing.kind === 'hosting')) return null;
  const [best] = newest;
  if (
    best === undefined ||
    (own.environments.length === 0 &&
      best.setting.environments.length > 0 &&
      own.slot !== 'region' &&
      !covers(newest, ['staging', 'production']))
  )
    return null;
  return covers(newest, own.environments) ? best : null;
}

function covers(newest: readonly Said[], environments: readonly string[]): boolean {
  const [best] = newest;
  return (
    best !== undefined &&
    environments.every((name) =>
      newest.some(
        ({ setting }) =>
          (setting.environments.length === 0 || setting.environments.includes(name)) &&
          asPrecise(best.setting.value, setting.value) === asPrecise(setting.value, best.setting.value),
      ),
    )
  );
}

function concern(a: SaidSetting, b: SaidSetting): boolean {
  return a.slot !== 'reviewer' || a.about.some((word) => b.about.includes(word));
}

/** "22" says the same as "22.11.0", only less. */
function sameValue(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return a.toLowerCase() === b.toLowerCase() || (/^\d/.test(a) && long.startsWith(`${short}.`));
}

/** A line that gives a major version goes on giving one. */
function asPrecise(old: string, value: string): string {
  if (!/^\d+(?:\.\d+)*$/.test(old) || !/^\d+(?:\.\d+)*$/.test(value)) return value;
  return value.split('.').slice(0, old.split('.').length).join('.');
}

/** "fra (Frankfurt)", "20 LTS": what explains the old value goes with it. */
function glossLength(text: string, own: SaidSetting): number {
  if (own.slot !== 'region' && !own.slot.startsWith('version')) return 0;
  return /^ \(\p{Lu}[\p{L} ]{2,30}\)|^ LTS\b/u.exec(text.slice(own.end))?.[0].length ?? 0;
}

/** Commands of the former package manager in a line that does not name it otherwise. */
function commandsOf(claim: Statement, claims: readonly Statement[], said: readonly Said[], projects: ReadonlySet<string>): Edit[] {
  const newest = [...said].filter(({ setting }) => setting.slot === 'package manager').sort((a, b) => compareTimes(b.by, a.by))[0];
  if (newest === undefined || compareTimes(newest.by, claim) <= 0) return [];
  const former = new Set(
    claims
      .flatMap((other) => settingsIn(other.text, projects))
      .filter(({ slot, value }) => slot === 'package manager' && value !== newest.setting.value)
      .map(({ value }) => value),
  );
  return [...former].sort().flatMap((old) => otherCommands(claim.text, old, newest));
}

/** `npm run x`, `npm ci`: the same scripts under the other package manager. */
function otherCommands(text: string, old: string, newest: Said): Edit[] {
  if (old !== 'npm' || !/^(?:pnpm|yarn)$/.test(newest.setting.value)) return [];
  return [...text.matchAll(/`npm (?:run ([\w:.-]+)|(ci|install|test|start))(?=[ `])/g)].map((match) => {
    const name = newest.setting.value;
    const rest = match[1] ?? (match[2] === 'ci' ? 'install --frozen-lockfile' : (match[2] ?? ''));
    return { start: match.index + 1, end: match.index + match[0].length, text: `${name} ${rest}`, was: match[0].slice(1), by: newest.by };
  });
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = text;
  let free = text.length;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    if (edit.end > free) continue;
    result = `${result.slice(0, edit.start)}${edit.text}${result.slice(edit.end)}`;
    free = edit.start;
  }
  return result;
}

/** From the first edited word to the last: one value for the other, also where several changed. */
function changedSpan(before: string, after: string, ordered: readonly Edit[]): { oldValue: string; newValue: string } {
  const start = Math.min(...ordered.map((edit) => edit.start));
  const tail = before.length - Math.max(...ordered.map((edit) => edit.end));
  return { oldValue: before.slice(start, before.length - tail), newValue: after.slice(start, after.length - tail) };
}

function proposalFor(claim: Statement, statement: string, edits: readonly Edit[], support: readonly Statement[]): EditProposal {
  const ordered = [...edits].sort((a, b) => a.start - b.start);
  const factIds = [...new Set([...ordered.map((edit) => edit.by.id), ...support.map(({ id }) => id)])];
  const topic = { statement, topic: topicOf(statement, null), weight: 3 };
  const [first] = ordered;
  if (first === undefined)
    return {
      kind: 'supersede',
      claimIds: [claim.id],
      factIds,
      ...topic,
      oldValue: null,
      newValue: null,
      reasonCode: 'duplicate',
      reason: `The memory already says ${quoted(claim.text)}; sessions confirm it.`,
    };
  const changes = [
    ...new Set(ordered.map((edit) => `"${edit.was}" (in the memory, ${dayOf(claim.at)}) is now "${edit.text}" (${sourceOf(edit.by)})`)),
  ];
  return {
    kind: 'supersede',
    claimIds: [claim.id],
    factIds,
    ...topic,
    ...changedSpan(claim.text, statement, ordered),
    reasonCode: ordered.some((edit) => edit.by.fact?.signal === 'correction') ? 'correction' : 'newer_value',
    reason: `${changes.join('; ')}.`,
  };
}
