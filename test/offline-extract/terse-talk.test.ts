import { describe, expect, it } from 'vitest';
import { extract, kept, statements } from './build-window.ts';
import type { Turn } from './build-window.ts';

/** A session at work: tools have run, the agent has answered. */
const atWork = (agent: string, user: string): Turn[] => [{ tool: 'ok, 3 files' }, { agent }, { user }];
const said = (user: string, agent = 'The branch is pushed.'): string[] => statements(atWork(agent, user));

describe('terse talk of developers', () => {
  it.each([
    ['stays like that', []],
    ['7 tickets so far', []],
    ['lena is out, omar too', []],
    ['alerts since 9', []],
    ['find out why parcelo never got it', []],
    ['new table for vouchers: code, amount, owner, expiry', []],
    ['POST /vouchers, behind the flag vouchers_beta', []],
    ['vouchers get labels: string[], max 20', []],
    ['bump hono to the newest 4.x, look at the changelog for anything that hurts us. SHOP-91', []],
    ['SHOP-77 to prod now', []],
    ['410233 wants a refund, 90 eur', []],
    ['what if we just moved to deno. the bundle is 40 mb, half of it polyfills', []],
    ["dunno. don't do anything", []],
  ])('%j leaves no line', (user, lines) => {
    expect(said(user)).toEqual(lines);
  });

  it.each([
    ['the shop sits on 7100 locally', 'The shop sits on port 7100 locally.'],
    ['btw qa db is on mysql 9 since yesterday, omar did it over lunch', 'Qa db is on mysql 9 since 13 May 2026.'],
    ['hands off src/proto, its output', "Don't edit src/proto, that is output."],
    ['`make proto` after you touch the schema', 'Run `make proto` after you touch the schema.'],
    ['and from now on ask me before you rename a table', 'From now on ask the user before you rename a table.'],
    ['parcelo signs differently since monday: header X-Parcelo-V3', 'Parcelo signs differently since 11 May 2026: header X-Parcelo-V3.'],
    ['parcelo retries for days, we dedupe on delivery_id', 'Parcelo retries for days, the team dedupes on delivery_id.'],
    ["staging on friday then, we don't deploy on mondays", "The team doesn't deploy on mondays."],
    ['pls stop with these summaries at the end of each answer', 'Stop with these summaries at the end of each answer.'],
    ['vouchers are never deleted, not softly either', 'Vouchers are never deleted, not softly either.'],
  ])('%j becomes %j', (user, statement) => {
    expect(said(user)).toEqual([statement]);
  });

  it('loses the clause that only the conversation explains', () => {
    expect(said('3100 is the docs dev server, that one answers you')).toEqual(['Port 3100 is the docs dev server.']);
  });

  it('takes the subject of the sentence before for a pronoun', () => {
    expect(said('parcelo webhooks come back 401. they expire after 30 minutes')).toContain('Parcelo webhooks expire after 30 minutes.');
  });

  it('is of the task when the next sentence says so, a rule when the next says that', () => {
    expect(said('set lock_timeout=0 for the import. only for this one')).toEqual([]);
    expect(kept(extract(atWork('Done.', "we don't deploy on mondays after 3pm. general rule, not just today")))).toMatchObject([
      { durability: 'standing' },
    ]);
  });

  it('keeps "we" in right grammar', () => {
    expect(said('we cache responses for 30 s')).toEqual(['The team caches responses for 30 s.']);
  });

  it('never takes a number that opens an answer for a list', () => {
    expect(said('48. it was 12 until the audit', 'Side question: the retention TTL here is 48 hours. One note says 12.')).toEqual([
      'The retention TTL is 48 hours.',
    ]);
  });
});

describe('a reply that leans on what the agent said', () => {
  it('gets the property that the agent named with the value', () => {
    const facts = kept(extract(atWork('The config says region `gru`, my notes say `lhr`. Which one is right?', 'gru. omar moved it')));
    expect(facts).toMatchObject([{ statement: 'The region is gru, not lhr.', value: 'gru' }]);
  });

  it('names what a move is about', () => {
    expect(said('lhr was full, omar took us to gru on tuesday', 'Deployed. The job says region gru?')).toEqual([
      'The region is gru since 12 May 2026.',
    ]);
  });

  it('says what goes back to a former value', () => {
    expect(said('then back to 4. 16 was too much for the broker', 'With batch 16 each worker holds 16 connections.')).toEqual([
      'Batch is 4, not 16.',
    ]);
  });

  it('names the duty of a person behind an arrow', () => {
    expect(said('checkout and search → lena now', 'PR 12 is open, Omar as reviewer.')).toEqual(['Reviewer for checkout and search: Lena.']);
  });

  it('answers a question for something that may not exist', () => {
    expect(said('yes p99 on GET /search under 200ms, we promised that to sales', 'p99 was 190 ms. Is there a target?')).toEqual([
      'The target is p99 on GET /search under 200ms.',
    ]);
  });

  it('names the kind of thing that it corrects', () => {
    expect(said('no, wrong. poetry', 'Since you are on uv, I ran its sync.')).toEqual(['The package manager is poetry, not uv.']);
  });
});
