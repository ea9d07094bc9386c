// Puts claims and facts that may concern each other into groups: the unit in which contradictions are settled.
import { corpusOf, rarity } from './bm25.ts';
import type { Corpus } from './bm25.ts';
import type { Group } from './group.ts';
import { bagOf, similarity } from './similarity.ts';
import type { Bag } from './similarity.ts';

export interface GroupingItem {
  id: string;
  kind: 'claim' | 'fact';
  /** The words that carry its meaning, normalised. */
  terms: string[];
  /** Subject and attribute of a slot-and-value statement; '' when it is none. */
  key: string;
  /** Further slots that it may be of, so that statements meet whose words differ. */
  slots?: readonly string[];
}

/** A group stays readable in one prompt; beyond this a weaker link no longer joins two groups. */
const maxGroupSize = 60;
/** Items of the very same slot belong together even beyond that: their values contradict each other or are the same. */
const maxSlotSize = 400;
/** A term in more items than this names no candidate pairs: it would make the work quadratic, and it tells little. */
const maxTermFrequency = 48;
/** Of a long item only its rarest terms look for partners. */
const maxProbes = 12;
/** The share of the lighter item's weight that must be common. */
const linkAt = 0.34;
const ofTheLighter = 1;
/** Names of files, flags, versions, kinds of things: written with more than letters (bare figures are none), they seldom meet by chance. */
const mark = /\p{L}.*[^\p{L}]|[^\p{L}].*\p{L}/u;
const markWeight = 2;
/** Two texts that share a rare such name need less in common beside it. */
const markLinkAt = 0.18;
const maxMarkFrequency = 16;

interface Link {
  left: number;
  right: number;
  strength: number;
}

/**
 * Every item in exactly one group. Ties are broken by the items' order, which follows transcripts and files: ids are random,
 * and two imports of the same transcripts must come to the same groups.
 */
export function groupItems(items: readonly GroupingItem[]): Group[] {
  const sorted = [...items].sort((a, b) => compare(a.kind, b.kind));
  const corpus = corpusOf(sorted.map((item) => item.terms));
  const forest = new Forest(sorted.length);
  joinEqual(sorted, forest, (item) => [[...new Set(item.terms)].sort().join(' ')]);
  joinEqual(sorted, forest, (item) => [item.key, ...(item.slots ?? [])]);
  for (const link of links(sorted, corpus)) forest.join(link.left, link.right, maxGroupSize);
  return groupsOf(sorted, forest);
}

/** Items with the same words, or of the same slot, meet whatever else. */
function joinEqual(items: readonly GroupingItem[], forest: Forest, keysOf: (item: GroupingItem) => readonly string[]): void {
  const first = new Map<string, number>();
  items.forEach((item, index) => {
    for (const key of keysOf(item)) {
      if (key === '') continue;
      const earlier = first.get(key);
      if (earlier === undefined || !forest.join(earlier, index, maxSlotSize)) first.set(key, index);
    }
  });
}

/** Pairs that share enough rare words, strongest first. Near-linear: each item looks up few terms with short lists. */
function links(items: readonly GroupingItem[], corpus: Corpus): Link[] {
  const postings = new Map<string, number[]>();
  const bags = items.map((item) =>
    bagOf(new Map(item.terms.map((term) => [term, rarity(corpus, term) * (mark.test(term) ? markWeight : 1)]))),
  );
  const found: Link[] = [];
  items.forEach((_item, index) => {
    const own = bags[index] as Bag;
    const probes = [...own.weights.keys()]
      .filter((term) => (corpus.frequency.get(term) ?? 0) <= maxTermFrequency)
      .sort((a, b) => (own.weights.get(b) as number) - (own.weights.get(a) as number) || compare(a, b))
      .slice(0, maxProbes);
    const partners = new Set<number>();
    for (const term of probes) for (const partner of postings.get(term) ?? []) partners.add(partner);
    for (const partner of partners) {
      const other = bags[partner] as Bag;
      const strength = similarity(own, other, ofTheLighter);
      if (strength >= (sharesMark(own, other, corpus) ? markLinkAt : linkAt)) found.push({ left: partner, right: index, strength });
    }
    for (const term of own.weights.keys()) {
      if ((corpus.frequency.get(term) ?? 0) > maxTermFrequency) continue;
      const list = postings.get(term);
      if (list === undefined) postings.set(term, [index]);
      else list.push(index);
    }
  });
  return found.sort((a, b) => b.strength - a.strength || a.left - b.left || a.right - b.right);
}

function sharesMark({ weights: a }: Bag, { weights: b }: Bag, corpus: Corpus): boolean {
  for (const term of a.keys())
    if (mark.test(term) && b.has(term) && term.length >= 4 && (corpus.frequency.get(term) ?? 0) <= maxMarkFrequency) return true;
  return false;
}

function groupsOf(items: readonly GroupingItem[], forest: Forest): Group[] {
  const groups = new Map<number, Group>();
  items.forEach((item, index) => {
    const root = forest.root(index);
    let group = groups.get(root);
    if (group === undefined) {
      group = { ordinal: groups.size, claimIds: [], factIds: [] };
      groups.set(root, group);
    }
    (item.kind === 'claim' ? group.claimIds : group.factIds).push(item.id);
  });
  return [...groups.values()];
}

/** Union-find with sizes: a hub word must not glue everything together. */
class Forest {
  private readonly parents: number[];
  private readonly sizes: number[];

  constructor(count: number) {
    this.parents = Array.from({ length: count }, (_, index) => index);
    this.sizes = Array.from({ length: count }, () => 1);
  }

  root(index: number): number {
    let at = index;
    while (this.parents[at] !== at) {
      this.parents[at] = this.parents[this.parents[at] as number] as number;
      at = this.parents[at] as number;
    }
    return at;
  }

  /** Joins two trees unless the result would exceed `limit`; true when they are one afterwards. The lower index leads, so that order is stable. */
  join(a: number, b: number, limit: number): boolean {
    const left = this.root(a);
    const right = this.root(b);
    if (left === right) return true;
    const size = (this.sizes[left] as number) + (this.sizes[right] as number);
    if (size > limit) return false;
    const [top, below] = left < right ? [left, right] : [right, left];
    this.parents[below] = top;
    this.sizes[top] = size;
    return true;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
