import { describe, expect, it } from 'vitest';
import { quotesOfTools } from '../../engines/offline/extract/quoted-output.ts';
import { narratorOf, toStatement, withoutFiller } from '../../engines/offline/extract/wording.ts';
import { windowOf } from './build-window.ts';

const note = (said: string) => toStatement(withoutFiller(said), narratorOf(null));

describe('a note in the third person', () => {
  it.each([
    ['my talk is called "I Sank My Boat" and we record it', 'The user\'s talk is called "I Sank My Boat" and the team records it.'],
    ['I use a 5" screen and I like it', 'The user uses a 5" screen and they like it.'],
    ['our office in the US moved', "The team's office in the US moved."],
    ['I forked code.test/me/my-app', 'The user forked code.test/me/my-app.'],
    ['I keep it in my.cnf', 'The user keeps it in my.cnf.'],
    ['our shop is called My Garden', "The team's shop is called My Garden."],
    ["I like 'I Will Wait' a lot", "The user likes 'I Will Wait' a lot."],
  ])('leaves names, titles and words of others as they were said: %s', (said, statement) => {
    expect(note(said)).toBe(statement);
  });

  it.each([
    ['I read that book last year', 'The user read that book last year.'],
    ['I set the limit to 50 in March 2024', 'The user set the limit to 50 in March 2024.'],
    ['I read a lot', 'The user reads a lot.'],
  ])('keeps the past where only the day tells it: %s', (said, statement) => {
    expect(note(said)).toBe(statement);
  });

  it('takes a question that asks to remember for what is to be remembered', () => {
    expect(note('Can you remember that my birthday is 3 May?')).toBe("The user's birthday is 3 May.");
    expect(note('Could you please keep in mind that we bill in euros?')).toBe('The team bills in euros.');
  });
});

describe('what tools put out', () => {
  it('is compared with a long sentence of blanks in linear time', () => {
    const isQuoted = quotesOfTools(windowOf([{ tool: 'done' }]));
    const begun = performance.now();
    expect(isQuoted(`x${' '.repeat(400_000)}x`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
