/** The draft that waits for a decision, with its files, for going through it change by change. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { readDraftFiles } from '../db/drafts.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import { maskSecrets } from '../domain/secrets.ts';
import { requireWaiting } from './check-decision.ts';
import type { Context } from './context.ts';
import type { DreamDiff } from './wire/diff.ts';
import { readDiff } from './diff-dream.ts';
import { readDraftState } from './draft-state.ts';

/** A file that the draft writes, alters or deletes; null where there is none. */
export interface ReviewFile {
  path: string;
  before: string | null;
  after: string | null;
}

export interface DreamReview extends DreamDiff {
  changed_files: ReviewFile[];
}

export async function reviewDream(context: Context, id: string): Promise<DreamReview> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const state = await readDraftState(tx, id);
    const draft = requireWaiting(state, undefined);
    return { ...(await readDiff(tx, state, draft)), changed_files: await readChangedFiles(tx, id, draft.id) };
  });
}

/** By path. A file that moved is one that went and one that came: that is how a reader meets them. */
async function readChangedFiles(tx: Transaction, dreamId: string, draftId: string): Promise<ReviewFile[]> {
  const before = new Map((await readPinnedMemories(tx, dreamId)).map((memory) => [memory.path, memory.sha256]));
  const after = new Map((await readDraftFiles(tx, draftId)).map((file) => [file.path, file.sha256]));
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  const contents = await readContents(
    tx,
    paths.flatMap((path) => [before.get(path), after.get(path)].filter((hash) => hash !== undefined)),
  );
  const textOf = (hash: string | undefined): string | null => (hash === undefined ? null : maskSecrets(contents.get(hash) ?? ''));
  return paths.map((path) => ({ path, before: textOf(before.get(path)), after: textOf(after.get(path)) }));
}
