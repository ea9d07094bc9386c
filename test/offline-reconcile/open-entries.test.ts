import { describe, expect, it } from 'vitest';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';

const path = '/open-conflicts.md';
const long = claim('Access logs are kept for 30 days', { path: '/a.md' });
const short = claim('Access logs are kept for 14 days', { path: '/b.md' });
const entryOf = (text: string) => claim(text, { path });

describe('the list of open conflicts', () => {
  const found = only(reconcile([long, short], []), 'open_conflict').statement;

  it('is neither changed nor extended while the conflict stands', () => {
    expect(found).toMatch(/^Open: is it "30 days" \(in the memory, undated: /);
    expect(reconcile([long, short, entryOf(found)], [])).toEqual([]);
  });

  it('is not edited by a newer value; the entry goes once one side is left', () => {
    const entry = entryOf(found);
    const proposals = reconcile([long, short, entry], [fact('Access logs are kept for 14 days.')]);
    expect(only(proposals, 'supersede').claimIds).not.toContain(entry.id);
    expect(only(proposals, 'retire')).toMatchObject({ claimIds: [entry.id], reason: expect.stringContaining('Settled') as string });
  });

  it('loses an entry of which a person removed one side', () => {
    const entry = entryOf(found);
    expect(only(reconcile([short, entry], []), 'retire').claimIds).toEqual([entry.id]);
  });

  it('keeps an entry whose sides are not at hand, and one of which a side never stood in the store', () => {
    expect(reconcile([claim('Release day: Tuesday'), entryOf(found)], [])).toEqual([]);
    const said = found.replace(/"14 days" \(in the memory, undated/, '"14 days" (2026-03-01, the agent said');
    expect(reconcile([long, entryOf(said)], [])).toEqual([]);
  });

  it('does not name a conflict of one slot twice', () => {
    const lines = [
      claim('The gateway listens on port 8080', { path: '/a.md' }),
      claim('The gateway listens on port 9090', { path: '/b.md' }),
    ];
    const { statement } = only(reconcile(lines, []), 'open_conflict');
    expect(reconcile([...lines, entryOf(statement)], [])).toEqual([]);
  });

  it('takes a line of a person in that file as any line', () => {
    const line = claim('The gateway listens on port 8080', { path });
    expect(ofKind(reconcile([line], [fact('The gateway listens on port 9090.')]), 'supersede')).toHaveLength(1);
  });
});

describe('the reason of a revocation', () => {
  it('quotes what was said, not the note made of it', () => {
    const gone = fact('The team no longer uses tabs in Go files.', {
      quote: 'scrap tabs in Go files, we no longer use them',
      force: 'revoked',
      durability: 'standing',
    });
    const { reason } = only(reconcile([claim('Use tabs in Go files')], [gone]), 'retire');
    expect(reason).toContain('"scrap tabs in Go files, we no longer use them"');
    expect(reason).not.toContain('The team');
  });
});
