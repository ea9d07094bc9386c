/** Tells the operator of a versioned worker how dreams come to it, as soon as the command would work. */
import type { Client } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';
import type { Log } from '../config/log.ts';
import { makeCurrentCommand } from './deployment.ts';
import { grpc, hasGrpcCode } from './grpc-code.ts';
import { pause } from '../activities/pause.ts';

export interface Announcement {
  client: Client;
  /** Where the client is connected to. */
  address: string;
  deployment: string;
  buildId: string;
  log: Log;
  signal: AbortSignal;
}

/** Workflow tasks and steps of the one queue, steps of the other. */
const queues = 3;
/** A worker that is told to stop waits for the answer. */
const patienceMs = 10_000;

/**
 * Waits until the server has heard of every queue of the version: before its workers poll it has no such version, and a version
 * made current without a queue would leave the steps of that queue to nobody.
 */
export async function announceVersion({ client, address, deployment, buildId, log, signal }: Announcement): Promise<void> {
  const command = makeCurrentCommand({ address, namespace: client.options.namespace, deployment, buildId });
  try {
    while ((await queuesKnown(client, deployment, buildId)) < queues) {
      await pause(1_000, signal);
      if (signal.aborted) return;
    }
  } catch (error) {
    // The command is right all the same, only perhaps too early.
    const said = isGrpcServiceError(error) ? error.details : (error as Error).name;
    log.warn({ deployment, buildId, said }, 'the server did not say whether it knows this version');
  }
  log.info({ deployment, buildId, command }, 'dreams start on this version once the command has made it current');
}

async function queuesKnown(client: Client, deploymentName: string, buildId: string): Promise<number> {
  const asked = { namespace: client.options.namespace, deploymentVersion: { deploymentName, buildId } };
  try {
    const { workerDeploymentVersionInfo } = await client.withDeadline(Date.now() + patienceMs, () =>
      client.workflowService.describeWorkerDeploymentVersion(asked),
    );
    return workerDeploymentVersionInfo?.taskQueueInfos?.length ?? 0;
  } catch (error) {
    if (hasGrpcCode(error, grpc.notFound)) return 0;
    throw error;
  }
}
