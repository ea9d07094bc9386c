// The engine without a model: the same port as the others, its work done in worker threads so that heartbeats go on.
import { Piscina } from 'piscina';
import { noUsage } from '../../domain/usage.ts';
import { EngineError } from '../engine.ts';
import type { Answer, CallContext, Engine } from '../engine.ts';
import type { Reply } from './thread.ts';

/** Raised with every change of what the same question is answered. */
const version = '4';
/** A fresh thread loads its language model for most of a second; between two packs of a dream it is kept. */
const idleTimeoutMs = 60_000;
/**
 * The language model and a pack take some 60 MB. Far from being reached, the limits decide how much garbage V8 lets lie: with those
 * of a large machine a thread grows to four times what it holds.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1_024 };

export interface OfflineEngine extends Engine {
  /** Ends the threads; questions still open fail as retryable. */
  close(): Promise<void>;
}

export function createOfflineEngine(options: { threads: number }): OfflineEngine {
  const pool = new Piscina({
    filename: threadFile(),
    minThreads: 0,
    maxThreads: Math.max(1, options.threads),
    idleTimeout: idleTimeoutMs,
    resourceLimits,
  });
  const ask = async <T>(name: 'extract' | 'reconcile' | 'patterns', question: unknown, { signal }: CallContext): Promise<Answer<T>> => {
    signal.throwIfAborted();
    let reply: Reply<T>;
    try {
      reply = (await pool.run(question, { name, signal })) as Reply<T>;
    } catch {
      // Nothing of the thread's own error is passed on: it may hold text.
      if (signal.aborted) throw signal.reason;
      throw new EngineError('A thread of the offline engine ended before it answered.', { retryable: true });
    }
    if (!reply.ok) throw new EngineError(`The offline engine could not answer (${reply.errorName}).`, { retryable: false });
    return { value: reply.value, usage: noUsage };
  };
  return {
    name: 'offline',
    version,
    packSize: 1_000_000,
    // Seconds of work.
    itemsInPack: 1_500,
    extractFacts: (question, call) => ask('extract', question, call),
    reconcileGroups: (question, call) => ask('reconcile', question, call),
    minePatterns: (question, call) => ask('patterns', question, call),
    close: () => pool.destroy(),
  };
}

/** In the checkout the thread is TypeScript and registers its own loader; compiled, it is plain. */
function threadFile(): string {
  return new URL(import.meta.url.endsWith('.ts') ? './thread-in-checkout.mjs' : './thread.js', import.meta.url).href;
}
