import { describe, expect, it } from 'vitest';
import type { EventEvidence } from '../../domain/evidence.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { foldIn } from '../../engines/offline/reconcile/fold-in.ts';
import { untilAtRest } from '../../engines/offline/reconcile/until-at-rest.ts';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';

const add = (statement: string, factIds: string[]): Extract<Proposal, { kind: 'add' }> => ({
  kind: 'add',
  claimIds: [],
  factIds,
  statement,
  topic: 'Printing',
  weight: 2,
  reasonCode: 'new_fact',
  reason: `New: ${statement}`,
});
const later = { factIds: [], topic: 'Other', weight: 1, reasonCode: 'duplicate' as const, reason: 'They say the same.' };

describe('the result of a dream', () => {
  it('is settled again, so that a line of which nothing is left goes at once', () => {
    const line = claim('For the demo shop log in with clerk@shop.example');
    expect(only(reconcile([line], []), 'retire').claimIds).toEqual([line.id]);
  });

  it('is asked about as lines, until nothing follows from it', () => {
    const facts = [fact('The plotter is in room 4.'), fact('Room 4 has the plotter.')];
    const asked: string[][] = [];
    const proposals = untilAtRest(
      { groups: [{ group: { ordinal: 0, claimIds: [], factIds: [] }, claims: [], facts }], instructions: null, sessions: [] },
      ({ groups }) => {
        const claims = groups.flatMap((entry) => entry.claims);
        asked.push(claims.map(({ text }) => text).sort());
        if (claims.length === 0) return facts.map(({ id, statement }) => add(statement, [id]));
        if (claims.length < 2) return [];
        return [{ ...later, kind: 'merge', claimIds: claims.map(({ id }) => id), statement: 'The plotter is in room 4.' }];
      },
    );
    expect(asked).toEqual([[], ['Room 4 has the plotter.', 'The plotter is in room 4.'], ['The plotter is in room 4.']]);
    expect(only(proposals, 'add')).toMatchObject({ statement: 'The plotter is in room 4.', topic: 'Printing' });
    expect(new Set(proposals[0]?.factIds)).toEqual(new Set(facts.map(({ id }) => id)));
  });

  it('keeps for the night after what a session said of one day', () => {
    const text = 'On 4 March 2026, Odile went to the printing fair in Ghent.';
    const evidence: EventEvidence = {
      kind: 'event',
      sessionId: 'sesn_1',
      eventId: 'sevt_1',
      block: 0,
      start: 0,
      end: text.length,
      quote: text,
      origin: 'user',
      at: '2026-03-05T10:00:00Z',
    };
    const noted = claim(text, { at: '2026-03-05T10:00:00Z' });
    const said = claim(text, { at: '2026-03-05T10:00:00Z', origin: 'user', evidence: [evidence] });
    expect(ofKind(reconcile([noted], []), 'retire')).toHaveLength(1);
    expect(reconcile([said], [])).toEqual([]);
  });
});

describe('a proposal over lines that are to be made', () => {
  it('makes one of two new lines, with what speaks for both', () => {
    const [one, two] = [add('Print in duplex.', ['fact_1']), add('Duplex for all prints.', ['fact_2'])];
    const made = new Map([
      ['made:0', one],
      ['made:1', two],
    ]);
    const merged: Proposal = { ...later, kind: 'merge', claimIds: ['made:0', 'made:1'], statement: 'Duplex for all prints.' };
    expect(foldIn([one, two], [merged], made)).toEqual([{ ...two, factIds: ['fact_2', 'fact_1'], reason: 'New: Duplex for all prints.' }]);
  });

  it('takes the place of a standing line, and says no word of the value that falls', () => {
    const [old, now] = [add('Toner is kept in cabinet 2.', ['fact_1']), add('Toner is kept in cabinet 5.', ['fact_2'])];
    const made = new Map([
      ['made:0', old],
      ['made:1', now],
    ]);
    const replaced: Proposal = {
      ...later,
      kind: 'supersede',
      claimIds: ['clm_1', 'made:0', 'made:1'],
      statement: now.statement,
      oldValue: '2',
      newValue: '5',
      reasonCode: 'newer_value',
    };
    const [supersede, drop, ...rest] = foldIn([old, now], [replaced], made);
    expect(rest).toEqual([]);
    expect(supersede).toMatchObject({ kind: 'supersede', claimIds: ['clm_1'], factIds: ['fact_2'], statement: now.statement });
    expect(drop).toMatchObject({ kind: 'drop', factIds: ['fact_1'] });
  });

  it('leaves a new line out that would be taken away the night after, with its facts in the report', () => {
    const one = add('The toner is low today.', ['fact_1']);
    const retire: Proposal = { kind: 'retire', claimIds: ['made:0'], factIds: [], reasonCode: 'momentary', reason: 'A passing moment.' };
    expect(foldIn([one], [retire], new Map([['made:0', one]]))).toEqual([{ ...retire, kind: 'drop', claimIds: [], factIds: ['fact_1'] }]);
  });
});
