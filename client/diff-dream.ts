/** What a dream's draft would change, or has changed: everything that a person needs to decide about it. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { DraftRow } from '../db/drafts.ts';
import { readChanges } from '../db/drafts.ts';
import { findDreamOperation } from '../db/operations.ts';
import { readSources } from '../db/provenance.ts';
import type { Change } from '../domain/change.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import { maskSecrets } from '../domain/secrets.ts';
import type { Context } from './context.ts';
import { changesWithCredential } from './credentials-of-changes.ts';
import type { DraftState } from './draft-state.ts';
import { readDraftState } from './draft-state.ts';
import type { QuoteContext } from './quote-context.ts';
import { quoteContext } from './quote-context.ts';
import { readTitles, riskiestFirst, toWireChange } from './wire/change.ts';
import type { DiffChange, DiffConflict, DreamDiff } from './wire/diff.ts';
import { toDecision } from './wire/diff.ts';
import { hasEnded } from './wire/dream.ts';

/** The committed draft, or the newest one. Secrets are masked. */
export async function diffDream(context: Context, id: string): Promise<DreamDiff> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const state = await readDraftState(tx, id);
    return await readDiff(tx, state, requireDraft(state));
  });
}

/** The draft that a person is shown. */
function requireDraft({ dream, drafts }: DraftState): DraftRow {
  const committed = dream.outcome === 'committed' ? drafts.find((draft) => draft.id === dream.draftId) : undefined;
  const draft = committed ?? drafts.at(-1);
  if (draft !== undefined) return draft;
  if (hasEnded(dream))
    throw new DreamsError('not_found', `The dream ${dream.id} ended (${dream.outcome ?? dream.status}) before it had a draft.`, {
      hint: `See "dreams show ${dream.id}" for how it ended.`,
    });
  throw new DreamsError('not_found', `The dream ${dream.id} has no draft yet; it is at ${dream.stage}.`, {
    hint: `Watch it: "dreams watch ${dream.id}".`,
  });
}

export async function readDiff(tx: Transaction, state: DraftState, draft: DraftRow): Promise<DreamDiff> {
  const { dream, waiting } = state;
  const { report } = draft;
  return {
    dream_id: dream.id,
    status: dream.status,
    outcome: dream.outcome,
    stage: dream.stage,
    draft_id: draft.id,
    round: draft.round,
    digest: draft.digest,
    review: dream.options.review,
    ends_at: waiting?.draft.id === draft.id ? waiting.endsAt.toISOString() : null,
    on_timeout: dream.options.onTimeout,
    decisions: state.decisions.map(toDecision),
    totals: report.counts,
    files: report.files,
    claims: report.claims,
    guards: report.guards,
    kept_by_cap: report.keptByCap.length,
    left_out: await readLeftOut(tx, dream.id, draft),
    conflicts: await readConflicts(tx, state.drafts),
    alias: dream.options.alias,
    output_behavior: dream.outputBehavior,
    output_store_id: dream.outputStoreId,
    operation_id: (await findDreamOperation(tx, dream.id))?.id ?? null,
    changes: riskiestFirst(await toDiffChanges(tx, dream.id, await readChanges(tx, draft.id))),
  };
}

async function toDiffChanges(tx: Transaction, dreamId: string, changes: readonly Change[]): Promise<DiffChange[]> {
  const evidence = changes.flatMap((change) => change.evidence);
  const titles = await readTitles(tx, evidence);
  const withCredential = await changesWithCredential(tx, dreamId, changes);
  const sources = await readSources(
    tx,
    evidence.map((item) => (item.kind === 'event' ? { eventId: item.eventId } : { memoryVersionId: item.memoryVersionId })),
  );
  const contextOf = (item: Evidence): QuoteContext | null => {
    const text = item.kind === 'event' ? sources.ofEvent(item.eventId, item.block) : sources.ofVersion(item.memoryVersionId)?.content;
    return text === undefined ? null : quoteContext(text, item.start, item.end);
  };
  return changes.map((change) => {
    const wire = toWireChange(change, titles);
    return {
      ...wire,
      before: wire.before === null ? null : maskSecrets(wire.before),
      after: wire.after === null ? null : maskSecrets(wire.after),
      reason: maskSecrets(wire.reason),
      removed: wire.removed.map((line) => ({ ...line, text: maskSecrets(line.text) })),
      holds_credential: withCredential.has(change.id),
      evidence: wire.evidence.map((item, index) => {
        const source = change.evidence[index];
        return { ...item, quote: maskSecrets(item.quote), context: source === undefined ? null : contextOf(source) };
      }),
    };
  });
}

/** As an earlier draft still lists them. */
async function readLeftOut(tx: Transaction, dreamId: string, draft: DraftRow): Promise<DreamDiff['left_out']> {
  const found: Change[] = [];
  for (const draftId of new Set(draft.leftOut.map((item) => item.draftId))) {
    const ids = new Set(draft.leftOut.filter((item) => item.draftId === draftId).map((item) => item.changeId));
    found.push(...(await readChanges(tx, draftId)).filter((change) => ids.has(change.id)));
  }
  const whys = new Map(draft.leftOut.map((item) => [item.changeId, item.why]));
  return riskiestFirst(await toDiffChanges(tx, dreamId, found)).flatMap((change) => {
    const why = whys.get(change.id);
    return why === undefined ? [] : [{ ...change, why }];
  });
}

/** Of every draft whose commit met them: the draft after it does without those changes. */
async function readConflicts(tx: Transaction, drafts: readonly DraftRow[]): Promise<DiffConflict[]> {
  const conflicts = new Map(drafts.flatMap((draft) => (draft.conflicts ?? []).map((conflict) => [conflict.path, conflict])));
  const contents = await readContents(
    tx,
    [...conflicts.values()].flatMap(({ base, ours, theirs }) => [base, ours, theirs].filter((hash) => hash !== null)),
  );
  const textOf = (hash: string | null): string | null => (hash === null ? null : maskSecrets(contents.get(hash) ?? ''));
  return [...conflicts.values()].map(({ path, base, ours, theirs }) => ({
    path,
    base: textOf(base),
    ours: textOf(ours),
    theirs: textOf(theirs),
  }));
}
