import { describe, expect, it } from 'vitest';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';

describe('one sentence with two values', () => {
  it.each([
    ['Ines Marquez plays the position of left wing back.', 'Ines Marquez plays the position of goalkeeper.'],
    [
      'The Quarry Lane rowing society of Brannock is associated with the sport of rowing.',
      'The Quarry Lane rowing society of Brannock is associated with the sport of curling.',
    ],
    ['Tobias Renner is employed by Halden Instruments.', 'Tobias Renner is employed by the Brannock Gazette.'],
    ['The school where Ines Marquez was trained is Halden College.', 'The school where Ines Marquez was trained is Brannock College.'],
    ['The type of music that Tobias Renner plays is folk rock.', 'The type of music that Tobias Renner plays is rock music.'],
  ])('ends with the newer: %s', (older, newer) => {
    const facts = [fact(older, { day: '2026-01-05' }), fact(newer, { day: '2026-02-05' })];
    const proposals = reconcile([], facts);
    expect(only(proposals, 'add').factIds).toEqual([facts[1]?.id]);
    expect(only(proposals, 'drop').factIds).toEqual([facts[0]?.id]);
  });

  it.each([
    ['Ines Marquez is a citizen of the Republic of Lower Brannock.', 'Tobias Renner is a citizen of the Republic of Lower Brannock.'],
    ['The capital of Lower Brannock is Quarry.', 'The president of Lower Brannock is Ines Marquez.'],
  ])('stays two statements when subject or property differ: %s', (one, other) => {
    const facts = [fact(one, { day: '2026-01-05' }), fact(other, { day: '2026-02-05' })];
    expect(
      ofKind(reconcile([], facts), 'add')
        .map(({ statement }) => statement)
        .sort(),
    ).toEqual([one, other].sort());
  });

  it('meets the same said the other way round', () => {
    const facts = [fact('Standup is at 13:20.', { day: '2026-01-05' }), fact('13:20 is standup time.', { day: '2026-02-05' })];
    expect(only(reconcile([], facts), 'add').factIds).toHaveLength(2);
  });
});

describe('a line that another repeats and continues', () => {
  it('goes, whatever date and mark stand before it', () => {
    const short = claim('[2026-01-03] The bakery delivers bread to both schools.');
    const long = claim(
      '[2026-01-09] 【Routes】 The bakery delivers bread to both schools, using the small van on weekdays and a bicycle on Sunday.',
    );
    const proposal = only(reconcile([short, long], []), 'merge');
    expect(proposal.statement).toContain('small van');
    expect([...proposal.claimIds].sort()).toEqual([short.id, long.id].sort());
  });

  it('stays where the other takes part of it back', () => {
    const short = claim('The bakery delivers bread to both schools.');
    const long = claim('The bakery delivers bread to both schools, unless the road along the river is closed by the council.');
    expect(reconcile([short, long], [])).toEqual([]);
  });

  it('is the same also when noted twice, on two days', () => {
    const lines = [
      '[2026-01-03] The van was bought for 7,500 and needs new tyres every 2 years.',
      '[2026-02-11] The van was bought for 7,500 and needs new tyres every 2 years.',
    ];
    expect(
      only(
        reconcile(
          lines.map((text) => claim(text)),
          [],
        ),
        'merge',
      ).claimIds,
    ).toHaveLength(2);
  });
});
