import { withWorkspace } from '../db/database.ts';
import { insertDraft, newestDraft, readChanges, readDraftFiles } from '../db/drafts.ts';
import { lockOpenDream, requireDream, updateDream } from '../db/dreams.ts';
import type { NewEvent } from '../db/events.ts';
import { readFacts } from '../db/facts.ts';
import { readInputClaims } from '../db/input-claims.ts';
import { readProposals } from '../db/proposals.ts';
import type { Draft } from '../domain/draft.ts';
import { stageDraft as stage } from '../domain/staging/stage-draft.ts';
import { topicOf } from '../engines/offline/topic.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { appendLive, liveEvent, stepMessage } from './live-session.ts';
import type { PinnedText } from './read-pinned.ts';
import { readPinnedTexts } from './read-pinned.ts';
import { withHeartbeat } from './running.ts';

export interface StagedDraft {
  draftId: string;
  digest: string;
  changes: number;
}

/** Code turns what was proposed into files. `refused` names changes that a guard refused in an earlier round. */
export function stageDraft({ database }: Dependencies) {
  return async ({ workspaceId, dreamId, round, refused }: DreamInput & { round: number; refused: string[] }): Promise<StagedDraft> =>
    await withHeartbeat(async () => {
      const input = await withWorkspace(database, workspaceId, async (tx) => ({
        dream: await requireDream(tx, dreamId),
        memories: await readPinnedTexts(tx, dreamId),
        claims: await readInputClaims(tx, dreamId),
        facts: await readFacts(tx, dreamId),
        proposals: await readProposals(tx, dreamId),
        before: await newestDraft(tx, dreamId),
      }));
      if (input.before?.round === round) {
        const changes = await withWorkspace(database, workspaceId, (tx) => readChanges(tx, input.before?.id ?? ''));
        return { draftId: input.before.id, digest: input.before.digest, changes: changes.length };
      }
      const { draft, report } = stage({
        dreamId,
        round,
        claims: input.claims,
        facts: new Map(input.facts.map((fact) => [fact.id, fact])),
        proposals: input.proposals,
        refused: new Set(refused),
        memories: input.memories.map(({ memoryId, versionId, path, content }) => ({ memoryId, memoryVersionId: versionId, path, content })),
        protect: input.dream.options.protect,
        retireCap: input.dream.options.retireCap,
        topicOf: (claim) => topicOf(claim.text, null),
      });
      await withWorkspace(database, workspaceId, async (tx) => {
        const open = await lockOpenDream(tx, dreamId);
        const earlier = new Map(
          input.before === undefined ? [] : (await readDraftFiles(tx, input.before.id)).map((file) => [file.path, file.sha256]),
        );
        await insertDraft(tx, { workspaceId, dreamId, round }, draft, report);
        await updateDream(tx, dreamId, { stage: 'stageDraft', draftId: draft.id });
        const shown = toolUses(dreamId, round, draft, input.memories, earlier);
        await appendLive(tx, open, [
          ...shown,
          stepMessage(
            dreamId,
            'stageDraft',
            `draft ${String(round)} has ${String(draft.changes.length)} changes in ${String(draft.files.length)} files${round === 1 ? '' : `; ${String(refused.length)} changes were left out`}`,
            String(round),
          ),
        ]);
      });
      return { draftId: draft.id, digest: draft.digest, changes: draft.changes.length };
    });
}

/** One tool use per path that the draft writes, edits or deletes; after a restage only what differs from the draft before. */
function toolUses(
  dreamId: string,
  round: number,
  draft: Draft,
  memories: readonly PinnedText[],
  earlier: ReadonlyMap<string, string>,
): NewEvent[] {
  const input = new Map(memories.map((memory) => [memory.path, memory.sha256]));
  const event = (name: string, path: string, content?: string) =>
    liveEvent(dreamId, 'stageDraft', `${String(round)} ${path}`, 0, 'agent.tool_use', {
      name,
      input: { file_path: path, ...(content === undefined ? {} : { content }) },
      evaluated_permission: 'allow',
      step: 'stageDraft',
    });
  const written = draft.files
    .filter((file) => input.get(file.path) !== file.sha256 && earlier.get(file.path) !== file.sha256)
    .map((file) => event(input.has(file.path) ? 'edit' : 'write', file.path, file.content));
  const deleted = round === 1 ? draft.deleted.map((path) => event('delete', path)) : [];
  return [...written, ...deleted];
}
