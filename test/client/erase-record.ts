/** A dream's result made by hand: any line with any evidence, committed to a store of its own. */
import { putContents } from '../../db/contents.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertDraft, placeClaims } from '../../db/drafts.ts';
import { endDream, pinMemories, updateDream } from '../../db/dreams.ts';
import { readEvents } from '../../db/events.ts';
import { insertFacts } from '../../db/facts.ts';
import { readHeads, writeVersions } from '../../db/memories.ts';
import { appendOperation } from '../../db/operations.ts';
import { insertStore } from '../../db/stores.ts';
import type { ChangeKind } from '../../domain/change.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { eventBlocks } from '../../domain/transcript.ts';
import { freshId, seedDream, workspaceId } from '../support/seeds.ts';

export interface RecordedLine {
  path: string;
  /** As it stands in the file. */
  text: string;
  kind?: ChangeKind;
  evidence: Evidence[];
}

/** The place of these words in a session. */
export async function quoted(database: Database, sessionId: string, quote: string): Promise<Evidence> {
  const events = await withWorkspace(database, workspaceId, (tx) => readEvents(tx, sessionId, 1, 1_000));
  for (const event of events)
    for (const { block, text } of eventBlocks(event)) {
      const start = text.indexOf(quote);
      if (start >= 0)
        return {
          kind: 'event',
          sessionId,
          eventId: event.id,
          block,
          start,
          end: start + quote.length,
          quote,
          origin: 'user',
          at: event.processedAt,
        };
    }
  throw new Error(`no event of ${sessionId} says ${quote}`);
}

/** The place of these words in a memory as it stands. */
export async function remembered(database: Database, storeId: string, path: string, content: string, quote: string): Promise<Evidence> {
  const heads = await withWorkspace(database, workspaceId, (tx) => readHeads(tx, storeId));
  const start = content.indexOf(quote);
  const memoryVersionId = heads.find((head) => head.path === path)?.versionId ?? '';
  return { kind: 'memory', memoryVersionId, path, start, end: start + quote.length, quote, origin: 'memory', at: null };
}

export async function recordDream(
  database: Database,
  {
    storeId,
    sessionIds,
    files,
    lines,
    facts = [],
    open = false,
  }: {
    storeId: string;
    sessionIds: string[];
    files: Record<string, string>;
    lines: RecordedLine[];
    facts?: { statement: string; evidence: Evidence }[];
    /** Staged and not committed; the dream is running. */
    open?: boolean;
  },
): Promise<{ dreamId: string; draftId: string; output: string }> {
  const dreamId = await seedDream(database, { storeId, sessionIds });
  const output = freshId('memstore');
  const draftId = freshId('drft');
  const changes = lines.map(({ path, text, kind = 'add', evidence }) => ({
    id: freshId('chg'),
    kind,
    path,
    removed: [],
    before: null,
    after: text.replace(/^- /, ''),
    claimId: freshId('clm'),
    reasonCode: 'new_fact' as const,
    reason: `Because of “${evidence[0]?.quote ?? ''}”.`,
    evidence,
  }));
  const claims = lines.map(({ path, text, evidence }, at) => {
    const start = files[path]?.indexOf(text) ?? -1;
    if (start < 0) throw new Error(`${path} does not hold ${text}`);
    return { id: changes[at]?.claimId ?? '', path, text, start, end: start + text.length, changeId: changes[at]?.id ?? null, evidence };
  });
  await withWorkspace(database, workspaceId, async (tx) => {
    await insertStore(tx, { workspaceId, id: output, name: 'result' });
    await updateDream(tx, dreamId, { status: 'running', outputStoreId: output, baseRevision: 0 });
    const heads = await readHeads(tx, storeId);
    await pinMemories(
      tx,
      heads.map(({ memoryId, versionId, path, sha256 }) => ({ workspaceId, dreamId, memoryId, versionId, path, sha256 })),
    );
    await insertFacts(
      tx,
      facts.map(({ statement, evidence }, ordinal) => {
        const sessionId = evidence.kind === 'event' ? evidence.sessionId : '';
        const body = { id: freshId('fact'), statement, sessionId, value: null, evidence: [evidence] } as unknown as CandidateFact;
        return { workspaceId, dreamId, id: body.id, windowOrdinal: 0, ordinal, sessionId, body };
      }),
    );
    const draftFiles = Object.entries(files).map(([path, content]) => ({ path, content, sha256: sha256Hex(content), memoryId: null }));
    const report = {
      counts: {},
      reasons: {},
      files: { created: 1, changed: 0, unchanged: 0, deleted: 0 },
      claims: { before: 0, after: 1 },
      dropped: {},
      keptByCap: [],
      guards: [],
    };
    await insertDraft(
      tx,
      { workspaceId, dreamId, round: 1 },
      { id: draftId, digest: sha256Hex(draftId), files: draftFiles, deleted: [], claims, changes },
      report,
    );
    await updateDream(tx, dreamId, { draftId });
    if (open) return;
    const hashes = await putContents(tx, workspaceId, Object.values(files));
    const versions = Object.entries(files).map(([path, content], at) => ({
      workspaceId,
      storeId: output,
      id: freshId('memver'),
      memoryId: freshId('mem'),
      operation: 'created' as const,
      path,
      sha256: hashes[at] ?? '',
      size: Buffer.byteLength(content),
      createdBy: { type: 'session_actor', session_id: '' },
    }));
    await writeVersions(tx, versions);
    for (const version of versions) await placeClaims(tx, draftId, version.path, version.id);
    const steps = versions.map(({ memoryId, path, id }) => ({ memoryId, path, beforeVersionId: null, afterVersionId: id }));
    await appendOperation(
      tx,
      { workspaceId, id: freshId('op'), storeId: output, kind: 'dream', by: 'test', dreamId, draftId, counts: {} },
      steps,
    );
    await endDream(tx, dreamId, { status: 'completed', outcome: 'committed', error: null });
  });
  return { dreamId, draftId, output };
}
