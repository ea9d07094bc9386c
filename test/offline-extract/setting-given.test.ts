import { describe, expect, it } from 'vitest';
import { judgeUser } from '../../engines/offline/extract/judge.ts';
import { standsAlone } from '../../engines/offline/extract/self-contained.ts';
import { withoutFiller } from '../../engines/offline/extract/wording.ts';
import { frameOf } from '../../engines/offline/frame.ts';

const judge = (sentence: string) => judgeUser(sentence, frameOf(sentence), { reply: null, toRemember: false, atWork: true });

describe('sentences that give a setting', () => {
  it.each([
    'Test command: make verify',
    'The staging bucket is named heron-stage',
    'All services log through pino now',
    'No more pdm, the team voted for rye.',
  ])('are kept: %s', (sentence) => {
    expect(judge(sentence)).toMatchObject({ durability: 'current' });
  });

  it('are no failure for the name of their subject', () => {
    expect(judge('The export timeout is 45 seconds.')?.signal).toBeUndefined();
    expect(judge('The export timed out with an error.')?.signal).toBe('failure');
  });

  it.each(['Next task: the build page', 'The test command is broken'])('are not taken for one: %s', (sentence) => {
    expect(judge(sentence)?.durability).not.toBe('current');
  });

  it.each([
    ['typo on my side, the test command is make verify', 'the test command is make verify'],
    ['I had the wrong date: the demo is on 13 March', 'the demo is on 13 March'],
    ['My bad - package manager: rye', 'package manager: rye'],
    ['Not Greta, Tomasz reviews the ledger', 'Tomasz reviews the ledger'],
    ['the wrong port, 8080, is still in the file', 'the wrong port, 8080, is still in the file'],
  ])('stand without the mistake that leads up to them: %s', (said, kept) => {
    expect(withoutFiller(said)).toBe(kept);
  });

  it('need no everyday verb', () => {
    expect(standsAlone('Tokens lapse after 45 minutes')).toBe(true);
  });
});
