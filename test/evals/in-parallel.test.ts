import { describe, expect, it } from 'vitest';
import { inParallel } from '../../evals/in-parallel.ts';

/** Work that ends when the test says so. */
function gates() {
  const open: Record<string, () => void> = {};
  const begun: string[] = [];
  const work = async (name: string): Promise<string> => {
    begun.push(name);
    await new Promise<void>((resolve) => {
      open[name] = resolve;
    });
    return name.toUpperCase();
  };
  const finish = async (name: string): Promise<void> => {
    open[name]?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, finish };
}

describe('work done in parallel', () => {
  it('has as many going on as jobs, begins the next as soon as any ends, and answers in the order of the items', async () => {
    const { begun, work, finish } = gates();
    const all = inParallel(['a', 'b', 'c', 'd'], 2, work);
    expect(begun).toEqual(['a', 'b']);
    await finish('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await finish('c');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    await finish('d');
    await finish('a');
    expect(await all).toEqual(['A', 'B', 'C', 'D']);
  });

  it('begins nothing new after a failure, and fails only when what had begun has ended', async () => {
    const { begun, work, finish } = gates();
    let ended = false;
    const all = inParallel(['a', 'bad', 'c'], 2, async (name) => {
      if (name === 'bad') throw new Error('bad');
      return await work(name);
    });
    const failing = expect(all.finally(() => (ended = true))).rejects.toThrow('bad');
    await new Promise((resolve) => setImmediate(resolve));
    expect([begun, ended]).toEqual([['a'], false]);
    await finish('a');
    await failing;
    expect(begun).toEqual(['a']);
  });

  it('is done at once with nothing to do', async () => {
    expect(await inParallel([], 3, async () => 1)).toEqual([]);
  });
});
