/** Each line of a memory with where it comes from: what wrote it, when, who, and on which sessions it rests. */
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { readClaimSessions } from '../db/provenance.ts';
import { readSessions } from '../db/sessions.ts';
import type { ChangeKind } from '../domain/change.ts';
import { splitLines } from '../domain/follow-lines.ts';
import type { Context } from './context.ts';
import { requirePath } from './explain-line.ts';
import { readContent } from './show-memory.ts';
import type { LineOriginKind, TracedLine } from './trace-lines.ts';
import { traceLines } from './trace-lines.ts';

export interface BlamedLine {
  line: number;
  text: string;
  origin: LineOriginKind;
  /** null where nothing is recorded of who wrote it. */
  operation: string | null;
  dream: string | null;
  at: string;
  by: string | null;
  change: { id: string; kind: ChangeKind } | null;
  /** Where its words were said, the best first. */
  sessions: { id: string; title: string | null }[];
}

export async function blame(context: Context, storeId: string, path: string): Promise<BlamedLine[]> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const head = await requirePath(tx, storeId, path);
    const lines = splitLines(await readContent(tx, head));
    const traced = await traceLines(tx, head.versionId, [...lines.keys()]);
    const sessionsOf = await readSessionsOf(tx, traced);
    return traced.map((origin, index) => ({
      line: index + 1,
      text: (lines[index]?.text ?? '').replace(/\r$/, ''),
      origin: origin.origin,
      operation: origin.operation?.id ?? null,
      dream: origin.claim?.dreamId ?? origin.operation?.dreamId ?? null,
      at: origin.version.createdAt.toISOString(),
      by: origin.operation?.by ?? null,
      change: origin.change === null ? null : { id: origin.change.id, kind: origin.change.kind },
      sessions: sessionsOf(origin),
    }));
  });
}

async function readSessionsOf(tx: Transaction, traced: readonly TracedLine[]): Promise<(line: TracedLine) => BlamedLine['sessions']> {
  const ids = await readClaimSessions(
    tx,
    traced.flatMap((line) => line.claim ?? []),
  );
  const sessions = await readSessions(tx, [...new Set([...ids.values()].flatMap((set) => [...set]))]);
  return ({ claim }) =>
    [...(ids.get(`${claim?.draftId ?? ''} ${claim?.id ?? ''}`) ?? [])].map((id) => ({ id, title: sessions.get(id)?.title ?? null }));
}
