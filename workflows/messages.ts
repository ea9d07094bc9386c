import { defineQuery, defineSignal } from '@temporalio/workflow';
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
}

export interface CancelRequest {
  by: string;
  reason?: string;
}

export const cancelDreamSignal = defineSignal<[CancelRequest]>('cancelDream');
export const progressQuery = defineQuery<DreamProgress>('progress');
