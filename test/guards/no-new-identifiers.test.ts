import { describe, expect, it } from 'vitest';
import { noNewIdentifiers } from '../../domain/guards/no-new-identifiers.ts';
import { blamed, goodInput, withAdded } from './good-draft.ts';

const mail = 'Ask grace@acme-corp.io about the database.';

describe('no-new-identifiers', () => {
  it('passes a draft without identifiers', () => {
    expect(blamed(noNewIdentifiers, goodInput())).toEqual([]);
  });

  it.each([mail, 'Call +49 30 1234 5678 when it is down.', 'The card is 4111 1111 1111 1111.', 'Pay to DE89 3704 0044 0532 0130 00.'])(
    'blames the change that makes one up: %s',
    (text) => {
      expect(blamed(noNewIdentifiers, withAdded(text))).toEqual(['chg_bad']);
    },
  );

  it('passes what a source holds', () => {
    expect(blamed(noNewIdentifiers, { ...withAdded(mail), searchSources: (needle) => needle === 'grace@acme-corp.io' })).toEqual([]);
  });

  it('does not repeat the identifier', () => {
    expect(noNewIdentifiers.check(withAdded(mail)).findings[0]?.message).toBe(
      'A line of /build.md holds an identifier (e-mail address) that no source holds.',
    );
  });
});
