import type { Transaction } from '../db/database.ts';
import { limitLockWait, withWorkspace } from '../db/database.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * What steps, and the archiver beside them, do to the world, each by its name: a transaction that writes (all or nothing), or
 * a question to an engine (`ask`). A process may die before or after each of them and the next attempt must come to the same;
 * tests kill it there.
 */
export const effects = {
  openDream: ['open'],
  takeSnapshot: ['pin'],
  planWindows: ['plan'],
  extractFacts: ['ask', 'keep', 'record'],
  groupClaims: ['group'],
  reconcileGroup: ['ask', 'keep', 'record'],
  minePatterns: ['ask', 'keep', 'record'],
  stageDraft: ['stage'],
  checkDraft: ['check'],
  awaitReview: ['open'],
  recordDecision: ['record'],
  commitDream: ['commit'],
  closeDream: ['close'],
  // No step, but workers/sweep.ts, which writes for dreams whose run has no step that could.
  sweep: ['start', 'end', 'open', 'close', 'tell'],
  archive: ['bundle', 'history'],
} as const;

type Effects = typeof effects;
export type Effect = { [S in keyof Effects]: `${S}.${Effects[S][number]}` }[keyof Effects];

/** Effects on somebody else than the database: an engine is asked, a run is started or told. */
const elsewhere = ['ask', 'start', 'tell'] as const;

/** An effect that is a transaction. */
export type Written = Exclude<Effect, `${string}.${(typeof elsewhere)[number]}`>;

/**
 * Just before an effect, or when it has happened and its step does not know yet; of a transaction also the moment in which
 * everything is written and nothing counts, with its locks held.
 */
export type FaultPoint = `${Effect}:${'before' | 'after'}` | `${Written}:uncommitted`;

export const faultPoints: readonly FaultPoint[] = Object.entries(effects).flatMap(([step, names]) =>
  names.flatMap((name) =>
    ['before', ...(elsewhere.some((other) => other === name) ? [] : ['uncommitted']), 'after'].map(
      (moment) => `${step}.${name}:${moment}` as FaultPoint,
    ),
  ),
);

/** Told of each fault point that a step reaches. Nothing in the product gives one; a test's worker does. */
export type Reach = (point: FaultPoint) => Promise<void>;

/** Does something to the world under its name. */
export async function effect<T>({ reach }: Pick<Dependencies, 'reach'>, name: Effect, act: () => Promise<T>): Promise<T> {
  await reach?.(`${name}:before`);
  const result = await act();
  await reach?.(`${name}:after`);
  return result;
}

/** The only door through which a step writes: one transaction, one effect. */
export async function writing<T>(
  dependencies: Pick<Dependencies, 'database' | 'reach'>,
  name: Written,
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return await effect(dependencies, name, () =>
    withWorkspace(dependencies.database, workspaceId, async (tx) => {
      // Somebody may hold the dream's row for minutes (a process that froze, an erasure): trying again leaves the connection to others.
      await limitLockWait(tx, 15);
      const result = await work(tx);
      await dependencies.reach?.(`${name}:uncommitted`);
      return result;
    }),
  );
}

/** The only door through which a step reads; PostgreSQL refuses every write in it. */
export async function reading<T>(
  { database }: Pick<Dependencies, 'database'>,
  workspaceId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return await withWorkspace(database, workspaceId, work, 'read only');
}
