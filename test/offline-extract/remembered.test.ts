import { expect, it } from 'vitest';
import { remembered } from '../../engines/offline/remembered.ts';

it('asks once for a text that comes again soon, and gives each text its own answer', () => {
  const asked: string[] = [];
  const length = remembered((text) => {
    asked.push(text);
    return text.length;
  });
  expect([length('one'), length('three'), length('one'), length('three')]).toEqual([3, 5, 3, 5]);
  expect(asked).toEqual(['one', 'three']);
});

it('keeps what is still asked for while others come and go, and forgets the rest', () => {
  const asked = new Map<string, number>();
  const ask = remembered((text) => {
    asked.set(text, (asked.get(text) ?? 0) + 1);
    return text;
  });
  for (let index = 0; index < 20_000; index++) {
    ask(`text ${String(index)}`);
    if (index % 500 === 0) ask('often');
  }
  ask('text 0');
  expect(asked.get('often')).toBe(1);
  expect(asked.get('text 0')).toBe(2);
});

it('does not hold on to long texts', () => {
  let count = 0;
  const ask = remembered(() => ++count);
  const long = 'x'.repeat(10_000);
  expect([ask(long), ask(long)]).toEqual([1, 2]);
});
