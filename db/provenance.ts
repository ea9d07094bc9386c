import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Change } from '../domain/change.ts';
import type { Evidence } from '../domain/evidence.ts';
import { eventBlocks } from '../domain/transcript.ts';
import { readContents } from './contents.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { readEventsById } from './events.ts';
import { readVersions } from './memories.ts';
import { changes, claims, drafts, evidence, memoryVersions, operations } from './schema/index.ts';

/** Where a line of a committed memory stands and which change made it. */
export interface ClaimPlace {
  id: string;
  draftId: string;
  dreamId: string;
  memoryVersionId: string;
  start: number;
  end: number;
  changeId: string | null;
}

/** A line of a committed memory with where it comes from. */
export interface RecordedClaim extends ClaimPlace {
  evidence: Evidence[];
}

type EvidenceRow = typeof evidence.$inferSelect;

/** Where dreams recorded lines in these memory versions; versions that nobody dreamed have none. */
export async function readClaimPlaces(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, ClaimPlace[]>> {
  const found = new Map<string, ClaimPlace[]>();
  for (const chunk of chunks([...new Set(versionIds)], 500)) {
    const rows = await tx
      .select({ claim: claims, dreamId: drafts.dreamId })
      .from(claims)
      .innerJoin(drafts, eq(drafts.id, claims.draftId))
      .where(inArray(claims.memoryVersionId, chunk))
      .orderBy(asc(claims.memoryVersionId), asc(claims.ordinal));
    for (const { claim, dreamId } of rows) {
      const memoryVersionId = claim.memoryVersionId ?? '';
      const { id, draftId, start, end, changeId } = claim;
      const place = { id, draftId, dreamId, memoryVersionId, start, end, changeId };
      const places = found.get(memoryVersionId);
      if (places === undefined) found.set(memoryVersionId, [place]);
      else places.push(place);
    }
  }
  return found;
}

/** The same with their evidence. */
export async function readRecordedClaims(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, RecordedClaim[]>> {
  const places = await readClaimPlaces(tx, versionIds);
  const support = await readEvidence(tx, [...places.values()].flat());
  return new Map(
    [...places].map(([versionId, all]) => [
      versionId,
      all.map((place) => ({ ...place, evidence: support.get(`${place.draftId} ${place.id}`) ?? [] })),
    ]),
  );
}

/** Changes by draft and id. Key: draft id, space, change id. */
export async function readChangesById(
  tx: Transaction,
  refs: readonly { draftId: string; changeId: string }[],
): Promise<Map<string, Change>> {
  const wanted = new Set(refs.map(({ draftId, changeId }) => `${draftId} ${changeId}`));
  const found = new Map<string, Change>();
  const draftIds = [...new Set(refs.map((ref) => ref.draftId))];
  for (const chunk of chunks([...new Set(refs.map((ref) => ref.changeId))])) {
    const rows = await tx
      .select({ draftId: changes.draftId, body: changes.body })
      .from(changes)
      .where(and(inArray(changes.draftId, draftIds), inArray(changes.id, chunk)));
    for (const { draftId, body } of rows) {
      const key = `${draftId} ${body.id}`;
      if (wanted.has(key)) found.set(key, body);
    }
  }
  return found;
}

/** Evidence with its words, read where they stand. Key: draft id, space, claim id. */
export async function readEvidence(tx: Transaction, of: readonly { draftId: string; id: string }[]): Promise<Map<string, Evidence[]>> {
  const rows: EvidenceRow[] = [];
  for (const chunk of chunks([...new Set(of.map((claim) => claim.id))])) {
    rows.push(
      ...(await tx
        .select()
        .from(evidence)
        .where(inArray(evidence.claimId, chunk))
        .orderBy(asc(evidence.draftId), asc(evidence.claimId), asc(evidence.ordinal))),
    );
  }
  const texts = await readSources(tx, rows);
  const found = new Map<string, Evidence[]>();
  for (const row of rows) {
    const key = `${row.draftId} ${row.claimId}`;
    found.set(key, [...(found.get(key) ?? []), toEvidence(row, texts)]);
  }
  return found;
}

/** The sessions in which a line's words were said, the best evidence first. Key: draft id, space, claim id. */
export async function readClaimSessions(
  tx: Transaction,
  of: readonly { draftId: string; id: string }[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  const draftIds = [...new Set(of.map((claim) => claim.draftId))];
  for (const chunk of chunks([...new Set(of.map((claim) => claim.id))])) {
    const rows = await tx
      .select({ draftId: evidence.draftId, claimId: evidence.claimId, sessionId: evidence.sessionId })
      .from(evidence)
      .where(and(inArray(evidence.draftId, draftIds), inArray(evidence.claimId, chunk), isNotNull(evidence.sessionId)))
      .orderBy(asc(evidence.draftId), asc(evidence.claimId), asc(evidence.ordinal));
    for (const { draftId, claimId, sessionId } of rows) {
      const key = `${draftId} ${claimId}`;
      found.set(key, (found.get(key) ?? new Set()).add(sessionId ?? ''));
    }
  }
  return found;
}

/** Words of sessions that speak for the lines of these paths of a draft, by the path and the first character of the line. */
export async function readSessionQuotes(
  tx: Transaction,
  draftId: string,
  paths: readonly string[],
): Promise<{ path: string; line: number; eventId: string; block: number; start: number; end: number }[]> {
  if (paths.length === 0) return [];
  const lines = await tx
    .select({ id: claims.id, path: claims.path, line: claims.start })
    .from(claims)
    .where(and(eq(claims.draftId, draftId), inArray(claims.path, [...paths])))
    .orderBy(asc(claims.ordinal));
  // Two plain reads: of rows written a moment ago the server has no statistics, and joins them by looking at each pair.
  const found: { path: string; line: number; eventId: string; block: number; start: number; end: number }[] = [];
  for (const chunk of chunks(lines)) {
    const lineOf = new Map(chunk.map(({ id, path, line }) => [id, { path, line }]));
    const quotes = await tx
      .select({
        claimId: evidence.claimId,
        eventId: evidence.eventId,
        block: evidence.block,
        start: evidence.start,
        end: evidence.end,
      })
      .from(evidence)
      .where(and(eq(evidence.draftId, draftId), inArray(evidence.claimId, [...lineOf.keys()]), isNotNull(evidence.eventId)))
      .orderBy(asc(evidence.claimId), asc(evidence.ordinal));
    for (const { claimId, eventId, block, start, end } of quotes) {
      const of = lineOf.get(claimId);
      if (of !== undefined) found.push({ ...of, eventId: eventId ?? '', block: block ?? 0, start, end });
    }
  }
  return found;
}

interface SourceTexts {
  /** Of an event's block, or undefined when there is none. */
  ofEvent: (eventId: string, block: number) => string | undefined;
  ofVersion: (versionId: string) => { path: string; content: string } | undefined;
}

/** The texts that a number of evidences point into. */
export async function readSources(
  tx: Transaction,
  rows: readonly { eventId?: string | null; memoryVersionId?: string | null }[],
): Promise<SourceTexts> {
  const events = await readEventsById(
    tx,
    rows.flatMap((row) => row.eventId ?? []),
  );
  const versions = await readVersions(
    tx,
    rows.flatMap((row) => row.memoryVersionId ?? []),
  );
  const contents = await readContents(
    tx,
    [...versions.values()].flatMap((version) => version.sha256 ?? []),
  );
  return {
    ofEvent: (eventId, block) => {
      const event = events.get(eventId);
      return event === undefined ? undefined : eventBlocks(event)[block]?.text;
    },
    ofVersion: (versionId) => {
      const version = versions.get(versionId);
      const content = contents.get(version?.sha256 ?? '');
      return version === undefined || content === undefined ? undefined : { path: version.path, content };
    },
  };
}

function toEvidence(row: EvidenceRow, texts: SourceTexts): Evidence {
  const common = { start: row.start, end: row.end, origin: row.origin, at: row.at?.toISOString() ?? null };
  if (row.eventId !== null && row.sessionId !== null && row.block !== null) {
    const quote = texts.ofEvent(row.eventId, row.block)?.slice(row.start, row.end) ?? '';
    return { kind: 'event', sessionId: row.sessionId, eventId: row.eventId, block: row.block, quote, ...common };
  }
  const memoryVersionId = row.memoryVersionId ?? '';
  const source = texts.ofVersion(memoryVersionId);
  return { kind: 'memory', memoryVersionId, path: source?.path ?? '', quote: source?.content.slice(row.start, row.end) ?? '', ...common };
}

/** What a session has led to: lines of committed memories that one of its messages supports. */
export interface SessionEffect {
  claimId: string;
  draftId: string;
  dreamId: string;
  changeId: string | null;
  storeId: string;
  memoryId: string;
  memoryVersionId: string;
  path: string;
  start: number;
  end: number;
  eventId: string;
}

export async function readSessionEffects(tx: Transaction, sessionId: string): Promise<SessionEffect[]> {
  const rows = await tx
    .selectDistinct({
      claimId: claims.id,
      draftId: claims.draftId,
      dreamId: drafts.dreamId,
      changeId: claims.changeId,
      storeId: memoryVersions.storeId,
      memoryId: memoryVersions.memoryId,
      memoryVersionId: memoryVersions.id,
      path: claims.path,
      start: claims.start,
      end: claims.end,
      eventId: evidence.eventId,
    })
    .from(evidence)
    .innerJoin(claims, and(eq(claims.id, evidence.claimId), eq(claims.draftId, evidence.draftId)))
    .innerJoin(memoryVersions, eq(memoryVersions.id, claims.memoryVersionId))
    .innerJoin(drafts, eq(drafts.id, claims.draftId))
    .where(and(eq(evidence.sessionId, sessionId), isNotNull(evidence.eventId)))
    .orderBy(asc(memoryVersions.storeId), asc(claims.path), asc(claims.start), asc(evidence.eventId));
  return rows.map((row) => ({ ...row, eventId: row.eventId ?? '' }));
}

/** What a session has taken away: a change that left no line, so that only the change itself names the words it rests on. */
export interface SessionRemoval {
  dreamId: string;
  storeId: string;
  operationId: string;
  change: Change;
}

export async function readSessionRemovals(tx: Transaction, sessionId: string): Promise<SessionRemoval[]> {
  return await tx
    .select({ dreamId: drafts.dreamId, storeId: operations.storeId, operationId: operations.id, change: changes.body })
    .from(changes)
    .innerJoin(drafts, eq(drafts.id, changes.draftId))
    // Only a draft that was committed has an operation.
    .innerJoin(operations, eq(operations.draftId, changes.draftId))
    .where(
      and(
        sql`${changes.body}->>'claimId' is null`,
        sql`exists (select from json_array_elements(${changes.body}->'evidence') item where item->>'sessionId' = ${sessionId})`,
      ),
    )
    .orderBy(asc(operations.storeId), asc(changes.draftId), asc(changes.ordinal));
}
