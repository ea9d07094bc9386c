import { describe, expect, it } from 'vitest';
import type { Claim } from '../../domain/claim.ts';
import type { CandidateFact } from '../../domain/fact.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { minePatterns } from '../../engines/offline/patterns/mine-patterns.ts';
import { spellingOf } from '../../engines/offline/patterns/spelling.ts';
import { claim, fact, only } from './builders.ts';

const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
const sessions = days.map((day) => ({ id: `sesn_${day}`, at: `${day}T09:00:00Z` }));
const mine = (facts: CandidateFact[], claims: Claim[] = [], instructions: string | null = null): Proposal[] =>
  minePatterns({ facts, claims, instructions, sessions, minSessions: 2 });
const each = (quotes: string[], parts: Partial<CandidateFact> = {}): CandidateFact[] =>
  quotes.map((quote, i) => fact(quote, { day: days[i] ?? '', durability: 'momentary', signal: 'correction', ...parts }));

describe('patterns', () => {
  it('says a repeated correction as a rule, with one quote per session', () => {
    const facts = each(['flavour', 'organise', 'labelled']);
    const pattern = only(mine(facts), 'pattern');
    expect(pattern.statement).toMatch(/^Use British spelling .*\(corrected in 3 of 5 sessions\)\.$/);
    expect(pattern).toMatchObject({ seenIn: 3, outOf: 5, reasonCode: 'recurrence' });
    expect(pattern.evidence.map((evidence) => evidence.sessionId)).toEqual(sessions.slice(0, 3).map(({ id }) => id));
  });

  describe('over nights', () => {
    const [first, second, third] = each(['flavour', 'organise', 'labelled']) as [CandidateFact, CandidateFact, CandidateFact];
    const tonight = (facts: CandidateFact[], before: CandidateFact[], claims: Claim[] = []): Proposal[] =>
      minePatterns({
        facts,
        claims,
        instructions: null,
        sessions: sessions.filter(({ id }) => facts.some((fact) => fact.sessionId === id)),
        earlier: { facts: before, sessions: sessions.filter(({ id }) => before.some((fact) => fact.sessionId === id)) },
        minSessions: 2,
      });

    it('finds what shows once a night', () => {
      const pattern = only(tonight([second], [first]), 'pattern');
      expect(pattern).toMatchObject({ claimIds: [], seenIn: 2, outOf: 2 });
      expect(pattern.evidence.map((evidence) => evidence.sessionId)).toEqual([first.sessionId, second.sessionId]);
    });

    it('counts a pattern that stands on, in its place', () => {
      const standing = claim(only(tonight([second], [first]), 'pattern').statement);
      const pattern = only(tonight([third], [first, second], [standing]), 'pattern');
      expect(pattern.claimIds).toEqual([standing.id]);
      expect(pattern.statement).toContain('in 3 of 3 sessions');
    });

    it('proposes nothing that only earlier nights show, which somebody may have refused', () => {
      expect(tonight([fact('The chart needs a legend.', { day: days[3] ?? '' })], [first, second])).toEqual([]);
    });

    it('leaves a rule alone that a person wrote without a count', () => {
      const rule = only(tonight([second], [first]), 'pattern').statement.replace(/ \(.*$/, '.');
      expect(tonight([third], [first, second], [claim(rule)])).toEqual([]);
    });
  });

  it('takes repetition in one session for one voice', () => {
    const facts = ['flavour', 'organise', 'labelled'].map((quote, i) =>
      fact(quote, { durability: 'momentary', signal: 'correction', eventNumber: i }),
    );
    expect(mine(facts)).toEqual([]);
  });

  it('joins a failure told in several ways with what helped', () => {
    const facts = [
      fact('The write failed: no space left on device.', {
        day: '2026-03-01',
        origin: 'tool',
        signal: 'failure',
        durability: 'episode',
        eventNumber: 3,
      }),
      fact('Pruned the images with `docker image prune`.', { day: '2026-03-01', signal: 'remedy', durability: 'episode', eventNumber: 4 }),
      fact('The build volume is 98% full.', { day: '2026-03-03', signal: 'failure', durability: 'episode' }),
      fact('No space left on the runner, again.', { day: '2026-03-05', signal: 'failure', durability: 'episode' }),
    ];
    const pattern = only(mine(facts), 'pattern');
    expect(pattern.statement).toContain('disk');
    expect(pattern.statement).toContain('`docker image prune` helped');
    expect(pattern.seenIn).toBe(3);
  });

  it('never makes a rule of tool output alone', () => {
    expect(
      mine(
        each(['no space left on device', 'no space left on device', 'no space left on device'], {
          origin: 'tool',
          signal: 'failure',
          durability: 'episode',
        }),
      ),
    ).toEqual([]);
  });

  it('finds a test that fails and passes again', () => {
    const facts = ['2026-03-01', '2026-03-04'].flatMap((day) => [
      fact('CheckoutFormTest failed.', { day, origin: 'tool', signal: 'failure', durability: 'episode', eventNumber: 2 }),
      fact('Ran it again, green.', { day, signal: 'remedy', durability: 'episode', eventNumber: 3 }),
    ]);
    expect(only(mine(facts), 'pattern').statement).toContain('CheckoutFormTest is flaky');
  });

  it('finds a command that the user comes back to, but not one sentence pasted again and again', () => {
    const facts = each(['That file comes out of `./gen.sh`', 'run `./gen.sh` instead of editing', 'again: `./gen.sh`!']);
    expect(only(mine(facts), 'pattern').statement).toContain('`./gen.sh`');
    expect(mine(each(['use `./gen.sh`', 'use `./gen.sh`', 'use `./gen.sh`']))).toEqual([]);
  });

  it('is silent about what the store already says', () => {
    const facts = each(['too long', 'shorter please', 'way too wordy']);
    expect(mine(facts)).toHaveLength(1);
    expect(mine(facts, [claim('Keep answers short and concise.')])).toEqual([]);
  });

  it('is silent about topics that the instructions leave out', () => {
    const facts = each(['too long', 'shorter please', 'way too wordy']);
    expect(mine(facts, [], 'Leave out anything about answers.')).toEqual([]);
  });

  it.each([
    [['centreMap'], 'British'],
    [['organize_imports'], 'American'],
    [['four', 'exercise', 'controlled'], null],
    [['colour', 'center'], null],
  ] as const)('reads %j as %s spelling', (words, kind) => {
    expect(spellingOf(words)).toBe(kind);
  });
});

describe('wishes by their words', () => {
  it('are none where the words speak of the work, or fewer than three sessions hold them', () => {
    const patterns = (quotes: string[]) => mine(each(quotes)).map(({ kind, ...rest }) => [kind, 'statement' in rest ? rest.statement : '']);
    expect(patterns(['undo that', 'undo this, wrong file', 'revert it'])).toEqual([]);
    expect(patterns(['third-party sellers pay monthly', 'list the third-party sellers', 'sort third-party sellers'])).toEqual([]);
    expect(patterns(['read the project brief', 'the brief is in docs', 'our brief changed'])).toEqual([]);
    expect(patterns(['too wordy', 'shorter please'])).toEqual([]);
  });

  it('that contradict each other are no habit', () => {
    const short = ['too wordy', 'shorter please', 'get to the point'];
    const long = ['more detail please', 'elaborate', 'spell it out'];
    const rules = (quotes: string[]) => mine(each(quotes)).flatMap((one) => ('statement' in one ? [one.statement] : []));
    expect(rules(short).join()).toContain('short and concise');
    expect(rules([...short, ...long]).join()).not.toContain('short and concise');
  });
});
