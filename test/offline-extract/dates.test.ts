import { describe, expect, it } from 'vitest';
import { resolveDates } from '../../engines/offline/dates.ts';

/** A Thursday. */
const at = '2026-05-14T10:00:00Z';

describe('relative times', () => {
  it.each([
    ['I met Ada yesterday.', 'I met Ada on 13 May 2026.'],
    ['It ships tomorrow', 'It ships on 15 May 2026'],
    ['I signed the lease last Saturday', 'I signed the lease on 9 May 2026'],
    ['We hiked two weeks ago', 'We hiked around 30 April 2026'],
    ['I changed jobs last year', 'I changed jobs in 2025'],
    ['We travel next month', 'We travel in June 2026'],
    ['I called her last night', 'I called her on the night of 13 May 2026'],
    ['I joined a choir last Tues.', 'I joined a choir on 12 May 2026.'],
    ['We camped two weekends ago', 'We camped around the weekend of 2 May 2026'],
    ['He visits this weekend', 'He visits on the weekend of 16 May 2026'],
    ['I ran a race last weekend', 'I ran a race on the weekend before 14 May 2026'],
    ['A few months ago I quit', 'A few months before 14 May 2026 I quit'],
    ['The review is due by tomorrow', 'The review is due by 15 May 2026'],
    ["Yesterday's outage took an hour", 'The 13 May 2026 outage took an hour'],
    ['The launch is due on June 3', 'The launch is due on June 3, 2026'],
    ['We met on Monday and talked', 'We met on 11 May 2026 and talked'],
    ['It will go out on Monday', 'It will go out on 18 May 2026'],
  ])('%j becomes %j', (said, written) => {
    expect(resolveDates(said, at)).toMatchObject({ text: written, unresolved: false });
  });

  it('leave habits, durations and code as they are', () => {
    for (const text of [
      'Releases go out every Tuesday',
      'Release day is Tuesday',
      'It takes 5 minutes',
      'Set `today` to null',
      'Indent with two spaces',
    ])
      expect(resolveDates(text, at).text).toBe(text);
  });

  it('are reported as unresolved when nobody knows when it was said', () => {
    expect(resolveDates('I met Ada yesterday.', null).unresolved).toBe(true);
    expect(resolveDates('I met Ada in 2019.', null).unresolved).toBe(false);
  });

  it('count from UTC whatever offset the time is written in', () => {
    expect(resolveDates('I left today', '2026-05-14T23:30:00-02:00').text).toBe('I left on 15 May 2026');
  });

  it('lose words that only say "now"', () => {
    expect(resolveDates('I currently live in Rome', at).text).toBe('I live in Rome');
  });
});
