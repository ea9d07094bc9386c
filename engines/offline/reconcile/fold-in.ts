// Two proposals one after the other as one: what is to become of a line that another proposal is about to make.
import type { Proposal } from '../../../domain/proposal.ts';

type Sources = ReadonlyMap<string, Proposal>;
type Made = Extract<Proposal, { statement: string }>;

/** `made` names by the id of its line the proposal that makes it; `later` treats these lines and standing ones alike. */
export function foldIn(proposals: readonly Proposal[], later: readonly Proposal[], made: Sources): Proposal[] {
  const replaced = new Set<Proposal>();
  const added: Proposal[] = [];
  // A line takes part in one of the later proposals only; the next round sees what is left.
  const used = new Set<string>();
  for (const proposal of later) {
    if (proposal.kind === 'open_conflict') continue;
    if (proposal.claimIds.some((id) => used.has(id))) continue;
    for (const id of proposal.claimIds) used.add(id);
    const sources = proposal.claimIds.flatMap((id) => made.get(id) ?? []) as Made[];
    for (const source of sources) replaced.add(source);
    added.push(...joined(proposal, sources, made));
  }
  return [
    ...proposals.filter((proposal) => !replaced.has(proposal)),
    ...added,
    ...later.filter(({ kind }) => kind === 'open_conflict').flatMap((proposal) => asConflict(proposal, made)),
  ];
}

function joined(proposal: Proposal, sources: readonly Made[], made: Sources): Proposal[] {
  const claimIds = [...new Set(proposal.claimIds.flatMap((id) => made.get(id)?.claimIds ?? [id]))];
  const [first] = sources;
  if (first === undefined) return [proposal];
  const allFacts = [...new Set(sources.flatMap((source) => source.factIds))];
  if (proposal.kind === 'retire') {
    if (claimIds.length > 0) return [{ ...proposal, claimIds, factIds: allFacts }];
    return [{ ...proposal, kind: 'drop', claimIds: [], factIds: allFacts }];
  }
  if (!('statement' in proposal) || proposal.kind === 'pattern' || proposal.kind === 'open_conflict') return [];
  if (proposal.kind === 'rewrite') return [{ ...first, statement: proposal.statement }];
  const winner = sources.find((source) => source.statement === proposal.statement);
  const topic =
    sources.map((source) => ('topic' in source ? source.topic : '')).find((name) => name !== '') ??
    ('topic' in proposal ? proposal.topic : '');
  const weight = Math.max(...[...sources, proposal].map((one) => ('weight' in one ? one.weight : 0)));
  const replacing = sources.find((source): source is Extract<Proposal, { kind: 'supersede' }> => source.kind === 'supersede');
  const isReplaced = proposal.kind === 'supersede';
  const factIds = isReplaced ? (winner?.factIds ?? []) : [...new Set([...(winner?.factIds ?? []), ...allFacts])];
  const reason = [...new Set([(winner ?? first).reason, ...(claimIds.length > 0 ? [proposal.reason] : [])])].join(' ');
  const lost = isReplaced ? allFacts.filter((id) => !factIds.includes(id)) : [];
  const drops: Proposal[] =
    lost.length === 0 ? [] : [{ kind: 'drop', claimIds: [], factIds: lost, reasonCode: 'newer_value', reason: proposal.reason }];
  const { statement } = proposal;
  const common = { claimIds, factIds, statement, topic, weight, reason };
  if (claimIds.length === 0) return [{ ...common, kind: 'add', reasonCode: (winner ?? first).reasonCode }, ...drops];
  if (proposal.kind === 'supersede') return [{ ...proposal, ...common }, ...drops];
  if (replacing !== undefined) {
    const { oldValue, newValue, reasonCode } = replacing;
    return [{ ...common, kind: 'supersede', oldValue, newValue, reasonCode }];
  }
  return [{ ...common, kind: 'merge', reasonCode: 'duplicate' }];
}

/** Both sides stay; what facts say of a line that is to be made speaks for its side. */
function asConflict(proposal: Proposal, made: Sources): Proposal[] {
  const factIds = [...new Set(proposal.claimIds.flatMap((id) => made.get(id)?.factIds ?? []))];
  return [{ ...proposal, claimIds: proposal.claimIds.filter((id) => !made.has(id)), factIds }];
}
