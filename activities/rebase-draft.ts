import { putContents, readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { DraftFileRow } from '../db/drafts.ts';
import { readChanges } from '../db/drafts.ts';
import type { DreamRow } from '../db/dreams.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import type { Head } from '../db/memories.ts';
import { DreamsError } from '../domain/errors.ts';
import type { IndexedFile } from '../domain/index-file.ts';
import { indexOver, isGeneratedIndex, isIndexPath } from '../domain/index-file.ts';
import { maxMemoriesPerStore } from '../domain/limits.ts';
import type { PathConflict } from '../domain/operation.ts';
import type { PathFile, Rebased } from '../domain/rebase.ts';
import { rebase } from '../domain/rebase.ts';

/** A file that is to stand in the store after the commit. */
export interface WantedFile extends PathFile {
  /** Of a file that others wrote: the version in which its lines are recorded. */
  copiedFrom: string | null;
}

export interface RebasedDraft {
  files: WantedFile[];
  conflicts: PathConflict[];
  /** Paths that others changed since the snapshot and that keep theirs. */
  theirs: string[];
}

/** The draft over what stands now instead of over what the snapshot pinned, with its indexes made again. Writes nothing but their texts. */
export async function rebaseDraft(
  tx: Transaction,
  dream: DreamRow,
  draft: readonly DraftFileRow[],
  heads: readonly Head[],
  limit = maxMemoriesPerStore,
): Promise<RebasedDraft> {
  const pinned = await readPinnedMemories(tx, dream.id);
  const { protect } = dream.options;
  const indexes = await readTexts(
    tx,
    [...pinned, ...heads, ...draft].filter((file) => isIndexPath(file.path)),
  );
  const notes = (files: readonly PathFile[]) =>
    files.filter(({ path, sha256 }) => !isIndexPath(path) || !isGeneratedIndex({ path, content: indexes.get(sha256) ?? '' }, protect));
  const changes = await readChanges(tx, draft[0]?.draftId ?? dream.draftId ?? '');
  const named = new Set(changes.flatMap((change) => [change.path, ...change.removed.map((removed) => removed.path)]));
  const input = { base: notes(pinned), theirs: notes(heads), ours: notes(draft), named };
  const rebased = rebase(input);
  if (rebased.conflicts.length > 0) return { files: [], conflicts: rebased.conflicts, theirs: rebased.theirs };

  const texts = await readTexts(tx, rebased.files);
  const withText = ({ path, sha256 }: PathFile): IndexedFile => ({ path, content: textOf(texts, sha256) });
  const standing = heads.map(({ path, sha256 }) => ({ path, content: indexes.get(sha256) ?? '' }));
  const made = indexOver(rebased.files.map(withText), standing, protect);
  const others = rebased.files.filter((file) => !made.some((index) => index.path === file.path));
  const total = others.length + made.length;
  if (total > limit) return tooMany(dream, rebase(input, limit - made.length), total, limit);

  const hashes = await putContents(
    tx,
    dream.workspaceId,
    made.map((index) => index.content),
  );
  const recordedIn = new Map(heads.map((head) => [head.path, head.copiedFrom ?? head.versionId]));
  return {
    files: [
      ...others.map(({ path, sha256, from }) => ({
        path,
        sha256,
        copiedFrom: from === 'theirs' ? (recordedIn.get(path) ?? null) : null,
      })),
      ...made.map(({ path }, index) => ({ path, sha256: hashes[index] ?? '', copiedFrom: null })),
    ],
    conflicts: [],
    theirs: rebased.theirs,
  };
}

/** New files of the draft make room for the index; where others filled the store there is none of ours to take. */
function tooMany(dream: DreamRow, { conflicts, theirs }: Rebased, total: number, limit: number): RebasedDraft {
  if (conflicts.length > 0) return { files: [], conflicts, theirs };
  throw new DreamsError(
    'store_too_large',
    `With its index the store that dream ${dream.id} writes would hold ${String(total)} memories; a store holds at most ${String(limit)}.`,
  );
}

async function readTexts(tx: Transaction, files: readonly PathFile[]): Promise<Map<string, string>> {
  return await readContents(
    tx,
    files.map((file) => file.sha256),
  );
}

function textOf(texts: ReadonlyMap<string, string>, sha256: string): string {
  const content = texts.get(sha256);
  if (content === undefined) throw new Error(`content ${sha256} is missing`);
  return content;
}
