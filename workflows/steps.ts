import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { cpuTaskQueue } from './start-dream.ts';

/** Trying again cannot help: the input is what it is, or the dream has ended. The words are the codes of domain/errors.ts. */
const never = [
  'invalid_input',
  'invalid_path',
  'invalid_draft',
  'not_found',
  'store_not_found',
  'session_not_found',
  'dream_not_found',
  'alias_not_found',
  'unknown_change',
  'too_many_sessions',
  'store_too_large',
  'transcript_invalid',
  'dream_closed',
  'store_changed',
  'draft_changed',
  'already_decided',
  'store_archived',
  'store_held',
  'verification_failed',
  'engine_unknown',
  'engine_refused',
];

/**
 * Its clock runs also while nobody works: over a night in which the machine is off, an outage of the database, a weekend without a
 * worker. Nothing of that is the dream's fault, so it is longer than any of them; what fails by itself gives up by the number of
 * its attempts (workers/failure-interceptor.ts).
 */
const scheduleToCloseTimeout = '30 days';

/**
 * Timeouts and retries by kind of work, all in this one table. A single attempt (startToClose) is what one transaction or one
 * pack may reasonably take; heartbeats tell a dead worker from a slow one and carry the cancellation.
 */
const kinds = {
  /** Rows in, rows out: seconds, minutes for a store at its limits. */
  rows: {
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout,
    heartbeatTimeout: '20 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds', nonRetryableErrorTypes: never },
  },
  /** A pack of about 1 MB takes the offline engine seconds; a paid call may take five minutes. */
  engine: {
    startToCloseTimeout: '6 minutes',
    scheduleToCloseTimeout,
    heartbeatTimeout: '30 seconds',
    retry: { initialInterval: '2 seconds', maximumInterval: '2 minutes', nonRetryableErrorTypes: never },
  },
  /** One transaction; worth waiting for, because everything before it is done. */
  commit: {
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout,
    retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: never },
  },
  /** Always has to happen, so nothing is beyond a retry. */
  close: {
    startToCloseTimeout: '30 seconds',
    scheduleToCloseTimeout,
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  },
} satisfies Record<string, ActivityOptions>;

/** The steps as the workflow calls them; each with the timeouts of its kind, the engine's on its own queue. */
export function proxySteps() {
  const { taskQueue } = workflowInfo();
  // A cancelled dream waits for its steps to have stopped (the default does not), so that nothing works for it after its end.
  const common = { cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const;
  const rows = proxyActivities<Activities>({ ...common, ...kinds.rows });
  const engine = proxyActivities<Activities>({ ...common, ...kinds.engine, taskQueue: cpuTaskQueue(taskQueue) });
  const commit = proxyActivities<Activities>({ ...common, ...kinds.commit });
  const close = proxyActivities<Activities>({ ...common, ...kinds.close });
  return {
    openDream: rows.openDream,
    takeSnapshot: rows.takeSnapshot,
    planWindows: rows.planWindows,
    groupClaims: rows.groupClaims,
    stageDraft: rows.stageDraft,
    checkDraft: rows.checkDraft,
    awaitReview: rows.awaitReview,
    recordDecision: rows.recordDecision,
    extractFacts: engine.extractFacts,
    reconcileGroup: engine.reconcileGroup,
    minePatterns: engine.minePatterns,
    commitDream: commit.commitDream,
    closeDream: close.closeDream,
  };
}

export type Steps = ReturnType<typeof proxySteps>;
