import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Decision, DecisionRequest } from '../domain/decision.ts';
import type { DreamOutcome, DreamStep } from '../domain/dream.ts';

/** The workflow's one argument. Ids only: everything else is read from the dream's row. */
export interface DreamInput {
  workspaceId: string;
  dreamId: string;
}

/** The workflow's result. */
export interface DreamResult {
  outcome: DreamOutcome;
  outputStoreId: string | null;
}

/** What the query `progress` answers. */
export interface DreamProgress {
  stage: DreamStep;
  /** Packs done and planned of the stage; 1 of 1 for a stage in one piece. */
  done: number;
  total: number;
  sessions: number;
  windows: number;
  facts: number;
  changes: number;
  /** The draft that waits for a decision, and until when; null while none does. */
  review: { draftId: string; digest: string; endsAt: string } | null;
}

export interface CancelRequest {
  by: string;
  reason?: string;
}

/** As the update `decide`, without an answer: what cannot be taken is noted in the run's details and goes no further. */
export interface ApproveRequest {
  /** Without it, the draft that waits. */
  digest?: string;
  by: string;
  note?: string;
}

export interface RejectRequest {
  by: string;
  note?: string;
}

export const cancelDreamSignal = defineSignal<[CancelRequest]>('cancelDream');
export const approveDreamSignal = defineSignal<[ApproveRequest]>('approveDream');
export const rejectDreamSignal = defineSignal<[RejectRequest]>('rejectDream');
export const decideUpdate = defineUpdate<Decision, [DecisionRequest]>('decide');
export const progressQuery = defineQuery<DreamProgress>('progress');
