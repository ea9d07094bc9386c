/** From a session to what it has led to: the lines that its messages support and that stand in a memory store, the changes that made them, and what it took away. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { Head } from '../db/memories.ts';
import { readHeads } from '../db/memories.ts';
import { readUndos } from '../db/operations.ts';
import type { SessionEffect, SessionRemoval } from '../db/provenance.ts';
import { readChangesById, readSessionEffects, readSessionRemovals } from '../db/provenance.ts';
import { readStandingClaims } from '../db/standing-claims.ts';
import type { Change, ChangeKind } from '../domain/change.ts';
import type { Context } from './context.ts';
import { lineOfOffset } from './lines.ts';

export interface SessionEffectLine {
  store_id: string;
  /** null, as the line: it was taken away. */
  memory_id: string | null;
  path: string;
  line: number | null;
  /** Of a line that was taken away, what stood there. */
  text: string;
  dream_id: string;
  /** null: the line stood before and the session supports it. */
  change: { id: string; kind: ChangeKind; reason: string } | null;
  event_ids: string[];
}

export async function sessionEffects(context: Context, sessionId: string): Promise<SessionEffectLine[]> {
  return await withWorkspace(context.database, context.workspaceId, (tx) => readEffectLines(tx, sessionId));
}

export async function readEffectLines(tx: Transaction, sessionId: string): Promise<SessionEffectLine[]> {
  const effects = await readSessionEffects(tx, sessionId);
  const standing = await findStanding(tx, effects);
  const changes = await readChangesById(
    tx,
    effects.flatMap(({ draftId, changeId }) => (changeId === null ? [] : { draftId, changeId })),
  );
  const lines = new Map<string, SessionEffectLine>();
  for (const effect of effects) {
    const key = `${effect.draftId} ${effect.claimId}`;
    const known = lines.get(key);
    const place = standing.get(key);
    if (known !== undefined) known.event_ids.push(effect.eventId);
    else if (place !== undefined) lines.set(key, toLine(effect, place, changes.get(`${effect.draftId} ${effect.changeId ?? ''}`)));
  }
  const removed: SessionEffectLine[] = [];
  for (const removal of await readSessionRemovals(tx, sessionId))
    // What was taken away and brought back is not gone.
    if ((await readUndos(tx, removal.operationId)).length % 2 === 0) removed.push(toRemovedLine(removal, sessionId));
  return [...lines.values(), ...removed];
}

interface Place {
  path: string;
  line: number;
  text: string;
}

/** Where the lines stand now, if they do: somebody may have edited the memory since, or undone the dream. Key: draft id, space, claim id. */
async function findStanding(tx: Transaction, effects: readonly SessionEffect[]): Promise<Map<string, Place>> {
  const memories = new Set(effects.map((effect) => effect.memoryId));
  const heads: Head[] = [];
  for (const storeId of new Set(effects.map((effect) => effect.storeId)))
    heads.push(...(await readHeads(tx, storeId)).filter((head) => memories.has(head.memoryId)));
  const contents = await readContents(
    tx,
    heads.map((head) => head.sha256),
  );
  const claims = await readStandingClaims(
    tx,
    heads.map((head) => head.versionId),
  );
  const places = new Map<string, Place>();
  for (const { versionId, path, sha256 } of heads) {
    const content = contents.get(sha256) ?? '';
    for (const { draftId, id, start, end } of claims.get(versionId) ?? [])
      places.set(`${draftId} ${id}`, { path, line: lineOfOffset(content, start), text: content.slice(start, end).trim() });
  }
  return places;
}

function toLine(effect: SessionEffect, { path, line, text }: Place, change: Change | undefined): SessionEffectLine {
  return {
    store_id: effect.storeId,
    memory_id: effect.memoryId,
    path,
    line,
    text,
    dream_id: effect.dreamId,
    change: change === undefined ? null : { id: change.id, kind: change.kind, reason: change.reason },
    event_ids: [effect.eventId],
  };
}

function toRemovedLine({ dreamId, storeId, change }: SessionRemoval, sessionId: string): SessionEffectLine {
  const eventIds = change.evidence.flatMap((item) => (item.kind === 'event' && item.sessionId === sessionId ? item.eventId : []));
  return {
    store_id: storeId,
    memory_id: null,
    path: change.path,
    line: null,
    text: (change.before ?? '').trim(),
    dream_id: dreamId,
    change: { id: change.id, kind: change.kind, reason: change.reason },
    event_ids: [...new Set(eventIds)],
  };
}
