import { describe, expect, it } from 'vitest';
import { frameOf, slotLikeness } from '../../engines/offline/frame.ts';

describe('a statement as slot and value', () => {
  it.each([
    ['Test command: `pnpm test`', 'test', 'command', '`pnpm test`'],
    ['The API listens on port 8080.', 'api', 'port', '8080'],
    ['The rate limit for Mailfox is 900 requests per minute', 'mailfox', 'rate limit', '900 requests per minute'],
    ['Mira owns the search page', 'search page', 'owner', 'Mira'],
    ['The user lives in Porto.', 'user', 'home', 'Porto'],
    ['testing -> vitest', 'test', '', 'vitest'],
    ['| port | 8080 |', 'port', '', '8080'],
  ])('reads %j', (statement, subject, attribute, value) => {
    expect(frameOf(statement)).toMatchObject({ subject, attribute, value });
  });

  it.each([
    ['The Larkpost quota went from 900 to 450 per hour.', '450 per hour', '900'],
    ['We switched from Jenkins to Buildkite.', 'Buildkite', 'Jenkins'],
    ['The fair opens on 2026-06-19 rather than 22 May 2026', '2026-06-19', '22 May 2026'],
    ['Lena took over the importer from Otto.', 'Lena', 'Otto'],
    ["The form used to be Otto's, it's Lena's now", 'Lena', 'Otto'],
  ])('reads the old value in %j', (statement, value, oldValue) => {
    expect(frameOf(statement)).toMatchObject({ value, oldValue });
  });

  it.each([
    ['Test command: `npm test`', 'We run the tests with `pnpm test`'],
    ['Deploys go to eu-west-1.', 'The team deploys to us-east-2.'],
    ['API port: 9090', 'The API listens on port 8080'],
    ['Mailfox rate limit: 1,340 requests per minute', 'The Mailfox quota went from 1340 to 900 per minute.'],
    ['Mira owns the search page', 'Lena took over the search page from Mira.'],
    ['The user lives in Porto.', 'The user moved to Oslo.'],
  ])('sees the same slot in %j and %j, with other values', (a, b) => {
    const [left, right] = [frameOf(a), frameOf(b)];
    expect(slotLikeness(left, right)).toBeGreaterThan(0.8);
    expect(left.value).not.toBe(right.value);
  });

  it('tells the slots of different things apart', () => {
    expect(slotLikeness(frameOf('orders listens on port 81'), frameOf('search listens on port 82'))).toBeLessThan(0.7);
    expect(slotLikeness(frameOf('The capital of Peru is Lima.'), frameOf('The capital of Chad is X.'))).toBeLessThan(0.7);
  });
});

describe('how a statement is meant', () => {
  it('knows questions, and that "ok?" at the end asks nothing', () => {
    expect(frameOf('Which port do we use?').question).toBe(true);
    expect(frameOf('Use port 81 for that, ok?').question).toBe(false);
  });

  it('knows suppositions', () => {
    const supposed = ['What if we moved to Kotlin?', 'Suppose we were on Kotlin.', 'If we used Kotlin, this would be shorter.'];
    expect(supposed.filter((text) => frameOf(text).hypothetical)).toEqual(supposed);
    expect(frameOf('If a test fails twice, rerun it with -v.').hypothetical).toBe(false);
  });

  it('knows what holds only for now, and that such a thing revokes nothing', () => {
    const brief = ['For now use port 82.', 'Just this once skip the tests.', 'You can stop running the linter for today.'];
    expect(brief.filter((text) => frameOf(text).temporary && !frameOf(text).revokes)).toEqual(brief);
  });

  it('knows revocations', () => {
    const revoking = [
      'The staging gate no longer applies.',
      'You can stop checking the beta flag, it was taken out.',
      'We got rid of the nightly export.',
    ];
    expect(revoking.filter((text) => frameOf(text).revokes)).toEqual(revoking);
  });

  it('knows orders from labels that begin with the same word', () => {
    expect(frameOf('Run the formatter first').imperative).toBe(true);
    expect(frameOf('Test command: make check').imperative).toBe(false);
    expect(frameOf('Deploy notices moved to #ops').imperative).toBe(false);
  });

  it('knows negations', () => {
    expect(frameOf('Never push to main').polarity).toBe('negated');
    expect(frameOf("We don't use tabs").polarity).toBe('negated');
    expect(frameOf('We use tabs').polarity).toBe('affirmed');
  });
});
