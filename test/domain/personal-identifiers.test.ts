import { describe, expect, it } from 'vitest';
import { findPersonalIdentifiers } from '../../domain/personal-identifiers.ts';

const found = (text: string): string[] => findPersonalIdentifiers(text).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);

describe('findPersonalIdentifiers', () => {
  it.each([
    ['Write to grace.hopper+db@mail.acme-corp.io.', 'e-mail address: grace.hopper+db@mail.acme-corp.io'],
    ['<ada@acme.dev>', 'e-mail address: ada@acme.dev'],
    ['Call +49 30 1234 5678 now', 'telephone number: +49 30 1234 5678'],
    ['+14155552671', 'telephone number: +14155552671'],
    ['(415) 555-2671', 'telephone number: (415) 555-2671'],
    ['Tel. 415-555-2671', 'telephone number: 415-555-2671'],
    ['0171 2345678', 'telephone number: 0171 2345678'],
    ['4111 1111 1111 1111', 'card number: 4111 1111 1111 1111'],
    ['5500-0000-0000-0004', 'card number: 5500-0000-0000-0004'],
    ['378282246310005', 'card number: 378282246310005'],
    ['DE89 3704 0044 0532 0130 00', 'bank account: DE89 3704 0044 0532 0130 00'],
    ['GB82WEST12345698765432', 'bank account: GB82WEST12345698765432'],
    ['SSN 219-09-9999', 'national number: 219-09-9999'],
  ])('finds it in %j', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    'user@example.com is the sample address',
    'git@github.com:acme/widgets.git',
    'react@18.2.0-rc.beta and lodash@4.17.21',
    '@types/node',
    '4111 1111 1111 1112',
    'DE89 3704 0044 0532 0130 01',
    '2026-11-22T10:00:00Z',
    '1700000000000 ms',
    'version 1.2.3.4, port 8443, build 20261122.1',
    '3f2b8c1e-9d4a-4e7b-8c6f-1a2b3c4d5e6f',
    '0000 0000 0000 0000',
    'a+b@c',
    '192.168.100.200',
    '+1 for the idea, +20 % speed',
    'The hash 4111111111111111ab',
    '10,000,000 rows',
    'chapters 100-200-300',
  ])('finds nothing in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('reads long lines in linear time', () => {
    const started = performance.now();
    for (const unit of ['a', 'a@', '1', '+1 ', 'AB12 ', 'a.b@c.', '4111 ']) findPersonalIdentifiers(unit.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
