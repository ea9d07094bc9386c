/** For a line of a memory: which session, which message, which words, what it replaced and why. */
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { Head } from '../db/memories.ts';
import { readHeads } from '../db/memories.ts';
import { readEvidence } from '../db/provenance.ts';
import { requireStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Context } from './context.ts';
import { countLines, rangeOfLine } from './lines.ts';
import { readContent, requireMemory } from './show-memory.ts';
import type { LineOriginKind, TracedLine } from './trace-lines.ts';
import { traceLines } from './trace-lines.ts';
import type { WireChange, WireEvidence } from './wire/change.ts';
import { readTitles, toWireChange, toWireEvidence } from './wire/change.ts';

export type LinePlace = { storeId: string; path: string; line: number } | { memoryId: string; line: number };

export interface LineOrigin {
  memory_store_id: string;
  memory_id: string;
  memory_version_id: string;
  path: string;
  line: number;
  text: string;
  origin: LineOriginKind;
  dream_id: string | null;
  /** What wrote it, and who; null where nothing is recorded. */
  operation_id: string | null;
  by: string | null;
  change: WireChange | null;
  evidence: WireEvidence[];
  /** The last dream that moved it to this file as it stood. */
  moved: { dream_id: string; change_id: string; from: string | null } | null;
  /** When the version that the line goes back to was written. */
  written_at: string;
}

type LineTrace = Pick<LineOrigin, 'origin' | 'dream_id' | 'operation_id' | 'by' | 'change' | 'evidence' | 'moved' | 'written_at'>;

export async function explainLine(context: Context, place: LinePlace): Promise<LineOrigin> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const head = 'memoryId' in place ? await requireMemory(tx, place.memoryId) : await requirePath(tx, place.storeId, place.path);
    const content = await readContent(tx, head);
    const range = Number.isInteger(place.line) && place.line >= 1 ? rangeOfLine(content, place.line) : null;
    const [traced] = range === null ? [] : await traceLines(tx, head.versionId, [place.line - 1]);
    if (range === null || traced === undefined)
      throw new DreamsError(
        'invalid_input',
        `The memory ${head.path} has ${String(countLines(content))} lines; there is no line ${String(place.line)}.`,
      );
    return {
      memory_store_id: head.storeId,
      memory_id: head.memoryId,
      memory_version_id: head.versionId,
      path: head.path,
      line: place.line,
      text: content.slice(range.start, range.end).trim(),
      ...(await describe(tx, traced)),
    };
  });
}

/** The memory at a path of a store, or a sentence that says what to do. */
export async function requirePath(tx: Transaction, storeId: string, path: string): Promise<Head> {
  await requireStore(tx, storeId);
  const head = (await readHeads(tx, storeId)).find((memory) => memory.path === path);
  if (head !== undefined) return head;
  throw new DreamsError('not_found', `The store ${storeId} has no memory ${JSON.stringify(path)}.`, {
    hint: `See "dreams show ${storeId}" for its memories.`,
  });
}

async function describe(tx: Transaction, traced: TracedLine): Promise<LineTrace> {
  const { origin, claim, change, operation, version, moved } = traced;
  const evidence = claim === null ? [] : ((await readEvidence(tx, [claim])).get(`${claim.draftId} ${claim.id}`) ?? []);
  const titles = await readTitles(tx, [...evidence, ...(change?.evidence ?? [])]);
  return {
    origin,
    dream_id: claim?.dreamId ?? operation?.dreamId ?? null,
    operation_id: operation?.id ?? null,
    by: operation?.by ?? null,
    change: change === null ? null : toWireChange(change, titles),
    evidence: evidence.map((item) => toWireEvidence(item, titles)),
    moved: moved === null ? null : { dream_id: moved.dreamId, change_id: moved.change.id, from: moved.change.removed[0]?.path ?? null },
    written_at: version.createdAt.toISOString(),
  };
}
