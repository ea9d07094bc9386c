/** For a line of a memory: which session, which message, which words, what it replaced and why. */
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { readContents } from '../db/contents.ts';
import { findChange } from '../db/drafts.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import type { Head } from '../db/memories.ts';
import { readHeads, readVersions } from '../db/memories.ts';
import type { RecordedClaim } from '../db/provenance.ts';
import { readRecordedClaims } from '../db/provenance.ts';
import { requireStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Context } from './context.ts';
import { countLines, rangeOfLine } from './lines.ts';
import { readContent, requireMemory } from './show-memory.ts';
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
  /**
   * `change`: a change of a dream wrote it. `kept`: it stood in the store before and a dream left it. `imported`: no dream
   * ever wrote in its memory. `layout`: a dream wrote it around its statements (a heading, the index).
   */
  origin: 'change' | 'kept' | 'imported' | 'layout';
  dream_id: string | null;
  change: WireChange | null;
  evidence: WireEvidence[];
  /** When the version that the line goes back to was written. */
  written_at: string | null;
}

export async function explainLine(context: Context, place: LinePlace): Promise<LineOrigin> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const head = 'memoryId' in place ? await requireMemory(tx, place.memoryId) : await findByPath(tx, place.storeId, place.path);
    const content = await readContent(tx, head);
    const range = Number.isInteger(place.line) && place.line >= 1 ? rangeOfLine(content, place.line) : null;
    if (range === null)
      throw new DreamsError(
        'invalid_input',
        `The memory ${head.path} has ${String(countLines(content))} lines; there is no line ${String(place.line)}.`,
      );
    const text = content.slice(range.start, range.end).trim();
    const common = {
      memory_store_id: head.storeId,
      memory_id: head.memoryId,
      memory_version_id: head.versionId,
      path: head.path,
      line: place.line,
      text,
    };
    // A clone's version repeats another one; lines and their evidence are recorded there.
    return { ...common, ...(await trace(tx, { versionId: head.copiedFrom ?? head.versionId, content, ...range })) };
  });
}

async function findByPath(tx: Transaction, storeId: string, path: string): Promise<Head> {
  await requireStore(tx, storeId);
  const head = (await readHeads(tx, storeId)).find((memory) => memory.path === path);
  if (head !== undefined) return head;
  throw new DreamsError('not_found', `The store ${storeId} has no memory ${JSON.stringify(path)}.`, {
    hint: `See "dreams show ${storeId}" for its memories.`,
  });
}

interface Stretch {
  versionId: string;
  content: string;
  start: number;
  end: number;
}

type Trace = Pick<LineOrigin, 'origin' | 'dream_id' | 'change' | 'evidence' | 'written_at'>;

/** Follows a line back over dreams that left it as it stood, to the change that wrote it or to the import. */
async function trace(tx: Transaction, at: Stretch): Promise<Trace> {
  const recorded = (await readRecordedClaims(tx, [at.versionId])).get(at.versionId) ?? [];
  const claim = narrowest(recorded, at);
  if (claim === undefined) return await withoutClaim(tx, at.versionId, recorded[0]?.dreamId ?? null);
  const change = claim.changeId === null ? undefined : await findChange(tx, claim.draftId, claim.changeId);
  const titles = await readTitles(tx, [...claim.evidence, ...(change?.evidence ?? [])]);
  const here: Trace = {
    origin: change === undefined ? 'kept' : 'change',
    dream_id: claim.dreamId,
    change: change === undefined ? null : toWireChange(change, titles),
    evidence: claim.evidence.map((item) => toWireEvidence(item, titles)),
    written_at: await writtenAt(tx, at.versionId),
  };
  if (change !== undefined) return here;
  const earlier = await findEarlier(tx, claim, at.content.slice(claim.start, claim.end));
  const before = earlier === undefined ? undefined : await trace(tx, earlier);
  // Where the earlier trace ends at a file of the import, what this dream recorded says more.
  return before?.origin === 'change' || (before !== undefined && here.evidence.length === 0) ? before : here;
}

function narrowest(claims: readonly RecordedClaim[], { start, end }: Stretch): RecordedClaim | undefined {
  const over = claims.filter((claim) => claim.start < end && claim.end > start);
  return over.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
}

async function writtenAt(tx: Transaction, versionId: string): Promise<string | null> {
  return (await readVersions(tx, [versionId])).get(versionId)?.createdAt.toISOString() ?? null;
}

async function withoutClaim(tx: Transaction, versionId: string, dreamId: string | null): Promise<Trace> {
  const version = (await readVersions(tx, [versionId])).get(versionId);
  const byDream = version?.createdBy?.['type'] === 'session_actor';
  return {
    origin: byDream ? 'layout' : 'imported',
    dream_id: dreamId,
    change: null,
    evidence: [],
    written_at: version?.createdAt.toISOString() ?? null,
  };
}

/** The same words in what the dream read: the memory it pinned under that path, or another one that holds them. */
async function findEarlier(tx: Transaction, claim: RecordedClaim, words: string): Promise<Stretch | undefined> {
  const version = (await readVersions(tx, [claim.memoryVersionId])).get(claim.memoryVersionId);
  const pinned = await readPinnedMemories(tx, claim.dreamId);
  const contents = await readContents(
    tx,
    pinned.map((memory) => memory.sha256),
  );
  const samePathFirst = pinned.toSorted((a, b) => Number(b.path === version?.path) - Number(a.path === version?.path));
  for (const memory of samePathFirst) {
    const content = contents.get(memory.sha256) ?? '';
    const start = content.indexOf(words);
    if (start < 0) continue;
    const source = (await readVersions(tx, [memory.versionId])).get(memory.versionId);
    return { versionId: source?.copiedFrom ?? memory.versionId, content, start, end: start + words.length };
  }
  return undefined;
}
