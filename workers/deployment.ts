import type { WorkerDeploymentOptions } from '@temporalio/worker';

/**
 * A worker as a version of a deployment: each run stays with the code that it began with. Workers of every queue belong to it,
 * so that the steps of a run go to workers of its version too.
 */
export function deploymentOptions(deploymentName: string, buildId: string): WorkerDeploymentOptions {
  return { useWorkerVersioning: true, version: { deploymentName, buildId }, defaultVersioningBehavior: 'PINNED' };
}

export interface Version {
  address: string;
  namespace: string;
  deployment: string;
  buildId: string;
}

/**
 * Until somebody runs this, new dreams go to workers of another version, or wait when there is none. It names the worker's own
 * server: elsewhere it would fail, or change what another one does. TLS and keys it takes from the variables that the worker has.
 */
export function makeCurrentCommand({ address, namespace, deployment, buildId }: Version): string {
  const server = `--address ${address} --namespace ${namespace}`;
  return `temporal worker deployment set-current-version ${server} --deployment-name ${deployment} --build-id ${buildId}`;
}
