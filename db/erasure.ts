// What an erasure does to the database. Readers of old versions find the same ids with other texts.
import { and, asc, eq, gt, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Change } from '../domain/change.ts';
import type { Claim } from '../domain/claim.ts';
import type { DreamError } from '../domain/dream.ts';
import type { ErasureReport } from '../domain/erasure.ts';
import { sha256Hex } from '../domain/hash.ts';
import { utf8Length } from '../domain/utf8.ts';
import { putContents } from './contents.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import {
  changes,
  contents,
  drafts,
  dreamSessions,
  dreamWindows,
  dreams,
  erasures,
  evidence,
  facts,
  inputClaims,
  memoryStores,
  modelCalls,
  proposals,
  sessionEvents,
  sessions,
} from './schema/index.ts';

export type ErasureRow = typeof erasures.$inferSelect;

export async function findErasure(tx: Transaction, sessionId: string): Promise<ErasureRow | undefined> {
  return (await tx.select().from(erasures).where(eq(erasures.sessionId, sessionId)))[0];
}

/** Answers when it was done. */
export async function insertErasure(
  tx: Transaction,
  erasure: { workspaceId: string; sessionId: string; by: string; note: string | null; report: ErasureReport },
): Promise<Date> {
  const [row] = await tx.insert(erasures).values(erasure).returning({ at: erasures.createdAt });
  return row?.at ?? new Date();
}

/** Whether something that the dream read was erased: then no answer that an engine gives about it may be kept. */
export async function readsErased(tx: Transaction, dream: { id: string; error: DreamError | null }): Promise<boolean> {
  const type = dream.error?.type;
  if (type === 'input_session_unavailable' || type === 'input_memory_store_unavailable') return true;
  return (await findErasedInput(tx, dream.id)) !== undefined;
}

/** A session that the dream reads and that is erased. */
export async function findErasedInput(tx: Transaction, dreamId: string): Promise<string | undefined> {
  const [session] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(dreamSessions, and(eq(dreamSessions.sessionId, sessions.id), eq(dreamSessions.dreamId, dreamId)))
    .where(isNotNull(sessions.erasedAt))
    .limit(1);
  return session?.id;
}

/** A session of the workspace that was erased since then. */
export async function findErasedSince(tx: Transaction, since: Date): Promise<string | undefined> {
  const [erasure] = await tx.select({ id: erasures.sessionId }).from(erasures).where(gt(erasures.createdAt, since)).limit(1);
  return erasure?.id;
}

/** Whether one of these sessions was erased. */
export async function areErased(tx: Transaction, sessionIds: readonly string[]): Promise<boolean> {
  for (const chunk of chunks(sessionIds)) {
    const rows = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(inArray(sessions.id, chunk), isNotNull(sessions.erasedAt)))
      .limit(1);
    if (rows.length > 0) return true;
  }
  return false;
}

/** Locks every open dream and every dream that reads the session, so that none writes while words are looked for. */
export async function lockDreamsFor(tx: Transaction, sessionId: string) {
  const readers = tx.select({ id: dreamSessions.dreamId }).from(dreamSessions).where(eq(dreamSessions.sessionId, sessionId));
  const rows = await tx
    .select()
    .from(dreams)
    .where(or(inArray(dreams.status, ['pending', 'running']), inArray(dreams.id, readers)))
    .orderBy(asc(dreams.id))
    .for('update');
  const reading = new Set((await readers).map((row) => row.id));
  return rows.map((row) => ({ ...row, reads: reading.has(row.id), isOpen: row.status === 'pending' || row.status === 'running' }));
}

/** Which stores hold words is known only after the reading, so all are locked, in one order. */
export async function lockStores(tx: Transaction): Promise<void> {
  await tx.select({ id: memoryStores.id }).from(memoryStores).orderBy(asc(memoryStores.id)).for('update');
}

/** Texts under their new hashes, wherever the old ones were named; then the old texts go. */
export async function replaceContents(
  tx: Transaction,
  workspaceId: string,
  texts: readonly { sha256: string; content: string }[],
): Promise<{ versions: number; draftIds: string[] }> {
  const hashes = await putContents(
    tx,
    workspaceId,
    texts.map((text) => text.content),
  );
  const rows = texts.map(({ sha256, content }, at) => ({ old: sha256, next: hashes[at] ?? '', size: utf8Length(content) }));
  // All at once: one text's new hash may be another's old one.
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as text(old text, next text, size integer)`;
  const versions = await tx.execute(sql`update memory_versions set sha256 = text.next, size = text.size, redacted_at = now()
    from ${given} where memory_versions.sha256 = text.old returning memory_versions.id`);
  const files = await tx.execute(sql`update draft_files set sha256 = text.next
    from ${given} where draft_files.sha256 = text.old returning draft_files.draft_id`);
  await tx.execute(sql`update dream_memories set sha256 = text.next from ${given} where dream_memories.sha256 = text.old`);
  await replaceConflicts(tx, new Map(texts.map((text, at) => [text.sha256, hashes[at] ?? ''])));
  const kept = new Set(hashes);
  const old = texts.map((text) => text.sha256).filter((sha256) => !kept.has(sha256));
  for (const chunk of chunks(old)) await tx.delete(contents).where(inArray(contents.sha256, chunk));
  return { versions: versions.length, draftIds: [...new Set(files.map((file) => String(file['draft_id'])))] };
}

/** A conflict shows its sides by their hashes. */
async function replaceConflicts(tx: Transaction, hashes: ReadonlyMap<string, string>): Promise<void> {
  const rows = await tx.select({ id: drafts.id, conflicts: drafts.conflicts }).from(drafts).where(isNotNull(drafts.conflicts));
  const now = (side: string | null): string | null => (side === null ? null : (hashes.get(side) ?? side));
  for (const { id, conflicts } of rows) {
    if (conflicts === null || !conflicts.some((one) => [one.base, one.ours, one.theirs].some((side) => side !== now(side)))) continue;
    const next = conflicts.map((one) => ({ ...one, base: now(one.base), ours: now(one.ours), theirs: now(one.theirs) }));
    await tx.update(drafts).set({ conflicts: next }).where(eq(drafts.id, id));
  }
}

export interface MovedLine {
  draftId: string;
  id: string;
  /** null takes the line away. */
  range: { start: number; end: number } | null;
}

/** Lines of drafts where they stand now; their evidence goes with those that are gone. */
export async function moveLines(tx: Transaction, lines: readonly MovedLine[]): Promise<void> {
  for (const chunk of chunks(lines, 2_000)) {
    const gone = chunk.flatMap(({ draftId, id, range }) => (range === null ? { draft_id: draftId, id } : []));
    const moved = chunk.flatMap(({ draftId, id, range }) =>
      range === null ? [] : { draft_id: draftId, id, first: range.start, last: range.end },
    );
    await tx.execute(sql`delete from claims using json_to_recordset(${JSON.stringify(gone)}::json) as line(draft_id text, id text)
      where claims.draft_id = line.draft_id and claims.id = line.id`);
    await tx.execute(sql`update claims set start = line.first, "end" = line.last
      from json_to_recordset(${JSON.stringify(moved)}::json) as line(draft_id text, id text, first integer, last integer)
      where claims.draft_id = line.draft_id and claims.id = line.id`);
  }
}

export interface MovedEvidence extends MovedLine {
  ordinal: number;
}

/** Words of memories where they stand now. */
export async function moveEvidence(tx: Transaction, items: readonly MovedEvidence[]): Promise<void> {
  for (const chunk of chunks(items, 2_000)) {
    const rows = chunk.map(({ draftId, id, ordinal, range }) => ({
      draft_id: draftId,
      id,
      ordinal,
      first: range?.start ?? null,
      last: range?.end ?? null,
    }));
    const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as item(draft_id text, id text, ordinal integer, first integer, last integer)`;
    const same = sql`evidence.draft_id = item.draft_id and evidence.claim_id = item.id and evidence.ordinal = item.ordinal`;
    await tx.execute(sql`delete from evidence using ${given} where ${same} and item.first is null`);
    await tx.execute(sql`update evidence set start = item.first, "end" = item.last from ${given} where ${same} and item.first is not null`);
  }
}

/** The session's quotes in lines of drafts. Answers how many there were. */
export async function deleteQuotes(tx: Transaction, sessionId: string): Promise<number> {
  return (await tx.delete(evidence).where(eq(evidence.sessionId, sessionId)).returning({ ordinal: evidence.ordinal })).length;
}

/** Facts of the session, and the proposals that rest on one of them or on an input line that is gone: dream id to claim ids. */
export async function deleteFacts(
  tx: Transaction,
  sessionId: string,
  claimIds: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<{ facts: number; proposals: number }> {
  const gone = await tx.delete(facts).where(eq(facts.sessionId, sessionId)).returning({ id: facts.id, dreamId: facts.dreamId });
  const ids = new Set(gone.map((fact) => fact.id));
  let count = 0;
  for (const dreamId of new Set([...gone.map((fact) => fact.dreamId), ...claimIds.keys()])) {
    for (const row of await tx.select().from(proposals).where(eq(proposals.dreamId, dreamId))) {
      const quotes = row.body.kind === 'pattern' ? row.body.evidence : [];
      const rests = row.body.factIds.some((id) => ids.has(id)) || row.body.claimIds.some((id) => claimIds.get(dreamId)?.has(id) === true);
      if (!rests && !quotes.some((item) => item.sessionId === sessionId)) continue;
      const { step, pack, ordinal } = row;
      await tx
        .delete(proposals)
        .where(and(eq(proposals.dreamId, dreamId), eq(proposals.step, step), eq(proposals.pack, pack), eq(proposals.ordinal, ordinal)));
      count += 1;
    }
  }
  return { facts: gone.length, proposals: count };
}

/** Recorded answers, page by page. */
export async function* recordedAnswers(tx: Transaction): AsyncGenerator<{ requestSha256: string; response: unknown }[]> {
  for (let after = ''; ;) {
    const rows = await tx
      .select({ requestSha256: modelCalls.requestSha256, response: modelCalls.response })
      .from(modelCalls)
      .where(sql`${modelCalls.requestSha256} > ${after}`)
      .orderBy(asc(modelCalls.requestSha256))
      .limit(200);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.requestSha256 ?? '';
  }
}

export async function deleteAnswers(tx: Transaction, requestHashes: readonly string[]): Promise<void> {
  for (const chunk of chunks(requestHashes)) await tx.delete(modelCalls).where(inArray(modelCalls.requestSha256, chunk));
}

/** Drafts with a change that holds the mark of an erasure. */
export async function draftsWithMark(tx: Transaction, mark: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: changes.draftId })
    .from(changes)
    .where(sql`strpos(${changes.body}::text, ${mark}) > 0`);
  return rows.map((row) => row.id);
}

/**
 * What erasures made of a draft: the digests that they left of its contents, and whether one came after it that does not
 * say which drafts it rewrote, as those of old do not.
 */
export async function readRewrites(
  tx: Transaction,
  { id, createdAt }: { id: string; createdAt: Date },
): Promise<{ digests: Set<string>; mayBeMore: boolean }> {
  const rewritten = sql`${erasures.report}::jsonb -> 'rewrittenDrafts'`;
  const isNamed = sql`${rewritten} @> ${JSON.stringify([{ draftId: id }])}::jsonb`;
  const isOld = sql`(${rewritten} is null and ${erasures.createdAt} > ${createdAt.toISOString()}::timestamptz)`;
  const rows = await tx
    .select({ report: erasures.report })
    .from(erasures)
    .where(sql`${isNamed} or ${isOld}`);
  const digests = rows.flatMap(({ report }) => (report.rewrittenDrafts ?? []).filter((one) => one.draftId === id).map((one) => one.digest));
  return { digests: new Set(digests), mayBeMore: rows.some(({ report }) => report.rewrittenDrafts === undefined) };
}

export interface ChangeRow {
  draftId: string;
  dreamId: string;
  id: string;
  body: Change;
}

export async function* recordedChanges(tx: Transaction): AsyncGenerator<ChangeRow[]> {
  for (const { id: draftId, dreamId } of await tx.select({ id: drafts.id, dreamId: drafts.dreamId }).from(drafts)) {
    const rows = await tx.select({ id: changes.id, body: changes.body }).from(changes).where(eq(changes.draftId, draftId));
    yield rows.map((row) => ({ ...row, draftId, dreamId }));
  }
}

export async function setChange(tx: Transaction, { draftId, id, body }: Omit<ChangeRow, 'dreamId'>): Promise<void> {
  await tx
    .update(changes)
    .set({ body })
    .where(and(eq(changes.draftId, draftId), eq(changes.id, id)));
}

/** Lines of inputs as dreams read them, dream by dream. */
export async function* recordedInputs(tx: Transaction): AsyncGenerator<{ dreamId: string; body: Claim }[]> {
  for (const { id: dreamId } of await tx.select({ id: dreams.id }).from(dreams)) {
    const rows = await tx.select({ body: inputClaims.body }).from(inputClaims).where(eq(inputClaims.dreamId, dreamId));
    yield rows.map((row) => ({ dreamId, body: row.body }));
  }
}

/** `body: null` takes the line away. */
export async function setInputClaim(tx: Transaction, dreamId: string, id: string, body: Claim | null): Promise<void> {
  const row = and(eq(inputClaims.dreamId, dreamId), eq(inputClaims.id, id));
  if (body === null) await tx.delete(inputClaims).where(row);
  else await tx.update(inputClaims).set({ body }).where(row);
}

export async function liveSessionIds(tx: Transaction): Promise<Set<string>> {
  return new Set((await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.sourceKind, 'dream'))).map((row) => row.id));
}

/** Tool uses in live sessions of dreams, which hold whole memories. */
export async function* liveToolUses(tx: Transaction): AsyncGenerator<{ id: string; type: string; payload: Record<string, unknown> }[]> {
  for (const id of await liveSessionIds(tx))
    yield await tx
      .select({ id: sessionEvents.id, type: sessionEvents.type, payload: sessionEvents.payload })
      .from(sessionEvents)
      .where(and(eq(sessionEvents.sessionId, id), eq(sessionEvents.type, 'agent.tool_use')));
}

export async function setLivePayload(
  tx: Transaction,
  event: { id: string; type: string; payload: Record<string, unknown> },
): Promise<void> {
  const { id, type, payload } = event;
  await tx
    .update(sessionEvents)
    .set({ payload, sha256: sha256Hex(JSON.stringify([type, payload])) })
    .where(eq(sessionEvents.id, id));
}

/**
 * The events go, and what is left of the row is a name for what reports refer to. Its key at the source goes too, and the
 * hashes of its words: the same transcript, imported again, is a new session.
 */
export async function eraseSessionRow(tx: Transaction, sessionId: string): Promise<number> {
  const events = await tx.delete(sessionEvents).where(eq(sessionEvents.sessionId, sessionId)).returning({ id: sessionEvents.id });
  const hash = sha256Hex(sessionId);
  await tx.update(dreamWindows).set({ sha256: hash }).where(eq(dreamWindows.sessionId, sessionId));
  const now = new Date();
  await tx
    .update(sessions)
    .set({
      sourceId: sessionId,
      firstEventSha256: hash,
      title: null,
      metadata: {},
      lastEventNumber: 0,
      status: 'terminated',
      updatedAt: now,
      erasedAt: now,
    })
    .where(eq(sessions.id, sessionId));
  return events.length;
}
