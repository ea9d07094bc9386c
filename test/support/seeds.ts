import { randomBytes } from 'node:crypto';
import { putContents } from '../../db/contents.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { insertDream } from '../../db/dreams.ts';
import { appendEvents } from '../../db/events.ts';
import { writeVersions } from '../../db/memories.ts';
import { insertSession } from '../../db/sessions.ts';
import { insertStore } from '../../db/stores.ts';
import type { DreamOptions, OutputBehavior } from '../../domain/dream.ts';
import { defaultDreamOptions } from '../../domain/dream.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { IdPrefix } from '../../domain/ids.ts';
import { makeId } from '../../domain/ids.ts';
import { noUsage } from '../../domain/usage.ts';

export const workspaceId = 'default';

export function freshId(prefix: IdPrefix): string {
  return makeId(prefix, Date.now(), randomBytes(16));
}

/** A store with these files. */
export async function seedStore(database: Database, files: Record<string, string>): Promise<string> {
  const storeId = freshId('memstore');
  await withWorkspace(database, workspaceId, async (tx) => {
    await insertStore(tx, { workspaceId, id: storeId, name: 'notes' });
    const hashes = await putContents(tx, workspaceId, Object.values(files));
    await writeVersions(
      tx,
      Object.entries(files).map(([path, content], index) => ({
        workspaceId,
        storeId,
        id: freshId('memver'),
        memoryId: freshId('mem'),
        operation: 'created' as const,
        path,
        sha256: hashes[index] ?? '',
        size: new TextEncoder().encode(content).length,
      })),
    );
  });
  return storeId;
}

export interface Line {
  type: string;
  text: string;
}

export const user = (text: string): Line => ({ type: 'user.message', text });
export const agent = (text: string): Line => ({ type: 'agent.message', text });
export const tool = (text: string): Line => ({ type: 'agent.tool_result', text });

/** A session that begins at `at` (ISO) with a message a minute. */
export async function seedSession(database: Database, at: string, lines: readonly Line[]): Promise<string> {
  const id = freshId('sesn');
  const events = lines.map(({ type, text }, index) => {
    const payload = { content: [{ type: 'text', text }] };
    return {
      id: freshId('sevt'),
      type,
      payload,
      processedAt: new Date(Date.parse(at) + index * 60_000),
      sha256: sha256Hex(JSON.stringify([type, payload, index])),
    };
  });
  await withWorkspace(database, workspaceId, async (tx) => {
    await insertSession(tx, {
      workspaceId,
      id,
      sourceKind: 'neutral',
      sourceId: id,
      firstEventSha256: events[0]?.sha256 ?? sha256Hex(id),
      title: 'A session',
      createdAt: new Date(at),
    });
    await appendEvents(tx, workspaceId, id, events);
  });
  return id;
}

/** The row of a dream that nobody has started yet. */
export async function seedDream(
  database: Database,
  dream: {
    storeId: string;
    sessionIds: string[];
    instructions?: string;
    model?: string;
    options?: Partial<DreamOptions>;
    outputBehavior?: OutputBehavior;
  },
): Promise<string> {
  const id = freshId('drm');
  await withWorkspace(database, workspaceId, (tx) =>
    insertDream(
      tx,
      {
        workspaceId,
        id,
        workflowId: id,
        trigger: 'test',
        inputStoreId: dream.storeId,
        outputBehavior: dream.outputBehavior ?? 'create_new',
        model: dream.model ?? 'offline',
        instructions: dream.instructions ?? null,
        options: { ...defaultDreamOptions, ...dream.options },
        usage: noUsage,
      },
      dream.sessionIds,
    ),
  );
  return id;
}
