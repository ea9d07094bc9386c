/** From a session to what it has led to: the lines of memory stores that its messages support, the changes that made them, and what it took away. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { findChange } from '../db/drafts.ts';
import { readVersions } from '../db/memories.ts';
import type { SessionEffect, SessionRemoval } from '../db/provenance.ts';
import { readSessionEffects, readSessionRemovals } from '../db/provenance.ts';
import type { ChangeKind } from '../domain/change.ts';
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
  const versions = await readVersions(
    tx,
    effects.map((effect) => effect.memoryVersionId),
  );
  const contents = await readContents(
    tx,
    [...versions.values()].flatMap((version) => version.sha256 ?? []),
  );
  const lines = new Map<string, SessionEffectLine>();
  for (const effect of effects) {
    const key = `${effect.draftId} ${effect.claimId}`;
    const known = lines.get(key);
    if (known !== undefined) known.event_ids.push(effect.eventId);
    else lines.set(key, await toLine(tx, effect, contents.get(versions.get(effect.memoryVersionId)?.sha256 ?? '') ?? ''));
  }
  const removals = await readSessionRemovals(tx, sessionId);
  return [...lines.values(), ...removals.map((removal) => toRemovedLine(removal, sessionId))];
}

async function toLine(tx: Transaction, effect: SessionEffect, content: string): Promise<SessionEffectLine> {
  const change = effect.changeId === null ? undefined : await findChange(tx, effect.draftId, effect.changeId);
  return {
    store_id: effect.storeId,
    memory_id: effect.memoryId,
    path: effect.path,
    line: lineOfOffset(content, effect.start),
    text: content.slice(effect.start, effect.end).trim(),
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
