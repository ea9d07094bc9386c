import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Change } from '../domain/change.ts';
import type { Draft, DraftClaim } from '../domain/draft.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { LeftOut, PathConflict } from '../domain/operation.ts';
import type { DraftReport } from '../domain/report.ts';
import { draftDigest } from '../domain/staging/draft-digest.ts';
import { putContents } from './contents.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { readEvidence } from './provenance.ts';
import { changes, claims, draftFiles, drafts, evidence } from './schema/index.ts';

export type DraftRow = typeof drafts.$inferSelect;
export type DraftFileRow = typeof draftFiles.$inferSelect;

/** Stores a draft with its files, changes, lines and evidence. A draft that is there already is left as it is. */
export async function insertDraft(
  tx: Transaction,
  key: { workspaceId: string; dreamId: string; round: number; leftOut?: LeftOut[] },
  draft: Draft,
  report: DraftReport,
): Promise<void> {
  const inserted = await tx
    .insert(drafts)
    .values({ ...key, id: draft.id, digest: draft.digest, deleted: draft.deleted, report })
    .onConflictDoNothing()
    .returning({ id: drafts.id });
  if (inserted.length === 0) return;
  const { workspaceId } = key;
  await putContents(
    tx,
    workspaceId,
    draft.files.map((file) => file.content),
  );
  const files = draft.files.map(({ path, sha256, memoryId }) => ({ workspaceId, draftId: draft.id, path, sha256, memoryId }));
  for (const chunk of chunks(files)) await tx.insert(draftFiles).values(chunk);
  const changeRows = draft.changes.map((body, ordinal) => ({
    workspaceId,
    draftId: draft.id,
    id: body.id,
    ordinal,
    kind: body.kind,
    path: body.path,
    body,
  }));
  await insertRows(tx, changes, changeRows);
  const claimRows = draft.claims.map(({ id, path, start, end, changeId }, ordinal) => ({
    workspaceId,
    draftId: draft.id,
    id,
    ordinal,
    path,
    start,
    end,
    changeId,
  }));
  await insertRows(tx, claims, claimRows);
  const evidenceRows = draft.claims.flatMap((claim) =>
    claim.evidence.map((item, ordinal) => ({ workspaceId, draftId: draft.id, claimId: claim.id, ordinal, ...toEvidenceRow(item) })),
  );
  await insertRows(tx, evidence, evidenceRows);
}

/** The words are left out: they are read where they stand. */
function toEvidenceRow(item: Evidence) {
  const common = { origin: item.origin, at: item.at === null ? null : new Date(item.at), start: item.start, end: item.end };
  return item.kind === 'event'
    ? { ...common, sessionId: item.sessionId, eventId: item.eventId, block: item.block }
    : { ...common, memoryVersionId: item.memoryVersionId };
}

export async function findDraft(tx: Transaction, id: string): Promise<DraftRow | undefined> {
  return (await tx.select().from(drafts).where(eq(drafts.id, id)))[0];
}

/** The draft of the last round; undefined before the first one. */
export async function newestDraft(tx: Transaction, dreamId: string): Promise<DraftRow | undefined> {
  return (await tx.select().from(drafts).where(eq(drafts.dreamId, dreamId)).orderBy(desc(drafts.round)).limit(1))[0];
}

/** Puts the draft before a reviewer until then; one that is there already keeps its time. Answers the time. */
export async function openReview(tx: Transaction, id: string, endsAt: Date): Promise<Date> {
  const [row] = await tx
    .update(drafts)
    .set({ reviewEndsAt: sql`coalesce(${drafts.reviewEndsAt}, ${endsAt.toISOString()}::timestamptz)` })
    .where(eq(drafts.id, id))
    .returning({ endsAt: drafts.reviewEndsAt });
  if (row?.endsAt == null) throw new Error(`draft ${id} is missing`);
  return row.endsAt;
}

/** Says which paths kept the draft from being committed. */
export async function setDraftConflicts(tx: Transaction, id: string, conflicts: PathConflict[]): Promise<void> {
  await tx.update(drafts).set({ conflicts }).where(eq(drafts.id, id));
}

/** Every draft of a dream, by round. */
export async function readDrafts(tx: Transaction, dreamId: string): Promise<DraftRow[]> {
  return await tx.select().from(drafts).where(eq(drafts.dreamId, dreamId)).orderBy(asc(drafts.round));
}

export async function setDraftReport(tx: Transaction, id: string, report: DraftReport): Promise<void> {
  await tx.update(drafts).set({ report }).where(eq(drafts.id, id));
}

export async function readDraftFiles(tx: Transaction, draftId: string): Promise<DraftFileRow[]> {
  return await tx.select().from(draftFiles).where(eq(draftFiles.draftId, draftId)).orderBy(asc(draftFiles.path));
}

export async function readChanges(tx: Transaction, draftId: string): Promise<Change[]> {
  const rows = await tx.select({ body: changes.body }).from(changes).where(eq(changes.draftId, draftId)).orderBy(asc(changes.ordinal));
  return rows.map((row) => row.body);
}

/** Of the files and changes as they are now, which the draft's own digest should be. */
export async function digestOfContents(tx: Transaction, draftId: string): Promise<string> {
  return draftDigest(await readDraftFiles(tx, draftId), await readChanges(tx, draftId));
}

export async function findChange(tx: Transaction, draftId: string, id: string): Promise<Change | undefined> {
  const rows = await tx
    .select({ body: changes.body })
    .from(changes)
    .where(and(eq(changes.draftId, draftId), eq(changes.id, id)));
  return rows[0]?.body;
}

/** Says in which memory version the draft's lines of a path stand now. */
export async function placeClaims(tx: Transaction, draftId: string, path: string, memoryVersionId: string): Promise<void> {
  await tx
    .update(claims)
    .set({ memoryVersionId })
    .where(and(eq(claims.draftId, draftId), eq(claims.path, path)));
}

/** The draft's lines with their evidence, in order. */
export async function readDraftClaims(
  tx: Transaction,
  draftId: string,
  contents: ReadonlyMap<string, string>,
  files: readonly DraftFileRow[],
): Promise<DraftClaim[]> {
  const rows = await tx.select().from(claims).where(eq(claims.draftId, draftId)).orderBy(asc(claims.ordinal));
  const support = await readEvidence(tx, rows);
  const hashes = new Map(files.map((file) => [file.path, file.sha256]));
  return rows.map(({ id, path, start, end, changeId }) => ({
    id,
    path,
    start,
    end,
    changeId,
    text: (contents.get(hashes.get(path) ?? '') ?? '').slice(start, end),
    evidence: support.get(`${draftId} ${id}`) ?? [],
  }));
}
