import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { DraftRow } from '../db/drafts.ts';
import { findDraft, readChanges, readDraftClaims, readDraftFiles, setDraftReport } from '../db/drafts.ts';
import { requireDream, updateDream } from '../db/dreams.ts';
import { dreamEventsHold } from '../db/events.ts';
import { readInputClaims } from '../db/input-claims.ts';
import { readSources } from '../db/provenance.ts';
import type { Draft } from '../domain/draft.ts';
import { isRetireCapLifted } from '../domain/dream.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { GuardLine } from '../domain/guards/all-guards.ts';
import { runGuards } from '../domain/guards/all-guards.ts';
import { counted, type GuardInput } from '../domain/guards/guard.ts';
import { noNewIdentifiers } from '../domain/guards/no-new-identifiers.ts';
import { parseClaims } from '../sources/markdown/parse-claims.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { appendLive, stepMessage, wasSaid } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { readPinnedTexts } from './read-pinned.ts';
import { breathe, withHeartbeat } from './running.ts';

export interface DraftCheck {
  ok: boolean;
  /** Changes that the next draft leaves out. */
  refused: string[];
  /** Names of the guards that found something. */
  guards: string[];
  /** Leaving changes out cannot cure it. */
  unmendable: boolean;
}

/** The guards over one draft; their lines go into the draft's report, and once there they are the answer. */
export function checkDraft(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, draftId }: DreamInput & { draftId: string }): Promise<DraftCheck> =>
    await withHeartbeat(async (signal) => {
      const standing = await reading(dependencies, workspaceId, (tx) => readCheck(tx, dreamId, draftId));
      if (standing !== undefined) return standing;
      const { input, report } = await reading(dependencies, workspaceId, (tx) => readGuardInput(tx, dreamId, draftId));
      await breathe(signal);
      const result = runGuards(input);
      await breathe(signal);
      const check = checkOf(result.lines, input.draft.changes);
      return await writing(dependencies, 'checkDraft.check', workspaceId, async (tx) => {
        const dream = await lockForStep(tx, dreamId);
        const meanwhile = await readCheck(tx, dreamId, draftId);
        if (meanwhile !== undefined) return meanwhile;
        await setDraftReport(tx, draftId, { ...report, guards: result.lines });
        await updateDream(tx, dreamId, { stage: 'checkDraft' });
        const said = check.ok
          ? `${String(result.lines.length)} guards passed`
          : `${check.guards.join(', ')} refused ${counted(check.refused.length, 'change')}`;
        await appendLive(tx, dream, [stepMessage(dreamId, 'checkDraft', said, draftId)]);
        return check;
      });
    });
}

/** What an earlier attempt found; another version of the guards, which goes on after a crash or a reset, may judge otherwise. */
async function readCheck(tx: Transaction, dreamId: string, draftId: string): Promise<DraftCheck | undefined> {
  if (!(await wasSaid(tx, await requireDream(tx, dreamId), 'checkDraft', draftId))) return undefined;
  const draft = await findDraft(tx, draftId);
  return draft === undefined ? undefined : checkOf(draft.report.guards, await readChanges(tx, draftId));
}

function checkOf(lines: readonly GuardLine[], changes: readonly { id: string }[]): DraftCheck {
  const refused = new Set(lines.flatMap((line) => line.refused));
  return {
    ok: lines.every((line) => line.ok),
    refused: changes.map((change) => change.id).filter((id) => refused.has(id)),
    guards: lines.filter((line) => !line.ok).map((line) => line.guard),
    unmendable: lines.some((line) => line.incurable > 0),
  };
}

async function readGuardInput(tx: Transaction, dreamId: string, draftId: string) {
  const dream = await requireDream(tx, dreamId);
  const row = await findDraft(tx, draftId);
  if (row === undefined) throw new DreamsError('invalid_draft', `There is no draft ${draftId}.`);
  const memories = await readPinnedTexts(tx, dreamId);
  const draft = await readDraft(tx, row);
  const evidence = [...draft.claims.flatMap((claim) => claim.evidence), ...draft.changes.flatMap((change) => change.evidence)];
  const sources = await readSources(
    tx,
    evidence.map((item) => (item.kind === 'event' ? { eventId: item.eventId } : { memoryVersionId: item.memoryVersionId })),
  );
  const resolve = (item: Evidence) =>
    (item.kind === 'event' ? sources.ofEvent(item.eventId, item.block) : sources.ofVersion(item.memoryVersionId)?.content) ?? null;
  const input: GuardInput = {
    input: {
      memories: memories.map(({ memoryId, path, content, sha256 }) => ({ memoryId, path, content, sha256 })),
      claims: await readInputClaims(tx, dreamId),
    },
    draft,
    protect: dream.options.protect,
    retireCap: dream.options.retireCap,
    reviewRequired: isRetireCapLifted(dream.options),
    refusedRewrites: await readKeptClaims(tx, row),
    resolve,
    searchSources: () => true,
  };
  return { report: row.report, input: { ...input, searchSources: await searchOf(tx, dreamId, input) } };
}

/**
 * Lines that stand as they stood by a person's will, or because others changed their file, which keeps theirs: a secret in
 * them, which a change that was left out would have masked or taken away, is not the draft's.
 */
async function readKeptClaims(tx: Transaction, { leftOut }: DraftRow): Promise<Set<string>> {
  const willed = leftOut.filter(({ why }) => why === 'reviewer' || why === 'conflict' || why === 'along');
  const kept = new Set<string>();
  for (const draftId of new Set(willed.map((entry) => entry.draftId))) {
    const ids = new Set(willed.map((entry) => entry.changeId));
    for (const change of await readChanges(tx, draftId))
      if (ids.has(change.id)) for (const { claimId } of change.removed) kept.add(claimId);
  }
  return kept;
}

/**
 * A guard asks synchronously whether a transcript or a memory holds a string; the transcripts are in the database. So the
 * one guard that asks runs once to learn what it will ask, and the answers are looked up beforehand.
 */
async function searchOf(tx: Transaction, dreamId: string, input: GuardInput): Promise<(needle: string) => boolean> {
  const asked = new Set<string>();
  noNewIdentifiers.check({
    ...input,
    searchSources: (needle) => {
      asked.add(needle);
      return true;
    },
  });
  const found = new Set<string>();
  for (const needle of asked) {
    if (input.input.memories.some((memory) => memory.content.includes(needle)) || (await dreamEventsHold(tx, dreamId, needle)))
      found.add(needle);
  }
  return (needle) => found.has(needle);
}

async function readDraft(tx: Transaction, row: { id: string; digest: string; deleted: string[] }): Promise<Draft> {
  const files = await readDraftFiles(tx, row.id);
  const contents = await readContents(
    tx,
    files.map((file) => file.sha256),
  );
  const claims = await readDraftClaims(tx, row.id, contents, files);
  // Rows hold ranges; the text without its list marker is what the parser reads there.
  const texts = new Map(
    files.flatMap(({ path, sha256 }) =>
      parseClaims({ memoryId: '', memoryVersionId: '', path, content: contents.get(sha256) ?? '', dreamId: '', protected: false }).map(
        (claim) => [`${path} ${String(claim.start)} ${String(claim.end)}`, claim.text],
      ),
    ),
  );
  return {
    id: row.id,
    digest: row.digest,
    deleted: row.deleted,
    changes: await readChanges(tx, row.id),
    claims: claims.map((claim) => ({
      ...claim,
      text: texts.get(`${claim.path} ${String(claim.start)} ${String(claim.end)}`) ?? claim.text,
    })),
    files: files.map(({ path, sha256, memoryId }) => ({ path, sha256, memoryId, content: contents.get(sha256) ?? '' })),
  };
}
