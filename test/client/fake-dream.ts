/** A dream whose result the test writes itself: the snapshot and the commit are the real ones, nobody was asked what to change. */
import { openDream } from '../../activities/open-dream.ts';
import { commitDream } from '../../activities/commit-dream.ts';
import { takeSnapshot } from '../../activities/take-snapshot.ts';
import { readContents } from '../../db/contents.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertDraft } from '../../db/drafts.ts';
import { insertDream, readPinnedMemories, requireDream } from '../../db/dreams.ts';
import { readEventsAfter } from '../../db/events.ts';
import type { Change } from '../../domain/change.ts';
import type { Draft, DraftClaim } from '../../domain/draft.ts';
import type { DreamOptions } from '../../domain/dream.ts';
import { defaultDreamOptions } from '../../domain/dream.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { deriveId } from '../../domain/ids.ts';
import type { LeftOut } from '../../domain/operation.ts';
import type { DraftReport } from '../../domain/report.ts';
import { draftDigest } from '../../domain/staging/draft-digest.ts';
import { eventBlocks } from '../../domain/transcript.ts';
import { noUsage } from '../../domain/usage.ts';
import { parseClaims } from '../../sources/markdown/parse-claims.ts';
import { freshId, workspaceId } from '../support/seeds.ts';

export type Files = Record<string, string>;

/** A change that made a line: the statement without its marker, the session whose first message says it. */
export interface FakeChange {
  kind: Change['kind'];
  path: string;
  after: string | null;
  before?: string | null;
  /** Of a move: where the line stood. */
  from?: string;
  session?: string;
  /** Where the memory says it. */
  quoted?: { versionId: string; start: number; end: number };
}

export interface FakeDream {
  storeId: string;
  update?: boolean;
  sessionIds?: string[];
  options?: Partial<DreamOptions>;
  files: (before: Files) => Files;
  changes?: FakeChange[];
  report?: Partial<DraftReport>;
  leftOut?: (changes: readonly Change[], draftId: string) => LeftOut[];
  guards?: (changes: readonly Change[]) => DraftReport['guards'];
  /** What happens between the draft and its commit. */
  meanwhile?: () => Promise<unknown>;
}

export async function fakeDream(
  database: Database,
  dream: FakeDream,
): Promise<{ dreamId: string; draftId: string; output: string; operationId: string | null; conflicts: number; changes: Change[] }> {
  const dreamId = freshId('drm');
  const input = { workspaceId, dreamId };
  const dependencies = { database, engines: {} };
  await withWorkspace(database, workspaceId, (tx) =>
    insertDream(
      tx,
      {
        ...{ workspaceId, id: dreamId, workflowId: dreamId, trigger: 'test', model: 'offline', usage: noUsage },
        inputStoreId: dream.storeId,
        outputBehavior: dream.update === true ? 'update_existing' : 'create_new',
        options: { ...defaultDreamOptions, ...dream.options },
      },
      dream.sessionIds ?? [],
    ),
  );
  await openDream(dependencies)(input);
  await takeSnapshot(dependencies)(input);
  const { draft, changes } = await stage(database, dreamId, dream);
  await dream.meanwhile?.();
  const committed = await commitDream(dependencies)({ ...input, draftId: draft.id, digest: draft.digest });
  const row = await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId));
  return { dreamId, draftId: draft.id, output: row.outputStoreId ?? '', ...committed, changes };
}

async function stage(database: Database, dreamId: string, dream: FakeDream): Promise<{ draft: Draft; changes: Change[] }> {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const pinned = await readPinnedMemories(tx, dreamId);
    const contents = await readContents(
      tx,
      pinned.map((memory) => memory.sha256),
    );
    const before = Object.fromEntries(pinned.map((memory) => [memory.path, contents.get(memory.sha256) ?? '']));
    const files = Object.entries(dream.files(before)).map(([path, content]) => ({
      path,
      content,
      sha256: sha256Hex(content),
      memoryId: pinned.find((memory) => memory.path === path)?.memoryId ?? null,
    }));
    const changes: Change[] = [];
    for (const [index, change] of (dream.changes ?? []).entries()) {
      const evidence: Evidence[] = [];
      if (change.session !== undefined) {
        const [event] = await readEventsAfter(tx, change.session, 0);
        if (event === undefined) throw new Error('The session has no event.');
        const quote = (eventBlocks(event)[0]?.text ?? '').slice(0, 10);
        const place = { sessionId: change.session, eventId: event.id, block: 0, start: 0, end: 10, quote, at: event.processedAt };
        evidence.push({ kind: 'event', origin: 'user', ...place });
      }
      if (change.quoted !== undefined) {
        const { versionId: memoryVersionId, start, end } = change.quoted;
        const place = { memoryVersionId, path: change.from ?? change.path, start, end, quote: '', at: null };
        evidence.push({ kind: 'memory', origin: 'memory', ...place });
      }
      changes.push({
        id: deriveId('chg', dreamId, 'fake', String(index)),
        kind: change.kind,
        path: change.path,
        removed: change.from === undefined ? [] : [{ claimId: '', path: change.from, text: change.after ?? '' }],
        before: change.before ?? null,
        after: change.after,
        claimId: null,
        reasonCode: change.kind === 'move' ? 'layout' : 'new_fact',
        reason: 'Because the test says so.',
        evidence,
      });
    }
    const claims = files.flatMap(({ path, content }): DraftClaim[] =>
      parseClaims({ memoryId: path, memoryVersionId: path, path, content, dreamId, protected: false }).map(({ id, start, end, text }) => {
        const change = changes.find((one) => one.path === path && one.after === text);
        return { id, path, start, end, text, changeId: change?.id ?? null, evidence: change?.evidence ?? [] };
      }),
    );
    for (const claim of claims) {
      const made = changes.find((change) => change.id === claim.changeId);
      if (made !== undefined) made.claimId = claim.id;
    }
    const draft: Draft = {
      id: deriveId('drft', dreamId, 'fake', 'draft'),
      digest: draftDigest(files, changes),
      files,
      deleted: Object.keys(before).filter((path) => !files.some((file) => file.path === path)),
      claims,
      changes,
    };
    const counts: DraftReport['counts'] = {};
    for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
    const report: DraftReport = {
      ...{ counts, reasons: {}, dropped: {}, keptByCap: [] },
      files: { created: 0, changed: 0, unchanged: 0, deleted: 0 },
      claims: { before: 0, after: claims.length },
      ...dream.report,
      guards: dream.guards?.(changes) ?? [],
    };
    const leftOut = dream.leftOut?.(changes, draft.id) ?? [];
    await insertDraft(tx, { workspaceId, dreamId, round: 1, leftOut }, draft, report);
    return { draft, changes };
  });
}
