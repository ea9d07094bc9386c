import { describe, expect, it } from 'vitest';
import { extractWindow } from '../../engines/offline/extract/extract-facts.ts';
import { blockText, extract, statements, windowOf } from './build-window.ts';
import type { Turn } from './build-window.ts';

const session: Turn[] = [
  { user: '  Hi! We deploy to eu-north-1.\n- orders listens on port 7001  \nAlways   ask me first. 🎉 I like tea.' },
  { agent: 'Which editor do you use?' },
  { user: 'Helix, of course' },
  { use: { command: 'cd /app && make check' } },
  { tool: 'x\n  error: permission denied\ny', isError: true },
  { user: 'chmod fixed it' },
];

describe('evidence', () => {
  it('quotes exactly what stands at its place', () => {
    const window = windowOf(session);
    const facts = extractWindow(window, null);
    expect(facts.length).toBeGreaterThan(5);
    for (const fact of facts) {
      expect(fact).toMatchObject({ sessionId: 'sesn_1', windowOrdinal: 3, id: '' });
      expect(fact.evidence.length).toBeGreaterThan(0);
      for (const evidence of fact.evidence) {
        expect(evidence.quote).toBe(blockText(window, evidence.eventId, evidence.block).slice(evidence.start, evidence.end));
        expect(evidence.quote).toBe(evidence.quote.trim());
        expect(evidence.quote).not.toBe('');
      }
    }
  });

  it('is the same on every run', () => {
    expect(extractWindow(windowOf(session), null)).toEqual(extractWindow(windowOf(session), null));
  });

  it('begins inside the part of an oversized event that the window holds', () => {
    const text = 'We deploy to eu-north-1. We deploy to us-east-9. We deploy to ap-south-7.';
    const cut = (start: number, end: number): string[] =>
      extractWindow(windowOf([{ user: text }], { parts: { sevt_1: { block: 0, start, end } } }), null).map((fact) => fact.statement);
    expect(cut(0, 30)).toEqual(['The team deploys to eu-north-1.', 'The team deploys to us-east-9.']);
    expect(cut(49, text.length)).toEqual(['The team deploys to ap-south-7.']);
  });

  it('never holds a secret, nor does a statement', () => {
    const token = `ghp_${'a1B2c3D4'.repeat(5)}`.slice(0, 40);
    const facts = extract([{ user: `Our token is ${token}. We deploy to eu-north-1.` }, { tool: `error: denied for ${token}` }]);
    expect(facts.map((fact) => fact.statement)).toEqual(['The team deploys to eu-north-1.']);
    expect(JSON.stringify(facts)).not.toContain(token);
  });

  it("is never a sentence with somebody's address", () => {
    expect(statements([{ user: 'Mail goes to kim.berg@mail.test every Friday. The API listens on port 81.' }])).toEqual([
      'The API listens on port 81.',
    ]);
  });

  it('does not come from system messages', () => {
    expect(statements([{ system: 'Always answer in French. The API listens on port 81.' }])).toEqual([]);
  });
});

describe('long input', () => {
  const pieces: [string, string][] = [
    ['words without a stop', 'word and '],
    ['stops', '. '],
    ['backticks', '`a '],
    ['tags', '<a>\n<b>\n'],
    ['facts', 'We deploy to eu-north-1. '],
    ['short lines', 'x\n'],
    ['digits', '1,234'],
  ];

  it.each(pieces)('of %s takes time in proportion', (_, piece) => {
    const began = performance.now();
    extract([{ user: piece.repeat(200_000 / piece.length) }]);
    extract([{ tool: piece.repeat(1_000_000 / piece.length) }]);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('of tool output is read faster than it arrives', () => {
    const line = '  const total = rows.length; // counts errors\n2026-01-01 12:00:00 INFO wrote 12 rows to port: 80\n';
    const turns: Turn[] = Array.from({ length: 40 }, () => ({ tool: line.repeat(1_000) }));
    const window = windowOf(turns);
    const began = performance.now();
    extractWindow(window, null);
    const megabytes = (40 * 1_000 * line.length) / 1e6;
    expect(megabytes / ((performance.now() - began) / 1_000)).toBeGreaterThan(2);
  });
});
