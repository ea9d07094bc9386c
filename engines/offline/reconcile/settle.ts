// One slot of a group: which value stands, what becomes of the others, and the sentence that says why.
import type { Proposal } from '../../../domain/proposal.ts';
import { isRaised } from '../instructions.ts';
import { topicOf } from '../topic.ts';
import { byAuthority, compareTimes, isSettled } from './authority.ts';
import type { Cluster, Slot } from './cluster.ts';
import { withRestKept } from './rest-of-line.ts';
import type { Reworded } from './rest-of-line.ts';
import { countMarks } from './same-marks.ts';
import type { Setting } from './setting.ts';
import type { Statement } from './statement.ts';
import { compareValues } from './values.ts';
import { voiceOfFact } from './voices.ts';
import {
  awkwardness,
  byPlace,
  byWording,
  count,
  dayOf,
  presentTense,
  quoted,
  sourceOf,
  valueOf,
  valueWithSource,
  withNewValue,
} from './wording.ts';

export function settle(slot: Slot, setting: Setting): Proposal[] {
  const standing = slot
    .map((cluster) => ({ cluster, best: [...cluster.members].sort(byAuthority)[0] as Statement }))
    .sort((a, b) => byAuthority(a.best, b.best));
  const [winner, ...losers] = standing;
  if (winner === undefined) return [];
  if (losers.length === 0) return settleAlone(winner.cluster, winner.best, setting);
  const open = losers.filter((loser) => !isSettled(winner.best, loser.best) && !agree(winner.best, loser.best));
  if (
    open.length > 0 ||
    fallsOnlyToRevocation(
      losers.map((loser) => loser.best),
      winner.best,
    )
  )
    return openConflict(standing, setting);
  return supersede(winner, losers, setting);
}

/** "Use A" and "don't use B" of one breath. */
function agree(a: Statement, b: Statement): boolean {
  return a.polarity !== b.polarity && a.value !== null && b.value !== null && compareValues(a.value, b.value) === 'different';
}

interface Standing {
  cluster: Cluster;
  best: Statement;
}

/** Nothing contradicts it: new facts are added, copies merged. */
function settleAlone(cluster: Cluster, best: Statement, setting: Setting): Proposal[] {
  const claims = claimsOf(cluster);
  const facts = factsOf(cluster);
  const fixed = claims.filter((claim) => claim.claim?.protected === true);
  const free = claims.filter((claim) => claim.claim?.protected !== true);
  if (fixed.length > 0) {
    const proposals: Proposal[] =
      facts.length === 0
        ? []
        : [
            {
              kind: 'drop',
              claimIds: [],
              factIds: ids(facts),
              reasonCode: 'duplicate',
              reason: `A protected memory already says ${quoted((fixed[0] as Statement).text)}.`,
            },
          ];
    return proposals;
  }
  if (free.length === 0) return [add(cluster, best, setting)];
  if (free.length === 1 && facts.length === 0) return [];
  const place = free[0] as Statement;
  const text = statementFor(cluster, place);
  const copies = free.length - 1;
  const said =
    facts.length === 0
      ? ''
      : `; ${count(new Set(facts.map((fact) => fact.fact?.sessionId)).size, 'session')} said so, last on ${dayOf(latest(facts).at)}`;
  const reason =
    copies === 0
      ? `The memory already says ${quoted(place.text)}${said}.`
      : `${count(free.length, 'line')} of the store say the same, as in ${quoted((free.find((claim) => claim.text !== text) ?? place).text)}; one is kept${said}.`;
  return [
    {
      kind: 'merge',
      claimIds: ids(free),
      factIds: ids(facts),
      statement: text,
      ...placement(text, cluster, setting),
      reasonCode: 'duplicate',
      reason,
    },
  ];
}

function add(cluster: Cluster, best: Statement, setting: Setting): Proposal {
  const facts = factsOf(cluster);
  const chosen = [...facts].sort(byWording)[0] as Statement;
  const statement = presentTense(chosen);
  const sessions = new Set(facts.map((fact) => fact.fact?.sessionId)).size;
  const again = sessions > 1 ? ` and in ${count(sessions - 1, 'other session')}` : '';
  return {
    kind: 'add',
    claimIds: [],
    factIds: supportOf(facts, chosen),
    statement,
    ...placement(statement, cluster, setting),
    reasonCode: best.fact?.signal === 'correction' ? 'correction' : 'new_fact',
    reason: `New: ${sourceOf(best)}${again}; the store did not hold it.`,
  };
}

function supersede(winner: Standing, losers: readonly Standing[], setting: Setting): Proposal[] {
  const lostClaims = losers.flatMap((loser) => claimsOf(loser.cluster));
  const lostFacts = losers.flatMap((loser) => factsOf(loser.cluster));
  const wonClaims = claimsOf(winner.cluster).filter((claim) => claim.claim?.protected !== true);
  const wonFacts = factsOf(winner.cluster);
  const fixed = [...lostClaims, ...claimsOf(winner.cluster)].find((claim) => claim.claim?.protected === true);
  if (fixed !== undefined) return openConflict([winner, ...losers], setting);
  const previous = [...losers].sort((a, b) => compareTimes(b.best, a.best))[0] as Standing;
  const kept = wonClaims.length === 0 ? keptLine(lostClaims, winner) : null;
  const before = losers.map(({ best }) =>
    valueWithSource(kept !== null && best === lostClaims[0] ? { ...best, value: kept.oldValue } : best),
  );
  const reason = `${lower(`It was ${before.join(', ')}`)} and is ${valueWithSource(winner.best)}.`;
  const proposals: Proposal[] = [];
  if (lostClaims.length + wonClaims.length > 0) {
    const places = [...wonClaims, ...lostClaims];
    const statement = kept?.text ?? textOfWinner(winner, losers, wonClaims);
    const [only, ...others] = places;
    // The line already gives the value that stands: it is confirmed, not changed.
    if (only !== undefined && others.length === 0 && statement === only.text)
      proposals.push({
        kind: 'merge',
        claimIds: ids(places),
        factIds: supportOf(wonFacts, winner.best),
        statement,
        ...placement(statement, winner.cluster, setting),
        reasonCode: 'newer_value',
        reason: upper(reason),
      });
    else
      proposals.push({
        kind: 'supersede',
        claimIds: ids(places),
        factIds: supportOf(wonFacts, winner.best),
        statement,
        ...placement(statement, winner.cluster, setting),
        oldValue: kept?.oldValue.text ?? previous.best.value?.text ?? previous.best.text,
        newValue: winner.best.value?.text ?? winner.best.text,
        reasonCode: wonFacts.some((fact) => fact.fact?.signal === 'correction') ? 'correction' : 'newer_value',
        reason: upper(reason),
      });
  } else {
    const statement = textOfWinner(winner, losers, []);
    proposals.push({
      kind: 'add',
      claimIds: [],
      factIds: supportOf(wonFacts, winner.best),
      statement,
      ...placement(statement, winner.cluster, setting),
      reasonCode: 'newer_value',
      reason: upper(reason),
    });
  }
  if (lostFacts.length > 0) {
    proposals.push({
      kind: 'drop',
      claimIds: [],
      factIds: ids(lostFacts),
      reasonCode: 'newer_value',
      reason: `Replaced by ${valueWithSource(winner.best)}.`,
    });
  }
  return proposals;
}

/** The words of the one line that falls, where it says more than the value; the sessions must all say no more than it does. */
function keptLine(lost: readonly Statement[], winner: Standing): Reworded | null {
  const [line, ...others] = lost;
  if (line === undefined || others.length > 0) return null;
  const reworded = withRestKept(line, winner.best);
  return factsOf(winner.cluster).every((fact) => withRestKept(line, fact) !== null) ? reworded : null;
}

/** Its own words where they give the present value plainly; else the words of what it replaces, with the new value in them. */
function textOfWinner(winner: Standing, losers: readonly Standing[], wonClaims: readonly Statement[]): string {
  const [place] = wonClaims;
  if (place !== undefined) return statementFor(winner.cluster, place);
  const chosen = [...factsOf(winner.cluster)].sort(byWording)[0] as Statement;
  if (chosen.oldValue === null && awkwardness(chosen) < plainEnough) return presentTense(chosen);
  const value = winner.best.value?.text ?? null;
  const former = losers.flatMap((loser) => loser.cluster.members).sort(byWording);
  const reworded =
    value === null ? null : (former.map((statement) => withNewValue(statement, value)).find((text) => text !== null) ?? null);
  return reworded ?? presentTense(chosen);
}

/** Below this a statement reads well as it is. */
const plainEnough = 3;

/** The text of a place that stays: of the copies that say nearly everything, the one that reads best. */
function statementFor(cluster: Cluster, place: Statement): string {
  const all = claimsOf(cluster);
  const marks = Math.max(...all.map(countMarks));
  const claims = all.filter((claim) => countMarks(claim) === marks);
  const most = Math.max(...claims.map((claim) => claim.terms.length));
  const [best] = claims.filter((claim) => claim.terms.length >= most * saysNearlyAll).sort(byWording);
  return (best ?? place).text;
}

/** A copy may lack a word or two of the longest; more would be lost with it. */
const saysNearlyAll = 0.75;

/** A standing rule does not fall to another statement of its slot, only to a revocation or to a newer rule. */
function fallsOnlyToRevocation(losers: readonly Statement[], winner: Statement): boolean {
  return losers.some(
    (loser) =>
      loser.frame.rule && loser.durability === 'standing' && loser.value === null && winner.durability !== 'standing' && !winner.revokes,
  );
}

function openConflict(standing: readonly Standing[], setting: Setting): Proposal[] {
  const sides = standing.map(({ best }) => valueWithSource(best));
  const [first] = standing as [Standing];
  const claims = standing.flatMap(({ cluster }) => claimsOf(cluster));
  const facts = standing.flatMap(({ cluster }) => factsOf(cluster));
  const about = slotName(first.best);
  const statement = `Open: ${about} is ${sides.join(' or ')}. The user's word, or a look at the present setting, would settle it.`;
  const known = setting.openEntries.some(
    (entry) => entry.startsWith(`Open: ${about} is `) && standing.every(({ best }) => entry.includes(`${valueOf(best)} (`)),
  );
  if (known)
    return facts.length === 0
      ? []
      : [
          {
            kind: 'drop',
            claimIds: [],
            factIds: ids(facts),
            reasonCode: 'unsettled',
            reason: `${upper(sides.join(' and '))} contradict each other; the store already names this as open.`,
          },
        ];
  return [
    {
      kind: 'open_conflict',
      claimIds: ids(claims),
      factIds: ids(facts),
      statement,
      ...placement(statement, first.cluster, setting),
      reasonCode: 'unsettled',
      reason: `${upper(sides.join(' and '))} contradict each other, and neither date nor speaker settles it.`,
    },
  ];
}

function slotName(statement: Statement): string {
  const text = statement.text.replace(/\s+/g, ' ');
  const value = statement.value?.text ?? '';
  const at = value === '' ? -1 : text.toLowerCase().indexOf(value.toLowerCase());
  const name = (at > 2 ? text.slice(0, at) : '')
    .replace(/[\s:=>`"'([-]+$/, '')
    .replace(/\s+(?:is|are|was|on|at|to|with|in)$/i, '')
    .trim();
  return name === '' ? 'the value' : quoted(name);
}

function placement(statement: string, cluster: Cluster, setting: Setting): { topic: string; weight: number } {
  const members = cluster.members;
  const person = members.map((member) => voiceOfFact(setting.voices, member.fact)).find((name) => name !== null) ?? null;
  const sessions = new Set(members.map((member) => member.fact?.sessionId).filter((id) => id !== undefined)).size;
  const lasting = members.some((member) => member.durability === 'standing')
    ? 4
    : members.some((member) => member.durability === 'current')
      ? 2
      : 0;
  const raised = members.some((member) => isRaised(setting.steering, member.terms)) ? 100 : 0;
  return { topic: topicOf(statement, person), weight: raised + lasting + Math.min(3, sessions) };
}

function claimsOf(cluster: Cluster): Statement[] {
  return cluster.members.filter((member) => member.claim !== null).sort(byPlace);
}

function factsOf(cluster: Cluster): Statement[] {
  return cluster.members.filter((member) => member.fact !== null);
}

function latest(facts: readonly Statement[]): Statement {
  return [...facts].sort((a, b) => compareTimes(b, a))[0] as Statement;
}

/** Best evidence first: the fact whose words stand, then the newest. */
function supportOf(facts: readonly Statement[], chosen: Statement): string[] {
  const rest = facts.filter((fact) => fact !== chosen).sort((a, b) => compareTimes(b, a));
  return ids(facts.includes(chosen) ? [chosen, ...rest] : rest);
}

function ids(statements: readonly Statement[]): string[] {
  return statements.map((statement) => statement.id);
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
