import { expect, it } from 'vitest';
import type { KnownLine } from '../../domain/erasure/judge-lines.ts';
import { judgeLines } from '../../domain/erasure/judge-lines.ts';

function judged(lines: Record<string, Partial<KnownLine>>) {
  const known = Object.entries(lines).map(([key, line]): [string, KnownLine] => [
    key,
    { key, support: [], twins: [], carriesWords: false, isConflict: false, recounted: null, statement: null, ...line },
  ]);
  return Object.fromEntries(judgeLines(new Map(known)));
}

const erased = { kind: 'erased' } as const;
const other = { kind: 'other_session' } as const;
const memory = { kind: 'memory' } as const;
const line = (key: string) => ({ kind: 'line', key }) as const;

it('takes what only the session supports, and leaves what it has nothing to do with', () => {
  expect(judged({ a: { support: [erased] }, b: { support: [other] }, c: { support: [memory] }, d: {} })).toEqual({ a: { kind: 'gone' } });
});

it('counts a pattern anew that loses a session', () => {
  const recounted = 'Seen in 2 of 4 sessions.';
  expect(judged({ a: { support: [erased, other], recounted }, b: { support: [other], recounted } })).toEqual({
    a: { kind: 'reworded', as: 'recounted', statement: recounted },
  });
});

it('says what else a line rests on', () => {
  expect(judged({ a: { support: [erased, other] }, b: { support: [memory, erased] } })).toEqual({
    a: { kind: 'stays', why: 'other_session' },
    b: { kind: 'stays', why: 'memory' },
  });
});

it('follows lines that repeat lines, over any number of steps and around circles', () => {
  expect(
    judged({
      a: { support: [erased] },
      b: { support: [line('a')] },
      c: { support: [line('b'), line('d')] },
      d: { support: [line('c')] },
      e: { support: [line('b'), other] },
      f: { support: [line('e')] },
      g: { support: [line('b'), line('own')] },
      own: {},
    }),
  ).toEqual({
    a: { kind: 'gone' },
    b: { kind: 'gone' },
    c: { kind: 'gone' },
    d: { kind: 'gone' },
    e: { kind: 'stays', why: 'other_session' },
    f: { kind: 'stays', why: 'memory' },
    g: { kind: 'stays', why: 'memory' },
  });
});

it('treats a line of which nothing is recorded like those that it repeats', () => {
  expect(
    judged({
      a: { support: [erased] },
      b: { twins: ['a'] },
      c: { support: [erased, other] },
      d: { twins: ['c'] },
      e: { carriesWords: true },
    }),
  ).toEqual({
    a: { kind: 'gone' },
    b: { kind: 'gone' },
    c: { kind: 'stays', why: 'other_session' },
    d: { kind: 'stays', why: 'memory' },
    e: { kind: 'gone' },
  });
});

it('keeps a line in the words of another session, where its own were the erased one’s', () => {
  expect(
    judged({
      a: { support: [erased, other], carriesWords: true, statement: 'Said otherwise.' },
      b: { support: [erased, other], carriesWords: true },
      c: { support: [erased, other], isConflict: true },
    }),
  ).toEqual({ a: { kind: 'reworded', as: 'reworded', statement: 'Said otherwise.' }, b: { kind: 'gone' }, c: { kind: 'gone' } });
});
