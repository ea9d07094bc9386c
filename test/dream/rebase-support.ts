/** A dream whose draft is written by the test, so that what it touches is known to the byte; everything below it is real. */
import { vi } from 'vitest';
import { commitDream } from '../../activities/commit-dream.ts';
import { openDream } from '../../activities/open-dream.ts';
import { takeSnapshot } from '../../activities/take-snapshot.ts';
import type { Context } from '../../client/context.ts';
import type { StoreEdit } from '../../client/edit-store.ts';
import { editStore } from '../../client/edit-store.ts';
import { moveAlias } from '../../db/aliases.ts';
import { readContents } from '../../db/contents.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertDraft } from '../../db/drafts.ts';
import { insertDream, readPinnedMemories, requireDream } from '../../db/dreams.ts';
import type { Head } from '../../db/memories.ts';
import { readHeads } from '../../db/memories.ts';
import type { Draft } from '../../domain/draft.ts';
import type { DreamOptions, OutputBehavior } from '../../domain/dream.ts';
import { defaultDreamOptions } from '../../domain/dream.ts';
import { indexComplete } from '../../domain/guards/index-complete.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { deriveId } from '../../domain/ids.ts';
import { buildIndex } from '../../domain/index-file.ts';
import type { DraftReport } from '../../domain/report.ts';
import { draftDigest } from '../../domain/staging/draft-digest.ts';
import { noUsage } from '../../domain/usage.ts';
import { freshId, workspaceId } from '../support/seeds.ts';

export type Files = Record<string, string>;

const report: DraftReport = {
  counts: { merge: 1 },
  reasons: {},
  files: { created: 0, changed: 0, unchanged: 0, deleted: 0 },
  claims: { before: 0, after: 0 },
  dropped: {},
  keptByCap: [],
  guards: [],
};

export interface Staged {
  dreamId: string;
  draftId: string;
  inputStoreId: string;
  outputStoreId: string;
  /** The live session. */
  sessionId: string;
  commit: () => Promise<{ operationId: string | null; conflicts: number }>;
}

/**
 * Asks for a dream over the store, takes its snapshot and stages these files with their index, unless that is protected. Each
 * file's text is one recorded line.
 */
export async function staged(
  database: Database,
  asked: { storeId: string; files: Files; outputBehavior?: OutputBehavior; options?: Partial<DreamOptions> },
): Promise<Staged> {
  const dreamId = freshId('drm');
  const input = { workspaceId, dreamId };
  const dependencies = { database, engines: {} };
  await withWorkspace(database, workspaceId, (tx) =>
    insertDream(
      tx,
      {
        ...input,
        id: dreamId,
        workflowId: dreamId,
        trigger: 'test',
        inputStoreId: asked.storeId,
        outputBehavior: asked.outputBehavior ?? 'create_new',
        model: 'offline',
        options: { ...defaultDreamOptions, ...asked.options },
        usage: noUsage,
      },
      [],
    ),
  );
  const { sessionId } = await openDream(dependencies)(input);
  await takeSnapshot(dependencies)(input);
  const draft = await withWorkspace(database, workspaceId, async (tx) => {
    const pinned = new Map((await readPinnedMemories(tx, dreamId)).map((memory) => [memory.path, memory.memoryId]));
    const isProtected = asked.options?.protect?.includes('/_index.md') ?? false;
    const index = isProtected ? [] : buildIndex(Object.entries(asked.files).map(([path, content]) => ({ path, content })));
    const all = { ...asked.files, ...Object.fromEntries(index.map((file) => [file.path, file.content])) };
    const files = Object.entries(all).map(([path, content]) => ({
      path,
      content,
      sha256: sha256Hex(content),
      memoryId: pinned.get(path) ?? null,
    }));
    const made: Draft = {
      id: deriveId('drft', dreamId, 'stageDraft', 'round 1'),
      digest: draftDigest(files, []),
      files,
      deleted: [...pinned.keys()].filter((path) => !(path in all)),
      changes: [],
      claims: Object.entries(asked.files).map(([path, text]) => ({
        id: deriveId('clm', dreamId, 'stageDraft', path),
        path,
        text,
        start: 0,
        end: text.length,
        changeId: null,
        evidence: [],
      })),
    };
    await insertDraft(tx, { ...input, round: 1 }, made, report);
    return made;
  });
  const row = await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId));
  return {
    dreamId,
    draftId: draft.id,
    inputStoreId: asked.storeId,
    outputStoreId: row.outputStoreId ?? '',
    sessionId,
    commit: () => commitDream(dependencies)({ ...input, draftId: draft.id, digest: draft.digest }),
  };
}

/** Somebody else's hand, by the same verb that people and agents use. */
export async function edit(database: Database, storeId: string, edits: readonly StoreEdit[]): Promise<void> {
  const context: Context = {
    database,
    workspaceId,
    taskQueue: 'none',
    temporal: () => Promise.reject(new Error('an edit needs no Temporal server')),
    makeId: freshId,
  };
  await editStore(context, storeId, edits, { by: 'somebody' });
}

export async function setAlias(database: Database, name: string, storeId: string): Promise<void> {
  await withWorkspace(database, workspaceId, (tx) => moveAlias(tx, { workspaceId, name, kind: 'set', storeId, by: 'test' }));
}

export async function headsOf(database: Database, storeId: string): Promise<Map<string, Head>> {
  const heads = await withWorkspace(database, workspaceId, (tx) => readHeads(tx, storeId));
  return new Map(heads.map((head) => [head.path, head]));
}

/** Every memory of the store with its text. */
export async function filesOf(database: Database, storeId: string): Promise<Files> {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const heads = await readHeads(tx, storeId);
    const contents = await readContents(
      tx,
      heads.map((head) => head.sha256),
    );
    return Object.fromEntries(heads.map((head) => [head.path, contents.get(head.sha256) ?? '(missing)']));
  });
}

/** The store without its index. */
export async function notesOf(database: Database, storeId: string): Promise<Files> {
  const { '/_index.md': index, ...notes } = await filesOf(database, storeId);
  return index === undefined ? { '(no index)': '', ...notes } : notes;
}

/** What the guard has to say about the index of these files. */
export function indexFindings(files: Files, protect: string[] = []) {
  const list = Object.entries(files).map(([path, content]) => ({ path, content, sha256: sha256Hex(content), memoryId: null }));
  return indexComplete.check({
    input: { memories: [], claims: [] },
    draft: { id: 'drft_1', digest: '', files: list, deleted: [], claims: [], changes: [] },
    protect,
    retireCap: 1,
    reviewRequired: false,
    refusedRewrites: new Set(),
    resolve: () => null,
    searchSources: () => true,
  }).findings;
}

/** Until this many of the database's transactions wait for a lock of another one. */
export async function untilWaiting(database: Database, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await database.client<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      if (row?.waiting !== count) throw new Error(`${String(row?.waiting)} wait for a lock, not ${String(count)}`);
    },
    { timeout: 20_000, interval: 20 },
  );
}
