// What may hold the words of a session, and what held them before it: read once, when the session is erased.
import { and, asc, eq, gt, inArray, isNotNull, min, ne } from 'drizzle-orm';
import type { ChangeKind } from '../domain/change.ts';
import type { CandidateFact } from '../domain/fact.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import {
  changes,
  claims,
  contents,
  draftFiles,
  drafts,
  dreams,
  evidence,
  facts,
  memoryVersions,
  sessionEvents,
  sessions,
} from './schema/index.ts';

/** When the first of the session's events came in: what was written before cannot hold its words. */
export async function readArrival(tx: Transaction, sessionId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: min(sessionEvents.createdAt) })
    .from(sessionEvents)
    .where(eq(sessionEvents.sessionId, sessionId));
  return row?.at ?? null;
}

export async function readPayloads(tx: Transaction, sessionId: string): Promise<unknown[]> {
  const rows = await tx.select({ payload: sessionEvents.payload }).from(sessionEvents).where(eq(sessionEvents.sessionId, sessionId));
  return rows.map((row) => row.payload);
}

/** The events of every other transcript, page by page; live sessions of dreams are no source. */
export async function* otherPayloads(tx: Transaction, sessionId: string): AsyncGenerator<unknown[]> {
  const transcripts = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(ne(sessions.sourceKind, 'dream'), ne(sessions.id, sessionId)));
  for (let after = ''; ;) {
    const rows = await tx
      .select({ id: sessionEvents.id, payload: sessionEvents.payload })
      .from(sessionEvents)
      .where(and(gt(sessionEvents.id, after), inArray(sessionEvents.sessionId, transcripts)))
      .orderBy(asc(sessionEvents.id))
      .limit(200);
    if (rows.length === 0) return;
    yield rows.map((row) => row.payload);
    after = rows.at(-1)?.id ?? '';
  }
}

/** Facts that rest on this session, or page by page those that do not. */
export async function readFactsOfSession(tx: Transaction, sessionId: string): Promise<CandidateFact[]> {
  return (await tx.select({ body: facts.body }).from(facts).where(eq(facts.sessionId, sessionId))).map((row) => row.body);
}

export async function* otherFacts(tx: Transaction, sessionId: string): AsyncGenerator<CandidateFact[]> {
  for (let after = ''; ;) {
    const rows = await tx
      .select({ id: facts.id, body: facts.body })
      .from(facts)
      .where(and(gt(facts.id, after), ne(facts.sessionId, sessionId)))
      .orderBy(asc(facts.id))
      .limit(1_000);
    if (rows.length === 0) return;
    yield rows.map((row) => row.body);
    after = rows.at(-1)?.id ?? '';
  }
}

export interface HeldVersion {
  id: string;
  storeId: string;
  path: string;
  sha256: string;
  createdAt: Date;
}

/** Every version that has a text. */
export async function readHeldVersions(tx: Transaction): Promise<HeldVersion[]> {
  const { id, storeId, path, sha256, createdAt } = memoryVersions;
  const rows = await tx.select({ id, storeId, path, sha256, createdAt }).from(memoryVersions).where(isNotNull(sha256));
  return rows.map((row) => ({ ...row, sha256: row.sha256 ?? '' }));
}

export interface HeldFile {
  draftId: string;
  dreamId: string;
  path: string;
  sha256: string;
}

/** Every file of every draft. */
export async function readHeldFiles(tx: Transaction): Promise<HeldFile[]> {
  return await tx
    .select({ draftId: draftFiles.draftId, dreamId: drafts.dreamId, path: draftFiles.path, sha256: draftFiles.sha256 })
    .from(draftFiles)
    .innerJoin(drafts, eq(drafts.id, draftFiles.draftId));
}

/** Texts by hash, page by page. */
export async function* contentsOf(tx: Transaction, hashes: readonly string[]): AsyncGenerator<{ sha256: string; content: string }[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const chunk of chunks(hashes, 200)) {
    const rows = await tx.select({ sha256: contents.sha256, bytes: contents.bytes }).from(contents).where(inArray(contents.sha256, chunk));
    yield rows.map((row) => ({ sha256: row.sha256, content: decoder.decode(row.bytes) }));
  }
}

export interface DraftLine {
  draftId: string;
  id: string;
  path: string;
  start: number;
  end: number;
  changeId: string | null;
  changeKind: ChangeKind | null;
}

export async function readDraftLines(tx: Transaction, draftIds: readonly string[]): Promise<DraftLine[]> {
  const found: DraftLine[] = [];
  for (const chunk of chunks(draftIds, 200)) {
    const { draftId, id, path, start, end, changeId } = claims;
    const rows = await tx.select({ draftId, id, path, start, end, changeId }).from(claims).where(inArray(draftId, chunk));
    // Not joined: on a table without statistics the planner compares every line with every change.
    const made = await tx
      .select({ draftId: changes.draftId, id: changes.id, kind: changes.kind })
      .from(changes)
      .where(inArray(changes.draftId, chunk));
    const kinds = new Map(made.map((change) => [`${change.draftId} ${change.id}`, change.kind]));
    for (const row of rows) found.push({ ...row, changeKind: kinds.get(`${row.draftId} ${row.changeId ?? ''}`) ?? null });
  }
  return found;
}

export type EvidenceRow = typeof evidence.$inferSelect;

export async function readEvidenceOfDrafts(tx: Transaction, draftIds: readonly string[]): Promise<EvidenceRow[]> {
  const found: EvidenceRow[] = [];
  for (const chunk of chunks(draftIds, 200))
    found.push(
      ...(await tx
        .select()
        .from(evidence)
        .where(inArray(evidence.draftId, chunk))
        .orderBy(asc(evidence.draftId), asc(evidence.claimId), asc(evidence.ordinal))),
    );
  return found;
}

/** From which store each store was cloned by a dream. */
export async function readClones(tx: Transaction): Promise<{ from: string; to: string }[]> {
  const rows = await tx.select({ from: dreams.inputStoreId, to: dreams.outputStoreId }).from(dreams).where(isNotNull(dreams.outputStoreId));
  return rows.flatMap(({ from, to }) => (to === null || to === from ? [] : [{ from, to }]));
}
