/** The workflow on the real server with steps of the test's own; every run is replayed when its test ends. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { expect, inject } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import type { Decision } from '../../domain/decision.ts';
import type { dream } from '../../workflows/dream.ts';
import type { DreamProgress } from '../../workflows/messages.ts';
import { progressQuery } from '../../workflows/messages.ts';
import { cpuTaskQueue, startDreamOptions } from '../../workflows/start-dream.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { replayStarted, untilClosed } from '../support/replayed.ts';

export interface WorkflowServer {
  client: Client;
  connection: NativeConnection;
  close(): Promise<void>;
}

export async function connectWorkflowServer(): Promise<WorkflowServer> {
  quietRuntime();
  const address = inject('temporalAddress');
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  return {
    client,
    connection,
    close: async () => {
      await client.connection.close();
      await connection.close();
    },
  };
}

export type Calls = [name: string, argument: Record<string, unknown>][];
export type DreamHandle = WorkflowHandle<typeof dream>;

/** Every step with a small answer, remembering how it was called; `overrides` are the ones a test is about. */
function recorded(calls: Calls, overrides: Partial<Activities>): Activities {
  const decisions = new Map<string, Decision>();
  const defaults: Activities = {
    openDream: async () => ({ sessionId: 'sesn_1' }),
    takeSnapshot: async () => ({ sessions: 2, memories: 1, review: 'none' }),
    planWindows: async () => ({ windows: 5, packs: 3, windowsInPack: [2, 2, 1], characters: 100 }),
    extractFacts: async () => ({ facts: 4, kept: 0 }),
    groupClaims: async () => ({ claims: 3, groups: 2, packs: 2 }),
    reconcileGroup: async () => ({ proposals: 1 }),
    minePatterns: async () => ({ patterns: 0 }),
    stageDraft: async ({ round }) => ({ draftId: `drft_${String(round)}`, digest: `digest ${String(round)}`, changes: 7 - round }),
    checkDraft: async () => ({ ok: true, refused: [], guards: [], unmendable: false }),
    awaitReview: async () => ({ endsAt: '2126-11-30T00:00:00.000Z', timeoutMs: 60_000, onTimeout: 'reject' }),
    // As the table does: one decision a draft, the first one stands.
    recordDecision: async ({ draftId, digest, verdict, exclude, by, note, channel }) => {
      const decision = decisions.get(draftId) ?? { draftId, digest, verdict, excluded: exclude, by, note, channel };
      decisions.set(draftId, decision);
      return decision;
    },
    commitDream: async () => ({ operationId: 'op_1', conflicts: 0 }),
    closeDream: async ({ end }) => ({ outcome: end.outcome, outputStoreId: 'memstore_2' }),
  };
  const steps = { ...defaults, ...overrides };
  return Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [
      name,
      async (argument: never) => {
        calls.push([name, argument]);
        return await step(argument);
      },
    ]),
  ) as unknown as Activities;
}

/** Runs one dream with these steps on queues of its own and hands its handle to the test. */
export async function running<T>(
  { client, connection }: WorkflowServer,
  overrides: Partial<Activities>,
  test: (handle: DreamHandle, calls: Calls) => Promise<T>,
): Promise<T> {
  const calls: Calls = [];
  const activities = recorded(calls, overrides);
  const dreamId = `drm_${randomUUID()}`;
  const taskQueue = `workflow-${randomUUID()}`;
  const started = { workflowIds: [dreamId], taskQueue };
  const workflowBundle = { codePath: inject('bundlePath') };
  const plan = await Worker.create({ connection, taskQueue, activities, workflowBundle, maxHeartbeatThrottleInterval: '1 second' });
  const cpu = await Worker.create({ connection, taskQueue: cpuTaskQueue(taskQueue), activities, maxHeartbeatThrottleInterval: '1 second' });
  const answer = await plan.runUntil(
    cpu.runUntil(async () => {
      const start = startDreamOptions({
        workspaceId: 'default',
        dreamId,
        workflowId: dreamId,
        storeId: 'memstore_1',
        sessions: 2,
        trigger: 'test',
        taskQueue,
      });
      const handle = await client.workflow.start<typeof dream>('dream', { ...start, args: [...start.args] });
      const answered = await test(handle, calls);
      await untilClosed(started, client);
      return answered;
    }),
  );
  await replayStarted(started, client);
  return answer;
}

export const names = (calls: Calls) => calls.map(([name]) => name);

/** Waits until a draft awaits its decision; the query answers the draft and its digest. */
export async function awaited(handle: DreamHandle, draftId?: string): Promise<NonNullable<DreamProgress['review']>> {
  for (;;) {
    const { review } = await handle.query(progressQuery);
    if (review !== null && (draftId === undefined || review.draftId === draftId)) return review;
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
