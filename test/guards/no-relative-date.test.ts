import { describe, expect, it } from 'vitest';
import { noRelativeDate } from '../../domain/guards/no-relative-date.ts';
import { blamed, goodInput, withAdded } from './good-draft.ts';

describe('no-relative-date', () => {
  it('passes a draft with absolute dates', () => {
    expect(blamed(noRelativeDate, withAdded('The API moved on 2026-03-03.'))).toEqual([]);
  });

  it('blames the change that says a relative date', () => {
    expect(blamed(noRelativeDate, withAdded('The API moved yesterday.'))).toEqual(['chg_bad']);
  });

  it('passes the phrase in a code span', () => {
    expect(blamed(noRelativeDate, withAdded('The parser reads `yesterday` as a date.'))).toEqual([]);
  });

  it('leaves lines of the input alone', () => {
    const input = withAdded('The API moved yesterday.');
    const memories = input.input.memories.map((memory) =>
      memory.path === '/people.md' ? { ...memory, content: `${memory.content}- The API moved yesterday.\n` } : memory,
    );
    expect(blamed(noRelativeDate, { ...input, input: { ...input.input, memories } })).toEqual([]);
  });

  it('looks at changed lines only', () => {
    expect(noRelativeDate.check(goodInput()).checked).toBe(2);
  });
});
