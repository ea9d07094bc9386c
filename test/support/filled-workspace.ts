import postgres from 'postgres';
import type { Database, Transaction } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import * as schema from '../../db/schema/index.ts';
import { defaultDreamOptions } from '../../domain/dream.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { noUsage } from '../../domain/usage.ts';

/** A second workspace; only an administrator makes those. */
export async function addWorkspace(adminUrl: string, id: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1 });
  await admin`insert into workspaces (id, name) values (${id}, ${id})`;
  await admin.end();
}

/** At least one row in every table, with the same ids in whichever workspace. */
export async function fillWorkspace(database: Database, workspaceId: string): Promise<void> {
  await withWorkspace(database, workspaceId, async (tx) => {
    await fillInputs(tx, workspaceId);
    await fillDream(tx, workspaceId);
    await fillResult(tx, workspaceId);
  });
}

const text = 'Deploys go out on Tuesdays.';
const sha256 = sha256Hex(text);

async function fillInputs(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.insert(schema.contents).values({ workspaceId, sha256, bytes: new TextEncoder().encode(text), size: text.length });
  await tx.insert(schema.memoryStores).values({ workspaceId, id: 'memstore_1', name: 'notes' });
  await tx.insert(schema.memoryVersions).values({
    workspaceId,
    id: 'memver_1',
    storeId: 'memstore_1',
    memoryId: 'mem_1',
    operation: 'created',
    path: '/a.md',
    sha256,
    size: text.length,
  });
  await tx.insert(schema.memories).values({ workspaceId, id: 'mem_1', storeId: 'memstore_1', path: '/a.md', versionId: 'memver_1' });
  await tx
    .insert(schema.sessions)
    .values({ workspaceId, id: 'sesn_1', sourceKind: 'neutral', sourceId: 's1', firstEventSha256: sha256, lastEventNumber: 1 });
  await tx.insert(schema.sessionEvents).values({
    workspaceId,
    id: 'sevt_1',
    sessionId: 'sesn_1',
    number: 1,
    type: 'user.message',
    payload: { content: [{ type: 'text', text }] },
    sha256,
  });
}

async function fillDream(tx: Transaction, workspaceId: string): Promise<void> {
  const dreamId = 'drm_1';
  await tx.insert(schema.dreams).values({
    workspaceId,
    id: dreamId,
    workflowId: dreamId,
    trigger: 'test',
    inputStoreId: 'memstore_1',
    model: 'offline',
    options: defaultDreamOptions,
    usage: noUsage,
  });
  await tx.insert(schema.dreamSessions).values({ workspaceId, dreamId, sessionId: 'sesn_1', lastEventNumber: 1 });
  await tx.insert(schema.dreamMemories).values({ workspaceId, dreamId, memoryId: 'mem_1', versionId: 'memver_1', path: '/a.md', sha256 });
  await tx
    .insert(schema.dreamWindows)
    .values({ workspaceId, dreamId, ordinal: 0, sessionId: 'sesn_1', firstNumber: 1, lastNumber: 1, sha256, characters: 27, pack: 0 });
  await tx.insert(schema.modelCalls).values({
    workspaceId,
    requestSha256: sha256,
    dreamId,
    step: 'extractFacts',
    engine: 'offline',
    engineVersion: '1',
    model: 'offline',
    response: [],
    usage: noUsage,
  });
  await tx
    .insert(schema.facts)
    .values({ workspaceId, id: 'fact_1', dreamId, windowOrdinal: 0, ordinal: 0, sessionId: 'sesn_1', body: {} as never });
  await tx.insert(schema.inputClaims).values({ workspaceId, dreamId, id: 'clm_1', ordinal: 0, body: {} as never });
  await tx.insert(schema.groups).values({ workspaceId, dreamId, ordinal: 0, pack: 0, claimIds: ['clm_1'], factIds: ['fact_1'] });
  await tx.insert(schema.proposals).values({ workspaceId, dreamId, step: 'reconcileGroup', pack: 0, ordinal: 0, body: {} as never });
}

async function fillResult(tx: Transaction, workspaceId: string): Promise<void> {
  const draftId = 'drft_1';
  await tx
    .insert(schema.drafts)
    .values({ workspaceId, id: draftId, dreamId: 'drm_1', round: 1, digest: sha256, deleted: [], report: {} as never });
  await tx.insert(schema.draftFiles).values({ workspaceId, draftId, path: '/a.md', sha256 });
  await tx.insert(schema.changes).values({ workspaceId, draftId, id: 'chg_1', ordinal: 0, kind: 'add', path: '/a.md', body: {} as never });
  await tx.insert(schema.claims).values({
    workspaceId,
    id: 'clm_1',
    draftId,
    ordinal: 0,
    path: '/a.md',
    start: 0,
    end: 27,
    changeId: 'chg_1',
    memoryVersionId: 'memver_1',
  });
  await tx.insert(schema.evidence).values({
    workspaceId,
    draftId,
    claimId: 'clm_1',
    ordinal: 0,
    origin: 'user',
    sessionId: 'sesn_1',
    eventId: 'sevt_1',
    block: 0,
    start: 0,
    end: 27,
  });
  await tx.insert(schema.operations).values({
    workspaceId,
    id: 'op_1',
    storeId: 'memstore_1',
    kind: 'dream',
    by: 'test',
    dreamId: 'drm_1',
    draftId,
    revision: 1,
    counts: {},
  });
  await tx
    .insert(schema.operationMemories)
    .values({ workspaceId, operationId: 'op_1', memoryId: 'mem_1', path: '/a.md', afterVersionId: 'memver_1' });
  await tx.insert(schema.decisions).values({
    workspaceId,
    draftId,
    dreamId: 'drm_1',
    digest: sha256,
    verdict: 'approve',
    excluded: [],
    by: 'test',
    channel: 'update',
    request: 'r',
  });
  await tx.insert(schema.bundles).values({ workspaceId, sha256, bytes: new Uint8Array([1]), size: 1, sdkVersion: '1.24.0' });
  await tx.insert(schema.histories).values({
    workspaceId,
    dreamId: 'drm_1',
    runId: 'run_1',
    status: 'completed',
    events: 1,
    bytes: new Uint8Array([1]),
    size: 1,
    sha256,
    bundleSha256: sha256,
    sdkVersion: '1.24.0',
    startedAt: new Date(0),
    closedAt: new Date(0),
  });
  await tx.insert(schema.aliases).values({ workspaceId, name: 'agent', storeId: 'memstore_1' });
  await tx.insert(schema.aliasMoves).values({ workspaceId, name: 'agent', number: 1, kind: 'set', storeId: 'memstore_1', by: 'test' });
  await tx.insert(schema.erasures).values({ workspaceId, sessionId: 'sesn_1', by: 'test', report: {} as never });
}
