import { describe, expect, it } from 'vitest';
import type { Claim } from '../../domain/claim.ts';
import { claim, ofKind, only, reconcile } from './builders.ts';

const unchanged = ['The kiln heats to 1240 degrees for stoneware.', 'Glazes dry on the upper rack.', 'The wheel by the window wobbles.'];
const day = (date: string): string => `/backup/${date}-nightly/studio/notes.md`;

/** The same three lines and some others, at one path. */
function state(path: string, lines: string[]): Claim[] {
  return [...unchanged, ...lines].map((text) => claim(text, { path }));
}

describe('states of one file', () => {
  it('let a line that was edited fall to what it became', () => {
    const before = state(day('2026-03-01'), ['Firing of the tall vases: planned for April, 15 in one kiln']);
    const after = state(day('2026-04-01'), ['Firing of the tall vases: done in April, 14 of 15 came out whole']);
    const proposal = only(reconcile([...before, ...after], []), 'supersede');
    expect(proposal.claimIds).toEqual([after.at(-1)?.id, before.at(-1)?.id]);
    expect(proposal.statement).toContain('14 of 15');
    expect(proposal.reason).toContain('later state of the same file');
  });

  it('follow a line through all its wordings, also where letters stand without spaces', () => {
    const first = state(day('2026-03-01'), ['三个花瓶的烧制计划：待启动，脚本未完成']);
    const second = state(day('2026-04-01'), ['三个花瓶的烧制计划：进行中，脚本未完成']);
    const third = state(day('2026-05-01'), ['三个花瓶的烧制计划：进行中，脚本已完成']);
    const proposal = only(reconcile([...first, ...second, ...third], []), 'supersede');
    expect(proposal.claimIds[0]).toBe(third.at(-1)?.id);
    expect(proposal.claimIds.slice(1).sort()).toEqual([first.at(-1)?.id, second.at(-1)?.id].sort());
  });

  it('keep what came back in the end', () => {
    const text = 'Firing of the tall vases happens on Thursday evenings';
    const states = [
      state(day('2026-03-01'), [text]),
      state(day('2026-04-01'), ['Firing of the tall vases happens on Friday evenings']),
      state(day('2026-05-01'), [text]),
    ];
    const proposal = only(reconcile(states.flat(), []), 'supersede');
    expect(proposal.statement).toBe(text);
  });

  it('say nothing of lines that only one of them has', () => {
    const before = state(day('2026-03-01'), ['The lease of the studio ends in 2029.']);
    const after = state(day('2026-04-01'), ['Porcelain needs a separate bucket of slip.']);
    const proposals = reconcile([...before, ...after], []);
    expect(ofKind(proposals, 'supersede')).toEqual([]);
    expect(ofKind(proposals, 'retire')).toEqual([]);
  });

  it('are no notes of two days, which have little in common', () => {
    const before = ['Fired the tall vases with script `fire_tall.sh`, 3 cracked', 'Ordered clay.', 'Swept the floor.', 'Fed the cat.'];
    const after = ['Fired the tall vases with script `fire_tall.sh`, 5 cracked', 'Glazed bowls.', 'Met a buyer.', 'Cleaned the sieve.'];
    const proposals = reconcile(
      [...before.map((text) => claim(text, { path: day('2026-03-01') })), ...after.map((text) => claim(text, { path: day('2026-03-02') }))],
      [],
    );
    expect(ofKind(proposals, 'supersede')).toEqual([]);
  });
});
