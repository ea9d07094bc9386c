import { moveAlias } from '../db/aliases.ts';
import type { Transaction } from '../db/database.ts';
import { readDecisions } from '../db/decisions.ts';
import type { DraftRow } from '../db/drafts.ts';
import { findDraft, newestDraft, placeClaims, readDraftFiles, setDraftConflicts } from '../db/drafts.ts';
import type { DreamRow } from '../db/dreams.ts';
import { endDream, lockDream, updateDream } from '../db/dreams.ts';
import { writeVersions } from '../db/memories.ts';
import { appendOperation, findDreamOperation } from '../db/operations.ts';
import { DreamsError } from '../domain/errors.ts';
import { deriveId } from '../domain/ids.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { CommitTarget } from './commit-target.ts';
import { lockTarget } from './commit-target.ts';
import { confirmedPaths } from './confirmed-paths.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { appendLive, stepMessage } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { dreamReport } from './operation-report.ts';
import { planVersions } from './plan-versions.ts';
import type { RebasedDraft } from './rebase-draft.ts';
import { rebaseDraft } from './rebase-draft.ts';

export interface CommittedDream {
  /** null: others touched paths that the draft touches, and nothing was committed. */
  operationId: string | null;
  /** How many those are; the draft says which. */
  conflicts: number;
}

/** One transaction under the lock of the dream's row makes the draft the output store. Running it twice gives the same answer. */
export function commitDream(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, draftId, digest }: DreamInput & { draftId: string; digest: string }): Promise<CommittedDream> => {
    return await writing(dependencies, 'commitDream.commit', workspaceId, async (tx) => {
      await lockDream(tx, dreamId);
      const done = await findDreamOperation(tx, dreamId);
      if (done !== undefined) return { operationId: done.id, conflicts: 0 };
      const dream = await lockForStep(tx, dreamId);
      const asked = await findDraft(tx, draftId);
      // Asked again it answers the same, also when the draft of the rest is there already: a reset run comes by here once more.
      if (asked?.conflicts != null && asked.digest === digest) return { operationId: null, conflicts: asked.conflicts.length };
      const draft = await requireNewest(tx, dreamId, draftId, digest);
      const target = await lockTarget(tx, dream);
      const rebased = await onto(tx, dream, draft, target);
      if (rebased.conflicts.length > 0) return await refuse(tx, dream, draft, rebased);
      return { operationId: await commit(tx, dream, draft, target.storeId, rebased), conflicts: 0 };
    });
  };
}

/** What was checked, and approved where that is asked for, is what is committed. */
async function requireNewest(tx: Transaction, dreamId: string, draftId: string, digest: string): Promise<DraftRow> {
  const draft = await newestDraft(tx, dreamId);
  if (draft?.id === draftId && draft.digest === digest) return draft;
  throw new DreamsError('draft_changed', `The draft ${draftId} is not the newest of dream ${dreamId} any more.`);
}

async function onto(tx: Transaction, dream: DreamRow, draft: DraftRow, { moved }: CommitTarget): Promise<RebasedDraft> {
  const files = await readDraftFiles(tx, draft.id);
  if (moved !== null) return await rebaseDraft(tx, dream, files, moved);
  return { files: files.map(({ path, sha256 }) => ({ path, sha256, copiedFrom: null })), conflicts: [], theirs: [] };
}

async function refuse(tx: Transaction, dream: DreamRow, draft: DraftRow, { conflicts }: RebasedDraft): Promise<CommittedDream> {
  await setDraftConflicts(tx, draft.id, conflicts);
  const said = `nothing was written, because others changed ${paths(conflicts.length)} that the draft ${draft.id} touches too`;
  await appendLive(tx, dream, [stepMessage(dream.id, 'commitDream', said, draft.id)]);
  return { operationId: null, conflicts: conflicts.length };
}

async function commit(
  tx: Transaction,
  dream: DreamRow,
  draft: DraftRow,
  storeId: string,
  { files, theirs }: RebasedDraft,
): Promise<string> {
  const { workspaceId, id: dreamId } = dream;
  const confirmed = await confirmedPaths(tx, dreamId, draft.id, files);
  const { versions, steps } = await planVersions(tx, dream, storeId, files, confirmed);
  await writeVersions(tx, versions);
  for (const { id, path, operation, copiedFrom } of versions)
    if (operation !== 'deleted' && copiedFrom === null) await placeClaims(tx, draft.id, path, id);
  const operationId = deriveId('op', dreamId, 'commitDream', storeId);
  const counts = draft.report.counts;
  await appendOperation(
    tx,
    {
      workspaceId,
      id: operationId,
      storeId,
      kind: 'dream',
      ...(await readAuthor(tx, dreamId)),
      dreamId,
      draftId: draft.id,
      counts,
      report: await dreamReport(tx, draft, theirs),
    },
    steps,
  );
  const { alias } = dream.options;
  if (alias !== null) await moveAlias(tx, { workspaceId, name: alias, kind: 'dream', storeId, by: `dream ${dreamId}`, dreamId });
  await updateDream(tx, dreamId, { stage: 'commitDream', draftId: draft.id });
  await endDream(tx, dreamId, { status: 'completed', outcome: 'committed', error: null });
  const kinds = Object.entries(counts).map(([kind, count]) => `${kind} ${String(count)}`);
  const said = [
    `${String(versions.length)} ${versions.length === 1 ? 'memory' : 'memories'} written to ${storeId}: ${kinds.length === 0 ? 'no statement changed' : kinds.join(', ')}`,
    ...(theirs.length === 0 ? [] : [`others changed ${paths(theirs.length)} meanwhile, which kept theirs`]),
    ...(alias === null ? [] : [`the alias ${alias} names it now`]),
  ];
  await appendLive(tx, dream, [stepMessage(dreamId, 'commitDream', said.join('; '))]);
  return operationId;
}

/** Whoever approved it last; the dream itself where nobody did, or where time ran out instead. */
async function readAuthor(tx: Transaction, dreamId: string): Promise<{ by: string; note: string | null }> {
  const approval = (await readDecisions(tx, dreamId)).findLast((decision) => decision.verdict === 'approve');
  if (approval?.channel === 'timeout') return { by: `dream ${dreamId}`, note: 'Nobody decided in time; committed as asked for that case.' };
  return { by: approval?.by ?? `dream ${dreamId}`, note: approval?.note ?? null };
}

function paths(count: number): string {
  return count === 1 ? '1 path' : `${String(count)} paths`;
}
