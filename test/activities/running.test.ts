import { expect, it } from 'vitest';
import { breathe, mapBreathing } from '../../activities/running.ts';

it('ends a long computation soon after the dream was cancelled, and lets timers run in between', async () => {
  const controller = new AbortController();
  let beats = 0;
  const heart = setInterval(() => (beats += 1), 1);
  let done = 0;
  const work = mapBreathing(Array.from({ length: 1_000_000 }), controller.signal, () => {
    done += 1;
    if (done === 5_000) controller.abort(new Error('cancelled'));
    // About what a statement takes to be read.
    for (let turn = 0; turn < 2_000; turn++) Math.sqrt(turn);
  });
  await expect(work).rejects.toThrow('cancelled');
  clearInterval(heart);
  expect(done).toBeLessThan(5_400);
  expect(beats).toBeGreaterThan(0);
  await expect(breathe(controller.signal)).rejects.toThrow('cancelled');
});

it('maps in order', async () => {
  const numbers = Array.from({ length: 1_001 }, (_, index) => index);
  expect(await mapBreathing(numbers, new AbortController().signal, (number) => number * 2)).toEqual(numbers.map((number) => number * 2));
});
