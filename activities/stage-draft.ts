import type { DraftRow } from '../db/drafts.ts';
import { insertDraft, readChanges, readDraftFiles, readDrafts } from '../db/drafts.ts';
import { requireDream, updateDream } from '../db/dreams.ts';
import type { NewEvent } from '../db/events.ts';
import { readFacts } from '../db/facts.ts';
import { readInputClaims } from '../db/input-claims.ts';
import { readProposals } from '../db/proposals.ts';
import type { Change } from '../domain/change.ts';
import type { Draft } from '../domain/draft.ts';
import { isRetireCapLifted } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import { counted } from '../domain/guards/guard.ts';
import type { LeftOut, LeftOutWhy } from '../domain/operation.ts';
import type { DraftReport } from '../domain/report.ts';
import { findLayout, restageDraft } from '../domain/staging/restage-draft.ts';
import type { StageInput } from '../domain/staging/stage-draft.ts';
import { stageDraft as stage } from '../domain/staging/stage-draft.ts';
import { topicOf } from '../engines/offline/topic.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { appendLive, liveEvent, stepMessage, wasSaid } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { readPinnedTexts } from './read-pinned.ts';
import { breathe, withHeartbeat } from './running.ts';

export interface StageRequest extends DreamInput {
  round: number;
  /** Changes that guards refused so far. */
  refused: string[];
  /** The draft that a reviewer looked at, or that others' edits kept from being committed, and the changes that the reviewer left out. */
  from?: { draftId: string; exclude: string[] };
}

export interface StagedDraft {
  draftId: string;
  digest: string;
  changes: number;
}

/** Code turns what was proposed into files; after a review, into the files that were looked at without what was left out. */
export function stageDraft(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, round, refused, from }: StageRequest): Promise<StagedDraft> =>
    await withHeartbeat(async (signal) => {
      const read = await reading(dependencies, workspaceId, async (tx) => {
        const drafts = await readDrafts(tx, dreamId);
        const changesOf = drafts.find((draft) => draft.round === round)?.id ?? from?.draftId;
        return {
          dream: await requireDream(tx, dreamId),
          memories: await readPinnedTexts(tx, dreamId),
          claims: await readInputClaims(tx, dreamId),
          facts: await readFacts(tx, dreamId),
          proposals: await readProposals(tx, dreamId),
          drafts,
          changes: changesOf === undefined ? [] : await readChanges(tx, changesOf),
        };
      });
      const done = read.drafts.find((draft) => draft.round === round);
      if (done !== undefined) return { draftId: done.id, digest: done.digest, changes: read.changes.length };
      const { options } = read.dream;
      const input = {
        dreamId,
        round,
        claims: read.claims,
        facts: new Map(read.facts.map((fact) => [fact.id, fact])),
        proposals: read.proposals,
        memories: read.memories.map(({ memoryId, versionId, path, content }) => ({ memoryId, memoryVersionId: versionId, path, content })),
        protect: options.protect,
        retireCap: isRetireCapLifted(options) ? 1 : options.retireCap,
        topicOf: (claim: StageInput['claims'][number]) => topicOf(claim.text, null),
      };
      await breathe(signal);
      const { draft, report, leftOut } =
        from === undefined
          ? stageFreely(input, read.drafts, refused)
          : await stageReviewed(input, read.drafts, read.changes, refused, from, signal);
      await breathe(signal);
      const before = read.drafts.at(-1);
      await writing(dependencies, 'stageDraft.stage', workspaceId, async (tx) => {
        const open = await lockForStep(tx, dreamId);
        if (await wasSaid(tx, open, 'stageDraft', String(round))) return;
        const earlier = before === undefined ? read.memories : await readDraftFiles(tx, before.id);
        await insertDraft(tx, { workspaceId, dreamId, round, leftOut }, draft, report);
        await updateDream(tx, dreamId, { stage: 'stageDraft', draftId: draft.id });
        await appendLive(tx, open, [
          ...toolUses(dreamId, round, draft, new Map(earlier.map((file) => [file.path, file.sha256]))),
          stepMessage(
            dreamId,
            'stageDraft',
            `draft ${String(round)} has ${counted(draft.changes.length, 'change')} in ${counted(draft.files.length, 'file')}${wordLeftOut(leftOut)}`,
            String(round),
          ),
        ]);
      });
      return { draftId: draft.id, digest: draft.digest, changes: draft.changes.length };
    });
}

type Staged = { draft: Draft; report: DraftReport; leftOut: LeftOut[] };

/** Before a review: what guards refused may make way for another proposal. */
function stageFreely(input: Omit<StageInput, 'refused'>, drafts: readonly DraftRow[], refused: readonly string[]): Staged {
  const before = drafts.at(-1);
  const { draft, report } = stage({ ...input, refused: new Set(refused) });
  return { draft, report, leftOut: before === undefined ? [] : adding(before, new Map(refused.map((id) => [id, 'guard']))) };
}

/** After a review: nothing but what was looked at. */
async function stageReviewed(
  input: Omit<StageInput, 'refused'>,
  drafts: readonly DraftRow[],
  reviewed: readonly Change[],
  refused: readonly string[],
  from: { draftId: string; exclude: readonly string[] },
  signal: AbortSignal,
): Promise<Staged> {
  const reviewedDraft = drafts.find((draft) => draft.id === from.draftId);
  if (reviewedDraft === undefined) throw new DreamsError('invalid_draft', `There is no draft ${from.draftId} of dream ${input.dreamId}.`);
  const earlier = drafts.filter((draft) => draft.round <= reviewedDraft.round);
  const known = new Set(reviewed.map((change) => change.id));
  const layout = findLayout(input, earlier.toReversed());
  // Both take seconds where a store is at its limits: the heart beats in between.
  await breathe(signal);
  const asked = new Map<string, LeftOutWhy>();
  for (const { changeId, why } of reviewedDraft.leftOut) if (!layout.refused.has(changeId)) asked.set(changeId, why);
  for (const id of from.exclude) if (known.has(id)) asked.set(id, 'reviewer');
  for (const id of refused) if (known.has(id) && !asked.has(id)) asked.set(id, 'guard');
  const conflicts = new Set(earlier.flatMap((draft) => draft.conflicts ?? []).map((conflict) => conflict.path));
  const { draft, report, leftOut } = restageDraft({ ...input, layout, reviewed, leftOut: asked, conflicts });
  const excluded = new Set(from.exclude);
  // Who left out one change did not say so of those that go with it.
  const why = (id: string, cause: LeftOutWhy): LeftOutWhy => (cause === 'reviewer' && !excluded.has(id) ? 'along' : cause);
  return { draft, report, leftOut: adding(reviewedDraft, new Map([...leftOut].map(([id, cause]) => [id, why(id, cause)]))) };
}

/** What a draft had left out stays listed. */
function adding(before: DraftRow, leftOut: ReadonlyMap<string, LeftOutWhy>): LeftOut[] {
  const listed = new Set(before.leftOut.map((entry) => entry.changeId));
  const added = [...leftOut].filter(([changeId]) => !listed.has(changeId));
  return [...before.leftOut, ...added.map(([changeId, why]) => ({ changeId, why, draftId: before.id }))];
}

const reasons: Record<LeftOutWhy, string> = {
  guard: 'refused by a guard',
  reviewer: 'excluded in the review',
  conflict: 'in paths that others changed meanwhile',
  along: 'that cannot stand without those',
  unapproved: 'that nobody had looked at',
};

function wordLeftOut(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  const counts = (Object.keys(reasons) as LeftOutWhy[])
    .map((why) => ({ why, count: leftOut.filter((entry) => entry.why === why).length }))
    .filter(({ count }) => count > 0)
    .map(({ why, count }) => `${String(count)} ${reasons[why]}`);
  return `; ${String(leftOut.length)} ${leftOut.length === 1 ? 'change was' : 'changes were'} left out: ${counts.join(', ')}`;
}

/** One tool use per path that the draft writes, edits or deletes; after a restage only what differs from the draft before. */
function toolUses(dreamId: string, round: number, draft: Draft, earlier: ReadonlyMap<string, string>): NewEvent[] {
  const event = (name: string, path: string, content?: string) =>
    liveEvent(dreamId, 'stageDraft', `${String(round)} ${path}`, 0, 'agent.tool_use', {
      name,
      input: { file_path: path, ...(content === undefined ? {} : { content }) },
      evaluated_permission: 'allow',
      step: 'stageDraft',
    });
  const paths = new Set(draft.files.map((file) => file.path));
  const written = draft.files
    .filter((file) => earlier.get(file.path) !== file.sha256)
    .map((file) => event(earlier.has(file.path) ? 'edit' : 'write', file.path, file.content));
  const deleted = [...earlier.keys()].filter((path) => !paths.has(path)).map((path) => event('delete', path));
  return [...written, ...deleted];
}
