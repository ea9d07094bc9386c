/** An answer in hand is not asked for again because the database was away when it was to be stored. */
import { expect, it, onTestFinished } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { openDatabase } from '../../db/database.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { breakingProxy } from '../support/breaking-proxy.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { runToDraft, stepRunner } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user } from '../support/seeds.ts';

it('is stored when the database is back, by the attempt that was given it', async () => {
  const { database: direct, url } = await databaseForTest();
  const storeId = await seedStore(direct, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
  const sessionIds = [await seedSession(direct, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now.')])];
  const dreamId = await seedDream(direct, { storeId, sessionIds });
  const proxy = await breakingProxy(url);
  const database = openDatabase(proxy.url);
  const engine = createOfflineEngine({ threads: 1 });
  onTestFinished(async () => {
    await engine.close();
    await database.close();
  });
  const points: string[] = [];
  const reach = async (point: string) => {
    points.push(point);
    // Each first time, in each of the three steps that ask.
    if (point.endsWith('.ask:after')) proxy.breakAt('insert into "model_calls"', 'reset');
  };
  await runToDraft(stepRunner(createActivities({ database, engines: { offline: engine }, reach })), dreamId);
  for (const step of ['extractFacts', 'reconcileGroup', 'minePatterns']) {
    const of = (name: string) => points.filter((point) => point === `${step}.${name}`).length;
    expect([step, of('ask:before'), of('ask:after'), of('keep:before'), of('keep:after')]).toEqual([step, 1, 1, 2, 1]);
  }
});
