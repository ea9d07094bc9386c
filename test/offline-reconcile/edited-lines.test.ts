// Newer values inside lines that say more, and contradictions that stand in the store.
import { describe, expect, it } from 'vitest';
import { claim, fact, ofKind, only, reconcile } from './builders.ts';

describe('lines that give a value in passing', () => {
  it('puts the newer port into every line of the program and leaves other ports alone', () => {
    const claims = [
      claim('Sprocket is the billing service of the shop.'),
      claim('Service port: 7100 (metrics under GET /m)'),
      claim('The server then listens on port 7100.'),
      claim('test Redis: port 7200'),
    ];
    const proposals = ofKind(reconcile(claims, [fact('Sprocket sits on port 7300 locally.', { day: '2026-03-04' })]), 'supersede');
    // Once edited the two lines say the same: the fuller one is kept.
    expect(proposals.map(({ statement }) => statement)).toEqual(['Service port: 7300 (metrics under GET /m)']);
    expect(proposals[0]?.claimIds.toSorted()).toEqual([claims[1]?.id, claims[2]?.id]);
    expect(proposals.every(({ factIds }) => factIds.length === 1)).toBe(true);
  });

  it('replaces a region over a chain of moves and takes the gloss of the old one along', () => {
    const proposal = only(
      reconcile(
        [claim('Fly apps: `shop-web`. Primary region: cdg (Paris).')],
        [fact('The region is mad, not cdg.', { day: '2026-03-02' }), fact('The region is waw since 5 March 2026.', { day: '2026-03-06' })],
      ),
      'supersede',
    );
    expect(proposal.statement).toBe('Fly apps: `shop-web`. Primary region: waw.');
    expect(proposal.reason).toContain('2026-03-06');
  });

  it('writes a version as precisely as the line did, and only where every environment of the line has it', () => {
    const staging = fact('Staging runs PostgreSQL 16.3.', { origin: 'tool', day: '2026-03-02' });
    const line = claim('Postgres 14, staging and prod');
    expect(ofKind(reconcile([line], [staging]), 'supersede')).toEqual([]);
    expect(
      only(reconcile([line], [staging, fact('Production runs PostgreSQL 16.3.', { origin: 'tool', day: '2026-03-02' })]), 'supersede')
        .statement,
    ).toBe('Postgres 16, staging and prod');
  });

  it('carries commands over to the package manager that is used now', () => {
    const proposals = ofKind(
      reconcile(
        [claim('package manager is npm'), claim('unit: `npm test`, lint: `npm run lint`')],
        [fact('The team is on pnpm since May.', { day: '2026-03-02' })],
      ),
      'supersede',
    );
    expect(proposals.map(({ statement }) => statement)).toEqual(
      expect.arrayContaining(['package manager is pnpm', 'unit: `pnpm test`, lint: `pnpm lint`']),
    );
  });

  it('puts a name and what came with it in the place of the one that it succeeds', () => {
    const proposal = only(
      reconcile(
        [claim('The printer signs with header `X-Label-Sign`, HMAC-SHA1.')],
        [fact('The printer signs with X-Label-Sign-V2, sha256 instead of sha1, since 2 March 2026.', { day: '2026-03-03' })],
      ),
      'supersede',
    );
    expect(proposal.statement).toBe('The printer signs with header `X-Label-Sign-V2`, HMAC-SHA256.');
  });

  it('proposes no change for lines that already give the newer value', () => {
    const proposals = reconcile(
      [claim('Sprocket is the billing service of the shop.'), claim('Service port: 7300')],
      [fact('Sprocket sits on port 7300 locally.')],
    );
    expect(ofKind(proposals, 'supersede')).toEqual([]);
    expect(ofKind(proposals, 'add')).toEqual([]);
    expect(only(proposals, 'merge').statement).toBe('Service port: 7300');
  });
});

describe('contradictions that stand in the store', () => {
  const claims = () => [
    claim('credits over 200 EUR need an ok from accounting'),
    claim('Credits above 450 EUR must be approved by accounting first.', { path: '/b.md' }),
  ];

  it('leaves two amounts open when nothing settles them, once', () => {
    const both = claims();
    const proposal = only(reconcile(both, []), 'open_conflict');
    expect(proposal.statement).toContain('"200 EUR"');
    expect(proposal.statement).toContain('"450 EUR"');
    expect(reconcile([...both, claim(proposal.statement)], [])).toEqual([]);
  });

  it('lets the user settle which of two amounts holds', () => {
    const proposal = only(
      reconcile(claims(), [fact('Credits need approval by accounting from 450 EUR.', { day: '2026-03-02' })]),
      'supersede',
    );
    expect(proposal).toMatchObject({ oldValue: '200 EUR', newValue: '450 EUR' });
    expect(proposal.claimIds).toHaveLength(2);
  });

  it('finds no contradiction between commands, units or percentages', () => {
    expect(
      reconcile(
        [
          claim('drafts: `make a`, kept 3 days'),
          claim('drafts: `make b`, up to 3 hours'),
          claim('drafts hit the cache in 38% of runs'),
          claim('drafts hit the cache in 55% of runs'),
        ],
        [],
      ),
    ).toEqual([]);
  });

  it('lets a line fall that the user denies, and a way that is no more', () => {
    expect(
      only(
        reconcile([claim('Drafts are auto-mailed, so filter them out')], [fact('Drafts are never mailed.', { durability: 'standing' })]),
        'supersede',
      ).statement,
    ).toBe('Drafts are never mailed.');
    const ended = only(
      reconcile(
        [claim('release: `kubo ship --all`. The owner is Ruth.')],
        [fact('No more kubo ship from laptops, everything goes through the pipeline: `pipe run release`.')],
      ),
      'supersede',
    );
    expect(ended.statement).toBe(
      'No more kubo ship from laptops, everything goes through the pipeline: `pipe run release`. The owner is Ruth.',
    );
  });

  it('merges a short rule into the fuller line that holds it, but not into its opposite', () => {
    expect(
      only(reconcile([claim('NEVER lend spare badges'), claim('Lending spare badges to guests is off limits.')], []), 'merge').statement,
    ).toBe('Lending spare badges to guests is off limits.');
    expect(reconcile([claim('never lend spare badges'), claim('lend spare badges to guests')], [])).toEqual([]);
  });
});
