/** Changes and their evidence in the wire's spelling, with the titles that a reader recognises sessions by. */
import type { Transaction } from '../../db/database.ts';
import { readSessions } from '../../db/sessions.ts';
import type { Change, ChangeKind } from '../../domain/change.ts';
import type { Evidence } from '../../domain/evidence.ts';

export type WireEvidence =
  | { type: 'event'; session_id: string; session_title: string | null; event_id: string; origin: string; at: string | null; quote: string }
  | { type: 'memory'; memory_version_id: string; path: string; origin: string; at: string | null; quote: string };

export interface WireChange {
  id: string;
  kind: Change['kind'];
  path: string;
  before: string | null;
  after: string | null;
  reason_code: Change['reasonCode'];
  reason: string;
  removed: { path: string; text: string }[];
  evidence: WireEvidence[];
}

/** Titles of the sessions that some evidence names. */
export async function readTitles(tx: Transaction, evidence: readonly Evidence[]): Promise<Map<string, string | null>> {
  const ids = evidence.flatMap((item) => (item.kind === 'event' ? item.sessionId : []));
  const sessions = await readSessions(tx, [...new Set(ids)]);
  return new Map([...sessions].map(([id, session]) => [id, session.title]));
}

export function toWireEvidence(item: Evidence, titles: ReadonlyMap<string, string | null>): WireEvidence {
  const { origin, at, quote } = item;
  return item.kind === 'event'
    ? {
        type: 'event',
        session_id: item.sessionId,
        session_title: titles.get(item.sessionId) ?? null,
        event_id: item.eventId,
        origin,
        at,
        quote,
      }
    : { type: 'memory', memory_version_id: item.memoryVersionId, path: item.path, origin, at, quote };
}

export function toWireChange(change: Change, titles: ReadonlyMap<string, string | null>): WireChange {
  const { id, kind, path, before, after, reasonCode, reason, removed, evidence } = change;
  return {
    id,
    kind,
    path,
    before,
    after,
    reason_code: reasonCode,
    reason,
    removed: removed.map((line) => ({ path: line.path, text: line.text })),
    evidence: evidence.map((item) => toWireEvidence(item, titles)),
  };
}

/** What a reviewer should see first: what takes away or replaces, then what nobody had written, then the rest. */
const byRisk: readonly ChangeKind[] = ['retire', 'supersede', 'pattern', 'open_conflict', 'merge', 'rewrite', 'add', 'move'];

export function byFile<T extends Pick<WireChange, 'path'>>(changes: readonly T[]): [string, T[]][] {
  const files = new Map<string, T[]>();
  for (const change of changes) {
    const own = files.get(change.path);
    if (own === undefined) files.set(change.path, [change]);
    else own.push(change);
  }
  return [...files];
}

/** Grouped by file; the files by their riskiest change, then by path; within a file the riskiest first, else in the draft's order. */
export function riskiestFirst<T extends Pick<WireChange, 'kind' | 'path'>>(changes: readonly T[]): T[] {
  const risk = (change: T): number => byRisk.indexOf(change.kind);
  const ofFile = new Map<string, number>();
  for (const change of changes) ofFile.set(change.path, Math.min(risk(change), ofFile.get(change.path) ?? byRisk.length));
  return changes.toSorted(
    (a, b) =>
      (ofFile.get(a.path) ?? 0) - (ofFile.get(b.path) ?? 0) || Number(a.path > b.path) - Number(a.path < b.path) || risk(a) - risk(b),
  );
}
