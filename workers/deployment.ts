import type { WorkerDeploymentOptions } from '@temporalio/worker';

/**
 * A worker as a version of a deployment: each run stays with the code that it began with. Workers of every queue belong to it,
 * so that the steps of a run go to workers of its version too.
 */
export function deploymentOptions(deploymentName: string, buildId: string): WorkerDeploymentOptions {
  return { useWorkerVersioning: true, version: { deploymentName, buildId }, defaultVersioningBehavior: 'PINNED' };
}

/** Until somebody runs this, new dreams go to workers of another version, or wait when there is none. */
export function makeCurrentCommand(deploymentName: string, buildId: string): string {
  return `temporal worker deployment set-current-version --deployment-name ${deploymentName} --build-id ${buildId}`;
}
