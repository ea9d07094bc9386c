/** Counts of an operation in words: "3 merged, 1 superseded" of a dream, "2 memories created" of everything else. */
import type { ReasonCode } from '../../../domain/proposal.ts';
import type { OperationCounts } from '../../../domain/operation.ts';
import { counted } from './words.ts';

const changeWords: Partial<Record<keyof OperationCounts, (count: string) => string>> = {
  merge: (count) => `${count} merged`,
  supersede: (count) => `${count} superseded`,
  retire: (count) => `${count} retired`,
  add: (count) => `${count} added`,
  pattern: (count) => `${count} found as a pattern`,
  move: (count) => `${count} moved`,
  rewrite: (count) => `${count} reworded`,
  open_conflict: (count) => `${count} left open`,
};

const memoryWords = ['created', 'modified', 'renamed', 'deleted'] as const;

export function countsInWords(counts: OperationCounts, none = 'nothing changed'): string {
  const changes = Object.entries(changeWords).flatMap(([kind, word]) => {
    const count = counts[kind as keyof OperationCounts] ?? 0;
    return count === 0 ? [] : word(count.toLocaleString('en-US'));
  });
  const memories = memoryWords.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count === 0 ? [] : `${counted(count, 'memory', 'memories')} ${kind}`;
  });
  const words = [...changes, ...memories];
  return words.length === 0 ? none : words.join(', ');
}

const reasonWords: Record<ReasonCode, string> = {
  new_fact: 'new',
  duplicate: 'said twice',
  newer_value: 'a newer value',
  correction: 'corrected',
  revoked: 'revoked',
  stale: 'stale',
  momentary: 'only for one task',
  episode: 'happened once',
  secret: 'a secret',
  relative_date: 'a date that was relative',
  instructions: 'as instructed',
  unsettled: 'not settled',
  recurrence: 'recurs',
  layout: 'layout',
  noise: 'no statement',
  unsupported: 'without support',
  refused: 'refused',
};

export function reasonsInWords(reasons: Partial<Record<ReasonCode, number>>): string {
  return Object.entries(reasons)
    .map(([code, count]) => `${reasonWords[code as ReasonCode]} (${String(count)})`)
    .join(', ');
}
