/** What a test asks of a worker process, and what that says back; the two talk over Node's channel between parent and child. */
import type { FaultPoint } from '../../activities/effect.ts';
import type { WorkerTuning } from '../../workers/create-workers.ts';

/** What the process does to itself at the n-th time (from 1) that it reaches a point. `hold` waits until the test lets it go. */
export interface Arm {
  point: FaultPoint;
  occurrence: number;
  act: 'kill' | 'stop' | 'hold';
}

export interface Orders {
  databaseUrl: string;
  temporalAddress: string;
  taskQueue: string;
  bundlePath: string;
  /** Every point reached is a line in this file before anything is done there. */
  journal: string;
  arms: readonly Arm[];
  tuning: WorkerTuning;
  /** Leaves the last fact out of every answer to an extraction, as a model that never answers twice alike. */
  forgetful?: boolean;
  /** Answers no extraction, and gives up when it is told to. */
  endless?: boolean;
}

export type FromWorker = { event: 'warm' } | { event: 'ready' } | { event: 'reached'; arm: Arm };

export interface Reached {
  pid: number;
  point: FaultPoint;
  /** Times that this process has been there, this one included. */
  occurrence: number;
  /** The step's id in its run: the same for all its attempts. */
  activity: string;
  attempt: number;
  /** What is done there; `told` is written down later, when an attempt that was frozen there hears that nobody wants it any more. */
  act: Arm['act'] | 'told' | null;
}
