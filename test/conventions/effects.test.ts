import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { engineFor } from '../../activities/dependencies.ts';
import type { FaultPoint } from '../../activities/effect.ts';
import { effects, faultPoints } from '../../activities/effect.ts';
import { createActivities } from '../../activities/index.ts';
import type { Database } from '../../db/database.ts';
import type { Engine } from '../../engines/engine.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const filesOf = (folder: string) => readdirSync(root + folder).map((name) => `${folder}/${name}`);
/** The steps, and the loops that write beside them. */
const files = [...filesOf('activities'), ...filesOf('workers')].filter((name) => name.endsWith('.ts') && name !== 'activities/effect.ts');
const codeOf = (file: string) => readFileSync(root + file, 'utf8');
/** Opens the pool that the doors lead through. */
const composition = 'workers/run-worker.ts';
/** Makes the engine that dependencies.ts wraps. */
const entry = 'workers/main.ts';

it('lets no step, sweep or archiver write or read but through effect.ts', () => {
  const doors = files.filter(
    (file) =>
      file !== composition && /\bwithWorkspace\b|\.drizzle\b|database\.client\b|\bopenDatabase\b|from 'postgres'/.test(codeOf(file)),
  );
  expect(doors).toEqual([]);
});

it('lets no step ask an engine but through the fault points of dependencies.ts', () => {
  const direct = files.filter(
    (file) =>
      file !== 'activities/dependencies.ts' &&
      file !== entry &&
      /\bengines[.[]|from '\.\.\/engines\/(?!engine\.ts|offline\/(topic|grouping-item)\.ts)/.test(codeOf(file)),
  );
  expect(direct).toEqual([]);
});

it('names an effect for every step, and uses every name in exactly one place', () => {
  const database = {} as Database;
  const beside = ['sweep', 'archive'];
  expect(Object.keys(effects).sort()).toEqual([...Object.keys(createActivities({ database, engines: {} })), ...beside].sort());
  const written = files.flatMap((file) =>
    [
      ...(file.endsWith('dependencies.ts') ? '' : codeOf(file)).matchAll(/\b(?:writing|effect)\(\s*(?:\w+|\{[^}]*\}),\s*['`]([^'`]+)['`]/g),
    ].map((match) => match[1] ?? ''),
  );
  // `keep` is written once for the three steps that ask.
  const named = written.flatMap((name) =>
    name === '${step}.keep' ? ['extractFacts.keep', 'reconcileGroup.keep', 'minePatterns.keep'] : [name],
  );
  const known = Object.entries(effects).flatMap(([step, names]) => names.filter((name) => name !== 'ask').map((name) => `${step}.${name}`));
  expect(named.sort()).toEqual(known.sort());
});

it('comes past a fault point before and after every question to an engine', async () => {
  const offline = createOfflineEngine({ threads: 1 });
  const questions = Object.entries(offline)
    .filter(([name, value]) => typeof value === 'function' && name !== 'close')
    .map(([name]) => name);
  await offline.close();
  const answer = () => Promise.resolve({ value: [], usage: {} });
  const engine = { ...offline, ...Object.fromEntries(questions.map((name) => [name, answer])) } as unknown as Engine;
  const reached: FaultPoint[] = [];
  const reach = async (point: FaultPoint) => void reached.push(point);
  const wrapped = engineFor({ database: {} as Database, engines: { offline: engine }, reach }, 'offline') as unknown as Record<
    string,
    () => Promise<unknown>
  >;
  for (const name of questions) await wrapped[name]?.();
  expect(reached).toHaveLength(2 * questions.length);
  expect(reached).toEqual(faultPoints.filter((point) => point.includes('.ask:')));
});
