// Decides which proposals act, on which claims: a fixed order, each claim taken by at most one, protected claims by none, retirement under its cap.
import type { Claim } from '../claim.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Proposal, ReasonCode } from '../proposal.ts';
import { isProtected } from '../protected-paths.ts';
import { changeId, changeKey } from './change-key.ts';
import { oneLine } from './note-file.ts';
import { cleanStatement, sameText } from './statement.ts';
import { termsOf } from './terms.ts';

/** A proposal that acts, with what it does to claims. */
export interface Edit {
  key: string;
  proposal: Proposal;
  /** What will stand; null for a removal. */
  statement: string | null;
  /** The claim whose place the statement takes; null where a place must be found. */
  host: Claim | null;
  /** The host too, where its text changes. */
  gone: Claim[];
}

export interface Resolution {
  edits: Edit[];
  keptByCap: string[];
  dropped: Partial<Record<ReasonCode, number>>;
}

export interface ResolveInput {
  dreamId: string;
  claims: readonly Claim[];
  proposals: readonly Proposal[];
  refused: ReadonlySet<string>;
  protect: readonly string[];
  retireCap: number;
  /** Claims of settled texts: a merge leads to them and leaves their words as they are. */
  settled?: ReadonlySet<string>;
  /** Entries of ordered lists: a merge neither takes them out nor puts other words there. */
  steps?: ReadonlySet<string>;
}

/** Removals that lose nothing a reader would look for do not count against the cap. */
export function countsTowardRetireCap(reasonCode: ReasonCode): boolean {
  return reasonCode !== 'momentary' && reasonCode !== 'duplicate';
}

/** A hair above: 0.29 × 100 comes out as 28.999999999999996. */
export function retireAllowance(input: Pick<ResolveInput, 'claims' | 'retireCap'>): number {
  return Math.floor(input.retireCap * input.claims.length + 1e-9);
}

/** Who takes a claim when two proposals name it. */
const precedence: Proposal['kind'][] = ['supersede', 'merge', 'rewrite', 'retire', 'add', 'pattern', 'open_conflict', 'drop'];
/** The best founded retirements first; what the cap keeps comes from the end. */
const retireOrder: ReasonCode[] = [
  'secret',
  'revoked',
  'newer_value',
  'correction',
  'instructions',
  'duplicate',
  'momentary',
  'stale',
  'noise',
  'episode',
];

export function resolveProposals(input: ResolveInput): Resolution {
  const claims = new Map(input.claims.map((claim) => [claim.id, claim]));
  const untouchable = new Set(
    input.claims.filter((claim) => claim.protected || isProtected(claim.path, input.protect)).map((claim) => claim.id),
  );
  const dropped: Resolution['dropped'] = {};
  const keptByCap: string[] = [];
  const edits: Edit[] = [];
  const taken = new Set<string>();
  const keys = new Set<string>();
  const cap = retireAllowance(input);
  let retired = 0;
  for (const { proposal, key } of inOrder(input.proposals, claims)) {
    if (proposal.kind === 'drop') {
      dropped[proposal.reasonCode] = (dropped[proposal.reasonCode] ?? 0) + Math.max(1, proposal.factIds.length);
      continue;
    }
    if (keys.has(key) || input.refused.has(key) || input.refused.has(changeId(input.dreamId, key))) continue;
    keys.add(key);
    const named = proposal.claimIds.map((id) => claims.get(id)).filter((claim): claim is Claim => claim !== undefined);
    const free = named.filter((claim) => !taken.has(claim.id) && !untouchable.has(claim.id));
    if (proposal.kind === 'retire') {
      if (free.length === 0) continue;
      if (countsTowardRetireCap(proposal.reasonCode)) {
        if (retired + free.length > cap) {
          keptByCap.push(...free.map((claim) => claim.id));
          continue;
        }
        retired += free.length;
      }
      for (const claim of free) taken.add(claim.id);
      edits.push({ key, proposal, statement: null, host: null, gone: free });
      continue;
    }
    const inPlace = proposal.kind === 'supersede' ? editsInPlace(input, proposal, free) : [];
    for (const edit of inPlace) {
      edits.push(edit);
      for (const claim of edit.gone) taken.add(claim.id);
    }
    const rest = free.filter((claim) => !taken.has(claim.id));
    if (inPlace.length > 0 && rest.length === 0) continue;
    const edit = changingEdit(
      input,
      proposal,
      key,
      named,
      rest,
      proposal.kind === 'merge' ? fixedInMerge(input, proposal.statement, free, untouchable) : untouchable,
    );
    if (edit === null) continue;
    for (const claim of edit.gone) taken.add(claim.id);
    if (edit.host !== null) taken.add(edit.host.id);
    edits.push(edit);
  }
  return { edits, keptByCap: [...new Set(keptByCap)].sort(), dropped };
}

function changingEdit(
  input: ResolveInput,
  proposal: Exclude<Proposal, { kind: 'retire' | 'drop' }>,
  key: string,
  named: Claim[],
  free: Claim[],
  untouchable: ReadonlySet<string>,
): Edit | null {
  const host = free[0] ?? null;
  // A claim's code keeps its lines; every other statement is one line.
  const statement = proposal.kind === 'rewrite' && host?.kind === 'code' ? proposal.statement : cleanStatement(proposal.statement);
  if (!/[\p{L}\p{N}]/u.test(statement)) return null;
  switch (proposal.kind) {
    case 'add':
    case 'open_conflict':
      return { key, proposal, statement, host: null, gone: [] };
    case 'pattern':
      // One that stands already, seen more often by now, is counted on in its place.
      if (proposal.claimIds.length > 0) return host === null ? null : { key, proposal, statement, host, gone: [host] };
      return { key, proposal, statement, host: null, gone: [] };
    case 'rewrite':
      return host === null ? null : { key, proposal, statement, host, gone: [host] };
    case 'merge': {
      const fixed = named.find((claim) => untouchable.has(claim.id));
      const isStep = (claim: Claim): boolean => input.steps?.has(claim.id) === true;
      const isMergedStep = (claim: Claim): boolean => named.every(isStep) || sameText(claim.text) === sameText(statement);
      const others = free.filter((claim) => !untouchable.has(claim.id) && (!isStep(claim) || isMergedStep(claim)));
      // The line that stays as it is says it already; the others lead to it.
      if (fixed !== undefined) return others.length === 0 ? null : { key, proposal, statement: fixed.text, host: fixed, gone: others };
      if (others.length < free.length)
        return others.length === 0 ? null : { key, proposal, statement, host: others[0] ?? null, gone: others };
      return host === null ? withoutClaims(proposal, key, statement, named) : { key, proposal, statement, host, gone: free };
    }
    case 'supersede': {
      const fixed = named.find((claim) => untouchable.has(claim.id));
      if (host !== null) return { key, proposal, statement, host, gone: free };
      if (fixed === undefined) return withoutClaims(proposal, key, statement, named);
      return {
        key,
        proposal: { ...proposal, kind: 'open_conflict' },
        statement: `${statement} The protected ${fixed.path} still says: ${oneLine(fixed.text)}`,
        host: null,
        gone: [],
      };
    }
  }
}

/** In a step or a settled text only the value changes: its other words belong to the list. */
function editsInPlace(input: ResolveInput, proposal: Extract<Proposal, { kind: 'supersede' }>, free: readonly Claim[]): Edit[] {
  return free
    .filter((claim) => input.steps?.has(claim.id) === true || input.settled?.has(claim.id) === true)
    .flatMap((claim): Edit[] => {
      const statement = withNewValue(claim.text, proposal.oldValue, proposal.newValue);
      if (statement === null) return [];
      const own = { ...proposal, claimIds: [claim.id], statement };
      const key = changeKey(own);
      return input.refused.has(key) || input.refused.has(changeId(input.dreamId, key))
        ? []
        : [{ key, proposal: own, statement, host: claim, gone: [claim] }];
    });
}

/** The text with the one value put for the other; null where the old one stands not exactly once as a word of its own. */
function withNewValue(text: string, oldValue: string | null, newValue: string | null): string | null {
  if (oldValue === null || newValue === null || oldValue === '' || newValue.includes('\n')) return null;
  const parts = text.split(oldValue);
  const [before, after] = parts;
  if (
    parts.length !== 2 ||
    before === undefined ||
    after === undefined ||
    /[\p{L}\p{N}_-]$/u.test(before) ||
    /^[\p{L}\p{N}_-]/u.test(after)
  )
    return null;
  return oneLine(`${before}${newValue}${after}`);
}

/** Lines that a merge leads to as they stand: protected ones, settled texts, and steps that say all of it. */
function fixedInMerge(
  input: ResolveInput,
  statement: string,
  free: readonly Claim[],
  untouchable: ReadonlySet<string>,
): ReadonlySet<string> {
  const said = (claim: Claim): boolean => {
    const held = new Set(termsOf(claim.text));
    const asked = termsOf(statement);
    return asked.filter((term) => held.has(term)).length >= asked.length * 0.8;
  };
  const settled = free.filter((claim) => input.settled?.has(claim.id) === true);
  // Of two lists with the same step one may lose it; where other words stand beside a step, it is the step that stays.
  const step = free.every((claim) => input.steps?.has(claim.id) === true)
    ? undefined
    : free.find((claim) => input.steps?.has(claim.id) === true && said(claim));
  return new Set([...untouchable, ...[...settled, ...(step === undefined ? [] : [step])].map((claim) => claim.id)]);
}

/** Its claims were taken by another proposal, or it never had any: what facts support is still new. */
function withoutClaims(
  proposal: Extract<Proposal, { kind: 'merge' | 'supersede' }>,
  key: string,
  statement: string,
  named: readonly Claim[],
): Edit | null {
  return proposal.factIds.length > 0 || named.length > 0 ? { key, proposal, statement, host: null, gone: [] } : null;
}

/** The same for any order of the input: kinds by precedence, then by the place of the first claim, then by content. */
function inOrder(proposals: readonly Proposal[], claims: ReadonlyMap<string, Claim>): { proposal: Proposal; key: string }[] {
  const place = (proposal: Proposal): string => {
    const claim = claims.get(proposal.claimIds[0] ?? '');
    return claim === undefined ? '~' : `${claim.path}\u0000${String(claim.start).padStart(9, '0')}`;
  };
  const strength = (proposal: Proposal): string => {
    const at = retireOrder.indexOf(proposal.reasonCode);
    return proposal.kind === 'retire' ? String(at === -1 ? 99 : at).padStart(2, '0') : '';
  };
  return proposals
    .map((proposal) => ({
      proposal,
      key: changeKey(proposal),
      sort: [
        String(precedence.indexOf(proposal.kind)),
        strength(proposal),
        place(proposal),
        canonicalJson(withoutIds(proposal)),
        canonicalJson(proposal),
      ].join('\u0001'),
    }))
    .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
}

/** Ids are random, so they decide only between proposals that say the very same. */
function withoutIds(proposal: Proposal): object {
  const { claimIds: _claims, factIds: _facts, ...rest } = proposal;
  return rest.kind === 'pattern' ? { ...rest, evidence: rest.evidence.map((item) => item.quote) } : rest;
}
