import { describe, expect, it } from 'vitest';
import { assertionOf } from '../../domain/assertion.ts';
import type { Evidence, Origin } from '../../domain/evidence.ts';
import { newFacts } from '../../domain/known-facts.ts';
import { planUndo } from '../../domain/undo.ts';
import { fact } from '../offline-reconcile/builders.ts';

const said = (origin: Origin, at: string | null): Evidence => ({
  kind: 'event',
  sessionId: 'sesn_1',
  eventId: 'sevt_1',
  block: 0,
  start: 0,
  end: 4,
  quote: 'said',
  origin,
  at,
});

describe('who asserts a line', () => {
  it('is its strongest voice, however often weaker ones repeat it, and they make it no newer', () => {
    expect(assertionOf([said('agent', '2026-03-09'), said('user', '2026-03-02'), said('agent', '2026-03-12')])).toEqual({
      origin: 'user',
      at: '2026-03-02',
    });
  });

  it('is as new as the last time that a tool showed the same', () => {
    expect(assertionOf([said('memory', null), said('tool', '2026-03-05')])).toEqual({ origin: 'memory', at: '2026-03-05' });
  });

  it('is nobody where nothing is recorded', () => {
    expect(assertionOf([])).toBeNull();
  });
});

describe('facts of a session that is read again', () => {
  it('are new only where the words are read in another way', () => {
    const known = fact('The badge printer needs a restart.');
    const again = { ...known, id: 'fact_again', windowOrdinal: 7 };
    const other = { ...known, id: 'fact_other', statement: 'The badge printer needs a restart after each jam.' };
    expect(newFacts([again, other], [known])).toEqual([other]);
  });
});

describe('undoing a version that only recorded who confirmed its lines', () => {
  const before = { path: '/team.md', sha256: 'a' };

  it('restores it where it still stands', () => {
    const { restored } = planUndo([{ memoryId: 'mem_1', before, after: before }], new Map([['mem_1', before]]));
    expect(restored).toHaveLength(1);
  });

  it('is no conflict with who wrote there since', () => {
    const heads = new Map([['mem_1', { path: '/team.md', sha256: 'b' }]]);
    expect(planUndo([{ memoryId: 'mem_1', before, after: before }], heads)).toEqual({ restored: [], conflicts: [] });
  });
});
