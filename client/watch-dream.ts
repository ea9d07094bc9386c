/** A dream as it happens: progress of its run, events of its live session, and how it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { findDecision } from '../db/decisions.ts';
import { findDraft } from '../db/drafts.ts';
import type { DreamRow } from '../db/dreams.ts';
import { requireDream } from '../db/dreams.ts';
import { readEventsAfter } from '../db/events.ts';
import type { SessionEvent } from '../domain/transcript.ts';
import type { DreamProgress } from '../workflows/messages.ts';
import { progressQuery } from '../workflows/messages.ts';
import type { Context } from './context.ts';
import type { WireDream } from './wire/dream.ts';
import { hasEnded, readWireDream } from './wire/dream.ts';

export type WatchItem =
  | { kind: 'progress'; progress: DreamProgress }
  | { kind: 'event'; event: SessionEvent }
  /** Nobody has taken the dream up for a while. */
  | { kind: 'waiting' }
  /** A draft is before a reviewer; said once a draft. */
  | { kind: 'review'; review: OpenReview; dream: WireDream }
  | { kind: 'end'; dream: WireDream };

/** The draft that waits for a decision. */
export interface OpenReview {
  draftId: string;
  digest: string;
  endsAt: string;
}

const everyMs = 400;
/** With a worker about, a dream is taken up within a second. */
const waitingAfterMs = 10_000;
/** A query needs a worker; without one the rows alone tell how far the dream is. */
const queryWithinMs = 2_000;
/** A server or worker that did not answer is not asked at every turn. */
const askAgainAfterMs = 1_500;

export async function* watchDream(
  context: Context,
  id: string,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<WatchItem, void, undefined> {
  let cursor = 0;
  let shown = '';
  const since = Date.now();
  let isWaiting = false;
  let reviewed = '';
  let askAfter = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { dream, wire, events, review } = await read(context, id, cursor);
    for (const event of events) yield { kind: 'event', event };
    cursor = events.at(-1)?.number ?? cursor;
    if (hasEnded(dream) && isClosed(dream)) {
      yield { kind: 'end', dream: wire };
      return;
    }
    if (review !== null && review.draftId !== reviewed) {
      reviewed = review.draftId;
      yield { kind: 'review', review, dream: wire };
    }
    if (!isWaiting && dream.status === 'pending' && Date.now() - since > waitingAfterMs) {
      isWaiting = true;
      yield { kind: 'waiting' };
    }
    if (dream.status === 'running' && Date.now() >= askAfter) {
      const progress = await queryProgress(context, dream);
      if (progress === null) askAfter = Date.now() + askAgainAfterMs;
      else if (JSON.stringify(progress) !== shown) yield { kind: 'progress', progress };
      if (progress !== null) shown = JSON.stringify(progress);
    }
    await sleep(everyMs, undefined, signal === undefined ? {} : { signal });
  }
}

interface Seen {
  dream: DreamRow;
  wire: WireDream;
  events: SessionEvent[];
  review: OpenReview | null;
}

async function read(context: Context, id: string, cursor: number): Promise<Seen> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const dream = await requireDream(tx, id);
    const events = dream.sessionId === null ? [] : await readEventsAfter(tx, dream.sessionId, cursor);
    return { dream, wire: await readWireDream(tx, dream), events, review: await findReview(tx, dream) };
  });
}

async function findReview(tx: Transaction, dream: DreamRow): Promise<OpenReview | null> {
  if (dream.status !== 'running' || dream.stage !== 'awaitReview' || dream.draftId === null) return null;
  const draft = await findDraft(tx, dream.draftId);
  if (draft?.reviewEndsAt == null || (await findDecision(tx, draft.id)) !== undefined) return null;
  return { draftId: draft.id, digest: draft.digest, endsAt: draft.reviewEndsAt.toISOString() };
}

/** The commit ends the row, closeDream adds usage and coverage a moment later; a dream that was never opened has no such step. */
const closesWithinMs = 10_000;

function isClosed(dream: DreamRow): boolean {
  // Of a terminated dream no step adds anything; the sweep wrote all there is.
  return (
    dream.sessionId === null ||
    dream.stage === 'closeDream' ||
    dream.outcome === 'terminated' ||
    Date.now() - (dream.endedAt?.getTime() ?? 0) > closesWithinMs
  );
}

async function queryProgress(context: Context, dream: DreamRow): Promise<DreamProgress | null> {
  try {
    const { client, connection } = await context.temporal();
    return await connection.withDeadline(Date.now() + queryWithinMs, () =>
      client.workflow.getHandle(dream.workflowId).query(progressQuery),
    );
  } catch {
    // Progress is a courtesy: the row and the live session go on telling how far the dream is.
    return null;
  }
}
