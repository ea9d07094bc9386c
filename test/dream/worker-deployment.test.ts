/** Two builds of the worker at once, the second of which could not replay what the first began. */
import { execFileSync } from 'node:child_process';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import type { Engine } from '../../engines/engine.ts';
import { announceVersion } from '../../workers/announce-version.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import type { LoadedBundle } from '../../workers/load-bundle.ts';
import { buildIdOf, loadBundle } from '../../workers/load-bundle.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { bundleVariants } from '../replay/bundle-variants.ts';
import { readRun } from '../support/executions.ts';
import type { FreshDatabase } from '../support/fresh-database.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { ownTemporal, temporalBinary } from '../support/own-temporal.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { replayRun } from '../support/replayed.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const patience = { timeout: 60_000, interval: 50 };

interface Build {
  buildId: string;
  /** From its own log, as soon as it is there. */
  command(): Promise<string>;
  asked: string[];
  stop(): Promise<void>;
}

/** A worker process's worth of workers; `ask` is told of each question to its engine before it is answered. */
async function startBuild(
  { database }: FreshDatabase,
  settings: {
    address: string;
    bundle: LoadedBundle;
    taskQueue: string;
    deployment: string;
    ask?: (question: string) => Promise<void>;
  },
): Promise<Build> {
  const { address, bundle, taskQueue, deployment, ask } = settings;
  const lines: { buildId?: string; command?: string }[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as object) });
  const offline = createOfflineEngine({ threads: 1 });
  const asked: string[] = [];
  const telling = async (question: string) => {
    asked.push(question);
    await ask?.(question);
  };
  const engine: Engine = {
    ...offline,
    extractFacts: async (question, call) => (await telling('extractFacts'), await offline.extractFacts(question, call)),
    reconcileGroups: async (question, call) => (await telling('reconcileGroups'), await offline.reconcileGroups(question, call)),
    minePatterns: async (question, call) => (await telling('minePatterns'), await offline.minePatterns(question, call)),
  };
  const connection = await NativeConnection.connect({ address });
  const dependencies = { database, engines: { offline: engine } };
  const workers = await createWorkers({ connection, namespace: 'default', taskQueue, bundle, dependencies, cpuSlots: 2, log, deployment });
  const running = Promise.all(workers.map((worker) => worker.run()));
  const clientConnection = await Connection.connect({ address });
  const client = new Client({ connection: clientConnection });
  const stopAsking = new AbortController();
  const buildId = buildIdOf(bundle);
  const announced = announceVersion({ client, address, deployment, buildId, log, signal: stopAsking.signal });
  const stop = async () => {
    stopAsking.abort();
    await announced;
    for (const worker of workers) worker.shutdown();
    await running;
    await clientConnection.close();
    await connection.close();
    await offline.close();
  };
  const command = async () => {
    await announced;
    return lines.find((line) => line.buildId === buildId && line.command !== undefined)?.command ?? '';
  };
  return { buildId, command, asked, stop };
}

it('keeps a run on the build that began it while another build takes the new ones', async () => {
  quietRuntime();
  const fresh = await databaseForTest();
  const { database } = fresh;
  const [taskQueue, deployment] = ['dreams', 'dreams-prod'];
  // The server looks after minutes whether a version still has runs; here, after seconds.
  const drainage = 'matching.wv.VersionDrainageStatus';
  const address = await ownTemporal({ [`${drainage}RefreshInterval`]: '1s', [`${drainage}VisibilityGracePeriod`]: '1s' });
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  const client = new Client({ connection });
  const next = await bundleVariants({ dream: [{ file: 'dream.ts', from: 'await steps.minePatterns(input);', to: '' }] });

  const start = async () => {
    const storeId = await seedStore(database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
    const sessionIds = [await seedSession(database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now.')])];
    const dreamId = await seedDream(database, { storeId, sessionIds });
    const ids = { workspaceId, dreamId, workflowId: dreamId, storeId };
    return await client.workflow.start('dream', startDreamOptions({ ...ids, sessions: 1, trigger: 'test', taskQueue }));
  };
  const runOf = async (workflowId: string) => {
    const run = await readRun(client, workflowId);
    if (run === undefined) throw new Error(`${workflowId} has no run`);
    return run;
  };
  /** Steps of the run, and the builds of the workers that took its tasks. */
  const taken = async (workflowId: string) => {
    const events = (await runOf(workflowId)).history.events ?? [];
    const steps = events
      .map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name)
      .filter((name) => name !== undefined);
    const builds = events
      .map((event) => event.workflowTaskCompletedEventAttributes?.deploymentVersion?.buildId)
      .filter((id) => id !== undefined);
    return { steps, builds: [...new Set(builds)] };
  };
  const describe = async (buildId: string) =>
    (
      await connection.workflowService.describeWorkerDeploymentVersion({
        namespace: 'default',
        deploymentVersion: { deploymentName: deployment, buildId },
      })
    ).workerDeploymentVersionInfo;
  const drainageOf = async (buildId: string) => [undefined, 'DRAINING', 'DRAINED'][(await describe(buildId))?.drainageInfo?.status ?? 0];
  /** As an operator would who copies the line as soon as it is in the log; `--yes` is the answer to the question that follows. */
  const makeCurrent = async ({ command }: Build) => {
    const [program, ...args] = (await command()).split(' ');
    expect(program).toBe('temporal');
    execFileSync(temporalBinary(), [...args, '--yes'], { stdio: 'pipe' });
  };

  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const ask = (question: string) => (question === 'extractFacts' ? held : Promise.resolve());
  const first = await startBuild(fresh, {
    address,
    bundle: await loadBundle({ codePath: inject('bundlePath') }),
    taskQueue,
    deployment,
    ask,
  });
  const early = await start();
  await vi.waitFor(async () => expect(await describe(first.buildId)).toBeDefined(), patience);
  expect(await taken(early.workflowId)).toEqual({ steps: [], builds: [] });
  await makeCurrent(first);
  await vi.waitFor(() => expect(first.asked).toEqual(['extractFacts']), patience);

  const second = await startBuild(fresh, { address, bundle: await loadBundle(next), taskQueue, deployment });
  expect(second.buildId).not.toBe(first.buildId);
  await makeCurrent(second);
  const late = await start();
  expect(await late.result()).toMatchObject({ outcome: 'committed' });
  expect(first.asked).toEqual(['extractFacts']);
  expect(await drainageOf(first.buildId)).toBe('DRAINING');

  release();
  expect(await early.result()).toMatchObject({ outcome: 'committed' });
  expect(await taken(early.workflowId)).toMatchObject({ builds: [first.buildId] });
  expect(await taken(late.workflowId)).toMatchObject({ builds: [second.buildId] });
  // What came after the change of version, on either queue, is still the work of the build that began it.
  expect(first.asked).toEqual(['extractFacts', 'reconcileGroups', 'minePatterns']);
  expect(second.asked).toEqual(['extractFacts', 'reconcileGroups']);
  expect((await taken(early.workflowId)).steps).toContain('minePatterns');
  expect((await taken(late.workflowId)).steps).not.toContain('minePatterns');
  // Nothing needs its workers any more.
  await vi.waitFor(async () => expect(await drainageOf(first.buildId)).toBe('DRAINED'), patience);

  await first.stop();
  await second.stop();
  await replayRun(await runOf(early.workflowId));
  await replayRun(await runOf(late.workflowId), (workflowId, history) =>
    Worker.runReplayHistory({ workflowBundle: next }, history, workflowId),
  );
}, 240_000);
