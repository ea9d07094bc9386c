import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import { createActivities } from '../activities/index.ts';
import type { Log } from '../config/log.ts';
import { cpuTaskQueue } from '../workflows/start-dream.ts';
import { deploymentOptions } from './deployment.ts';
import { failureInterceptor } from './failure-interceptor.ts';
import type { LoadedBundle } from './load-bundle.ts';
import { buildIdOf } from './load-bundle.ts';

export interface WorkerSettings {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  bundle: LoadedBundle;
  dependencies: Dependencies;
  /** Packs that the offline engine works on at once: its threads. */
  cpuSlots: number;
  /** Of which each bundle is a version; without it any worker takes any run. */
  deployment?: string | undefined;
  log: Log;
  /** Overrides of what is chosen here. */
  tuning?: WorkerTuning | undefined;
}

/** What of a worker's patience somebody may want otherwise. */
export type WorkerTuning = Pick<
  WorkerOptions,
  | 'stickyQueueScheduleToStartTimeout'
  | 'shutdownGraceTime'
  | 'shutdownForceTime'
  | 'maxConcurrentActivityTaskPolls'
  | 'maxConcurrentWorkflowTaskPolls'
>;

/** One worker a queue: workflow tasks and database steps on the first, the offline engine's steps on the second. */
export async function createWorkers(settings: WorkerSettings): Promise<Worker[]> {
  const { connection, namespace, taskQueue, bundle, dependencies, cpuSlots, deployment, log, tuning } = settings;
  const activities = createActivities(dependencies);
  const buildId = buildIdOf(bundle);
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    activities,
    ...(deployment === undefined ? { buildId } : { workerDeploymentOptions: deploymentOptions(deployment, buildId) }),
    interceptors: { activity: [(context) => ({ inbound: failureInterceptor(context, log) })] },
    // A cancel travels on the answer to a heartbeat: measured 0.15 s with this, 22 s with the default.
    maxHeartbeatThrottleInterval: '1 second',
    // What is running may finish; what does not is tried again by another worker.
    shutdownGraceTime: '30 seconds',
    shutdownForceTime: '60 seconds',
    ...tuning,
  };
  return [
    await Worker.create({
      ...common,
      taskQueue,
      workflowBundle: { code: bundle.code },
      maxConcurrentActivityTaskExecutions: 8,
      maxCachedWorkflows: 100,
    }),
    await Worker.create({ ...common, taskQueue: cpuTaskQueue(taskQueue), maxConcurrentActivityTaskExecutions: cpuSlots }),
  ];
}
