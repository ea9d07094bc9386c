import { lockDream } from '../db/dreams.ts';
import { areErased, readsErased } from '../db/erasure.ts';
import { isDatabaseAway } from '../db/database-away.ts';
import { findModelCalls, insertModelCalls } from '../db/model-calls.ts';
import { sha256Hex } from '../domain/hash.ts';
import type { Answer, Engine } from '../engines/engine.ts';
import type { Dependencies } from './dependencies.ts';
import { reading, writing } from './effect.ts';
import { pause } from './pause.ts';

/** A call may take five of the six minutes that its attempt has. */
const keepsTryingForMs = 50_000;
const tryAgainAfterMs = 500;

/** Who asks, and everything besides the question that the answer depends on. */
export interface Asker {
  workspaceId: string;
  dreamId: string;
  step: 'extractFacts' | 'reconcileGroup' | 'minePatterns';
  engine: Engine;
  model: string;
  /** Sessions beside the dream's own whose words the question holds. */
  besides?: readonly string[];
  /** Of the step: who is told to stop keeps nobody waiting. */
  signal: AbortSignal;
}

/** The key of a kept answer: the same question to the same engine is asked once, in this dream and in the next. */
export function requestHash(asker: Asker, question: unknown): string {
  const { workspaceId, step, engine, model } = asker;
  return sha256Hex(JSON.stringify([workspaceId, step, engine.name, engine.version, model, question]));
}

/** The kept answer to a question, or the engine's, which is stored before it counts. */
export async function askOnce<T>(dependencies: Dependencies, asker: Asker, question: unknown, ask: () => Promise<Answer<T>>): Promise<T> {
  const hash = requestHash(asker, question);
  const kept = await reading(dependencies, asker.workspaceId, (tx) => findModelCalls(tx, [hash]));
  if (kept.has(hash)) return kept.get(hash)?.response as T;
  const answer = await ask();
  await keepAnswers(dependencies, asker, [{ hash, answer }]);
  // What is stored is what counts: another dream may have stored its answer to the same question first.
  const stored = await reading(dependencies, asker.workspaceId, (tx) => findModelCalls(tx, [hash]));
  return stored.get(hash)?.response as T;
}

/** Records what an engine answered. It is in hand and paid for: a database that is away for a moment does not cost it. */
export async function keepAnswers(
  dependencies: Dependencies,
  asker: Asker,
  answers: readonly { hash: string; answer: Answer<unknown> }[],
): Promise<void> {
  const { signal } = asker;
  const until = Date.now() + keepsTryingForMs;
  for (;;)
    try {
      await store(dependencies, asker, answers);
      return;
    } catch (error) {
      if (!isDatabaseAway(error) || signal.aborted || Date.now() > until) throw error;
      await pause(tryAgainAfterMs, signal);
    }
}

/** Exempt from the check that the dream is open: what was paid is recorded. */
async function store(
  dependencies: Dependencies,
  { workspaceId, dreamId, step, engine, model, besides = [] }: Asker,
  answers: readonly { hash: string; answer: Answer<unknown> }[],
): Promise<void> {
  await writing(dependencies, `${step}.keep`, workspaceId, async (tx) => {
    const dream = await lockDream(tx, dreamId);
    // An answer that was under way when its session was erased would bring the words back.
    if ((await readsErased(tx, dream)) || (await areErased(tx, besides))) return;
    await insertModelCalls(
      tx,
      answers.map(({ hash, answer }) => ({
        workspaceId,
        requestSha256: hash,
        dreamId,
        step,
        engine: engine.name,
        engineVersion: engine.version,
        model,
        response: answer.value,
        usage: answer.usage,
      })),
    );
  });
}
