// Statements of one group sorted into what says the same and what contradicts it.
import { sayTheSame } from './same-marks.ts';
import { relationOf } from './slots.ts';
import { statedWithin } from './stated-within.ts';
import type { Statement } from './statement.ts';
import { compareValues } from './values.ts';

/** Statements that say the same. */
export interface Cluster {
  members: Statement[];
}

/** Clusters that give one slot different values; alone when nothing contradicts it. */
export type Slot = Cluster[];

/** Sorted input gives sorted output. */
export function slotsOf(statements: readonly Statement[]): Slot[] {
  const clusters: Cluster[] = [];
  const rivals: [Statement, Statement][] = [];
  for (const statement of statements) {
    let home: Cluster | null = null;
    for (const cluster of clusters) {
      const relations = cluster.members.map((member) => relationOf(member, statement));
      relations.forEach((relation, index) => {
        if (relation === 'rival') rivals.push([cluster.members[index] as Statement, statement]);
      });
      if (home === null && relations.includes('same') && !relations.includes('rival') && fits(cluster, statement)) home = cluster;
    }
    if (home === null) clusters.push({ members: [statement] });
    else home.members.push(statement);
  }
  return joinRivals(withFuller(clusters), rivals);
}

/** What one fuller line of another cluster says whole goes to it, whatever else that line says. */
function withFuller(clusters: readonly Cluster[]): Cluster[] {
  const fuller = clusters.flatMap((cluster) =>
    cluster.members.filter(({ claim }) => claim !== null).map((line) => ({ line, cluster, words: new Set(line.terms) })),
  );
  const into = new Map<Cluster, Cluster>();
  for (const cluster of clusters) {
    if (!cluster.members.every(({ claim }) => claim !== null)) continue;
    const home = fuller.find(
      ({ line, cluster: other, words }) =>
        other !== cluster &&
        !into.has(other) &&
        cluster.members.every((member) => member.terms.length < line.terms.length && mostlyIn(member, words) && statedWithin(member, line)),
    );
    if (home !== undefined) into.set(cluster, home.cluster);
  }
  for (const [cluster, home] of into) home.members.push(...cluster.members);
  return clusters.filter((cluster) => !into.has(cluster));
}

/** Looked at first, since it is cheap: labels aside, its words are among them. */
function mostlyIn({ terms }: Statement, words: ReadonlySet<string>): boolean {
  return terms.filter((term) => words.has(term)).length >= 0.7 * terms.length;
}

/** A chain of likeness must not carry another value into a cluster. */
function fits(cluster: Cluster, statement: Statement): boolean {
  const value = statement.value;
  if (value === null) return true;
  return cluster.members.every(
    (member) =>
      member.value === null ||
      compareValues(member.value, value) !== 'different' ||
      member.text === statement.text ||
      statedWithin(member, statement) ||
      sayTheSame(member, statement),
  );
}

function joinRivals(clusters: Cluster[], rivals: readonly [Statement, Statement][]): Slot[] {
  const slotOf = new Map<Cluster, number>(clusters.map((cluster, index) => [cluster, index]));
  const clusterOf = new Map<Statement, Cluster>(
    clusters.flatMap((cluster) => cluster.members.map((member) => [member, cluster] as [Statement, Cluster])),
  );
  for (const [a, b] of rivals) {
    const left = slotOf.get(clusterOf.get(a) as Cluster) as number;
    const right = slotOf.get(clusterOf.get(b) as Cluster) as number;
    if (left === right) continue;
    const [keep, drop] = [Math.min(left, right), Math.max(left, right)];
    for (const [cluster, slot] of slotOf) if (slot === drop) slotOf.set(cluster, keep);
  }
  const slots = new Map<number, Slot>();
  for (const cluster of clusters) {
    const number = slotOf.get(cluster) as number;
    slots.set(number, [...(slots.get(number) ?? []), cluster]);
  }
  return [...slots.values()];
}
