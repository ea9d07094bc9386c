import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { History } from '../db/history/bytes.ts';

export interface ReplayAnswer {
  /** `differs`: the code decided something else; `failed`: it could not decide at all, or could not be run. */
  verdict: 'same' | 'differs' | 'failed';
  /** The SDK's own words; empty for `same`. */
  message: string;
  ms: number;
  /** The first of its replay worker: `ms` holds the start of the worker, which is a multiple of a replay. */
  isFirst: boolean;
}

type Replay = Awaited<ReturnType<typeof startReplay>>;

/** Replays histories one after the other; those of one bundle share a replay worker, whose start costs more than a replay. */
export class Replayer {
  #bundlePath: string | undefined;
  #replay: Replay | undefined;

  async replay(bundlePath: string, workflowId: string, history: History): Promise<ReplayAnswer> {
    let isFirst = true;
    try {
      const replay = await this.#for(bundlePath);
      isFirst = replay.isNew();
      const since = performance.now();
      const error = await replay.next(workflowId, history);
      const ms = Math.round(performance.now() - since);
      if (error === undefined) return { verdict: 'same', message: '', ms, isFirst };
      return { verdict: error instanceof DeterminismViolationError ? 'differs' : 'failed', message: error.message, ms, isFirst };
    } catch (error) {
      // A worker that threw answers nothing more.
      this.#replay = undefined;
      return { verdict: 'failed', message: error instanceof Error ? error.message : String(error), ms: 0, isFirst };
    }
  }

  async close(): Promise<void> {
    const replay = this.#replay;
    this.#replay = undefined;
    await replay?.close();
  }

  async #for(bundlePath: string): Promise<Replay> {
    if (this.#replay !== undefined && this.#bundlePath === bundlePath) return this.#replay;
    await this.close();
    this.#bundlePath = bundlePath;
    this.#replay = await startReplay(bundlePath);
    return this.#replay;
  }
}

async function startReplay(codePath: string) {
  const queue = new Queue<{ workflowId: string; history: History }>();
  const results = Worker.runReplayHistories({ workflowBundle: { codePath } }, queue as AsyncIterable<never>);
  let isNew = true;
  return {
    isNew: () => isNew,
    next: async (workflowId: string, history: History): Promise<Error | undefined> => {
      isNew = false;
      queue.put({ workflowId, history });
      const result = await results.next();
      if (result.done === true) throw new Error('The replay worker has ended.');
      return result.value.error;
    },
    close: async () => {
      queue.end();
      // Runs to its end: the worker shuts down.
      await results.next();
    },
  };
}

/** What is put in comes out, one reader. */
class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => undefined;
  #ended = false;

  put(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) yield item;
      else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
