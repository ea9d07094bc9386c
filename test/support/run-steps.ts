import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import { createActivities } from '../../activities/index.ts';
import type { StagedDraft } from '../../activities/stage-draft.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { freshDatabase } from './fresh-database.ts';
import { workspaceId } from './seeds.ts';

export type RunStep = <K extends keyof Activities>(
  name: K,
  argument: Parameters<Activities[K]>[0],
) => Promise<Awaited<ReturnType<Activities[K]>>>;

/** Runs a step as a worker would: in an activity's context, with heartbeats. */
export function stepRunner(steps: Activities): RunStep {
  return async (name, argument) => {
    const step = steps[name] as (argument: unknown) => Promise<unknown>;
    const answer: unknown = await new MockActivityEnvironment().run<[unknown], unknown, typeof step>(step, argument as unknown);
    return answer as never;
  };
}

/** Every step up to the first draft, which no guard has looked at. */
export async function runToDraft(run: RunStep, dreamId: string): Promise<StagedDraft> {
  const input = { workspaceId, dreamId };
  await run('openDream', input);
  await run('takeSnapshot', input);
  const { packs } = await run('planWindows', input);
  for (let pack = 0; pack < packs; pack++) await run('extractFacts', { ...input, pack });
  const groups = await run('groupClaims', input);
  for (let pack = 0; pack < groups.packs; pack++) await run('reconcileGroup', { ...input, pack });
  await run('minePatterns', input);
  return await run('stageDraft', { ...input, round: 1, refused: [] });
}

/** The steps with the offline engine on a database of the file's own; both are there from `beforeAll` to `afterAll`. */
export function useSteps(): { fresh: FreshDatabase; run: RunStep } {
  const engine = createOfflineEngine({ threads: 1 });
  const used = {} as { fresh: FreshDatabase; run: RunStep };
  beforeAll(async () => {
    used.fresh = await freshDatabase();
    used.run = stepRunner(createActivities({ database: used.fresh.database, engines: { offline: engine } }));
  });
  afterAll(async () => {
    await engine.close();
    await used.fresh.drop();
  });
  return used;
}
