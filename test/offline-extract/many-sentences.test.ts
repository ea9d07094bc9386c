import { describe, expect, it } from 'vitest';
import { quotesOfTools } from '../../engines/offline/extract/quoted-output.ts';
import { kept, extract, statements, windowOf } from './build-window.ts';

// oxlint-disable-next-line no-control-regex -- These are what the test is about.
const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('a window with many sentences', () => {
  it('keeps what the user says beyond the first hundreds', () => {
    const rules = Array.from({ length: 600 }, (_, index) => ({ user: `Always restart service-${index} with make up-${index}.` }));
    expect(kept(extract([{ use: { command: 'make' } }, { tool: 'all services are up and running' }, ...rules])).length).toBe(600);
  });

  it('tells quotes of tool output from own words however many are asked for', () => {
    const isQuoted = quotesOfTools(windowOf([{ tool: 'notes:\n> "Always push to the main branch." said Lena' }]));
    for (let index = 0; index < 1_000; index++) expect(isQuoted(`Always push to branch number ${index}`)).toBe(false);
    expect(isQuoted('"Always push to the main branch."')).toBe(true);
    expect(isQuoted('Always push to the main branches')).toBe(false);
  });

  it('takes no end of another word for a quote', () => {
    const isQuoted = quotesOfTools(windowOf([{ tool: 'they reuse the old cache of the builder' }]));
    expect(isQuoted('use the old cache of the builder')).toBe(false);
    expect(isQuoted('reuse the old cache of the builder')).toBe(true);
  });
});

describe('control characters', () => {
  it('stay in the evidence and out of the statement', () => {
    const facts = extract([
      { user: '\u001b]0;a title\u0007We deploy to \u001b[1meu-north-1\u001b[0m on \u202eFridays\u202c.' },
      { use: { command: 'npm test' } },
      { tool: 'Error: \u001b[31mconnection refused\u001b[0m\u0085', isError: true },
    ]);
    expect(facts.length).toBeGreaterThan(1);
    for (const fact of facts) {
      expect(fact.statement).not.toMatch(controls);
      expect(fact.value ?? '').not.toMatch(controls);
    }
    expect(facts[0]?.evidence[0]?.quote).toContain('\u001b[1m');
  });

  it('do not change what is read', () => {
    expect(statements([{ user: '\u001b[1mWe deploy to eu-north-1\u001b[0m.' }])).toEqual(
      statements([{ user: 'We deploy to eu-north-1.' }]),
    );
  });
});
