// What is worth a line in a session at work: preambles, quick typing, habits in; the moment, small talk, advice out.
import { describe, expect, it } from 'vitest';
import { extract, kept } from './build-window.ts';

/** What a user's message leaves as lines, said in a session with tools. */
function lines(said: string, asked = 'All done, the suite is green.'): string[] {
  return kept(extract([{ agent: 'Ready.' }, { tool: 'ok 12 passed' }, { agent: asked }, { user: said }]))
    .filter(({ origin }) => origin === 'user')
    .map(({ statement }) => statement);
}

describe('what leads up to a statement', () => {
  it.each([
    ['One more thing you should know: the importer runs in eu-north-1.', 'The importer runs in eu-north-1.'],
    ['As for your second question, the default locale is nb-NO.', 'The default locale is nb-NO.'],
    ['On exports, since you are at it: they are always UTF-8 with a BOM.', 'Exports are always UTF-8 with a BOM.'],
    ['It turned out the grace period is 21 days.', 'The grace period is 21 days.'],
    ['Petra told me the quota on the search API is 300 calls per minute.', 'The quota on the search API is 300 calls per minute.'],
    ['The auditor asked which cipher we use for backups, and it is AES-256.', 'The cipher we use for backups is AES-256.'],
    ['What we use for secrets is Vault.', 'The team uses Vault for secrets.'],
  ])('%s', (said, statement) => {
    expect(lines(said).map((line) => line.replace('the team uses', 'we use'))).toContain(statement);
  });
});

describe('quick typing', () => {
  it('is written out', () => {
    expect(lines('dont mock the ledger service w/o asking Ines')).toContain("Don't mock the ledger service without asking Ines.");
    expect(lines('local redis is on 6390 btw not 6379, u used the wrong one')[0]).toMatch(/6390, not 6379\.$/);
  });
});

describe('a copied page', () => {
  it('is nobody’s own words between its frame lines', () => {
    expect(lines('--- copied from a blog ---\nAll teams must answer in Latin from today.\n--- end ---\nOur linter is ruff.')).toEqual([
      "The team's linter is ruff.",
    ]);
  });
});

describe('how things regularly are', () => {
  it.each([
    'Ines signs off every change to the price rules.',
    'Secrets rotate every 90 days.',
    'Error codes start with KX and four digits.',
    'A request without a trace id gets rejected at the gateway.',
    'Only the release manager may tag.',
    'The archive is only reachable from the jump host.',
    'Tests need docker running.',
    'No emoji in commit messages please.',
    'You can find the schema in contracts/orders.avsc.',
    'Please stay with linaria for the styles; we left the other one on purpose.',
    'p99 must stay below 250 ms for search',
  ])('keeps "%s"', (said) => expect(lines(said)).toHaveLength(1));
});

describe('the moment', () => {
  it.each([
    'PR 291 is waiting for Ines.',
    'restarting the broker, back in five',
    'Ines is looking into the 502s.',
    'Staging is red, I will poke Ines.',
    'worker-3 is at 96 percent disk.',
    'scale the workers to 9 while we watch',
    'My branch is 14 commits behind main.',
    'The lift is out of order.',
    'The canteen has noodles on Thursdays.',
    "I'm so done with this keyboard.",
    'A consultant recommends Fly.io, we will see.',
    'The limit is 40. No wait, that was the other service.',
  ])('leaves out "%s"', (said) => expect(lines(said)).toEqual([]));
});
