import { expect, it } from 'vitest';
import { Backoff } from '../../workers/backoff.ts';

it('waits twice as long each time, up to its limit, and each key by itself', () => {
  const backoff = new Backoff({ firstMs: 10, mostMs: 40 });
  const taken = Array.from({ length: 200 }, (_, ms) => ms).filter((ms) => backoff.take('run', ms));
  expect(taken).toEqual([0, 10, 30, 70, 110, 150, 190]);
  expect(backoff.take('another run', 191)).toBe(true);
});

it('forgets what nobody asked about for long', () => {
  const backoff = new Backoff({ firstMs: 10, mostMs: 40 });
  for (const ms of [0, 10, 30]) backoff.take('run', ms);
  backoff.take('another run', 200);
  expect(backoff.take('run', 201)).toBe(true);
  expect(backoff.take('run', 211)).toBe(true);
});
